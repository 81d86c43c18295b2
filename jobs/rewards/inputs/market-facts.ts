/**
 * Providers and the catalogue as of a slot, from the marketplace's events. Where the record begins inside the chain, the
 * accounts of its first snapshot stand for the events before it; account states after that are not read.
 * @module
 */
import { parameters } from '../../../governance/parameters.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { checkInvariant, UpstreamError } from '../../../indexer/domain/errors.ts';
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { InferAmount, Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import {
  type EventRange,
  type MarketRules,
  marketRules,
  type ProviderChange,
  providerChanges,
  type RuleChange,
  ruleChanges,
} from '../../../indexer/store/queries/reputation/provider-facts.ts';
import { accountsAsOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { type BenchmarkRow, benchmarkedDevices } from '../../../indexer/store/queries/rewards/settled-work.ts';
import { eventsCompleteAfter } from '../../../indexer/store/queries/rows/account-snapshots.ts';
import { decodeBenchmark, decodeMarketplace, decodeProvider } from '../../../programs/marketplace/client.generated.ts';
import type { ProviderFacts } from '../../reputation/provider-scores.ts';

const PARAMETER_KEYS = [...parameters.keys()];
const TIER_KEYS = PARAMETER_KEYS.filter((key) => key.startsWith('min_stake_tier_'));
/** Of the founding models, in the order of the catalogue. */
const WEIGHT_KEYS = PARAMETER_KEYS.filter((key) => key.startsWith('model_weight_'));

export interface ProviderStanding {
  readonly provider: Uint8Array;
  readonly owner: Uint8Array;
  readonly tier: number;
  readonly registeredAt: UnixSeconds;
  readonly bond: InferAmount;
  /** Bond that open orders and challenges hold, and ended orders beyond the time asked for. */
  readonly locked: bigint;
}

export interface MarketFacts {
  /** By address. */
  readonly providers: readonly ProviderFacts[];
  /** By model number. */
  readonly modelWeights: readonly bigint[];
  readonly usdcMint: Uint8Array;
  /** Benchmarked units of a provider (hex of its address) and model. */
  readonly unitsOf: (provider: string, model: number) => bigint;
}

/**
 * `null` where no marketplace was set up by `lastSlot`.
 * @throws UpstreamError `REWARDS__NOT_INDEXED`, InvariantError `REPUTATION__UNKNOWN_PROVIDER`
 */
export async function marketFacts(
  store: StoreClient,
  marketplace: Uint8Array,
  lastSlot: Slot,
  endTime: UnixSeconds,
): Promise<MarketFacts | null> {
  const afterSlot = await recordedFrom(store, lastSlot);
  const rules = await rulesAsOf(store, marketplace, afterSlot, lastSlot);
  if (rules === null) return null;
  const standings = await providerStandings(store, marketplace, { afterSlot, lastSlot, endTime });
  const devices = await devicesAsOf(store, marketplace, afterSlot, lastSlot);
  const units = new Map<string, bigint>();
  for (const { provider, model, units: count } of devices) {
    const name = `${hexOf(provider)}/${model}`;
    units.set(name, (units.get(name) ?? 0n) + BigInt(count));
  }
  return {
    providers: standings.map((each) => factsOf(each, rules)),
    ...{ modelWeights: rules.modelWeights, usdcMint: rules.usdcMint },
    unitsOf: (provider, model) => units.get(`${provider}/${model}`) ?? 0n,
  };
}

/**
 * From where on events tell everything, at or before `lastSlot`.
 * @throws UpstreamError `REWARDS__NOT_INDEXED`
 */
export async function recordedFrom(store: StoreClient, lastSlot: Slot): Promise<Slot> {
  const afterSlot = await eventsCompleteAfter(store);
  if (afterSlot === null || afterSlot > lastSlot) {
    throw new UpstreamError(
      'REWARDS__NOT_INDEXED',
      `The marketplace is not known as of slot ${lastSlot}: the record begins later`,
      { lastSlot },
    );
  }
  return afterSlot;
}

/** `requiredBond` is the tier's minimum or what orders hold locked, whichever is more. */
function factsOf({ locked, ...facts }: ProviderStanding, rules: MarketRules): ProviderFacts {
  const minimum = rules.tierMinimumBonds[facts.tier - 1] ?? 0n;
  return { ...facts, requiredBond: locked > minimum ? locked : minimum };
}

/** The latest report of each device, of reports that were not found false. */
async function devicesAsOf(
  store: StoreClient,
  marketplace: Uint8Array,
  afterSlot: Slot,
  lastSlot: Slot,
): Promise<BenchmarkRow[]> {
  const accounts = afterSlot === 0n ? [] : await accountsAsOf(store, marketplace, 'Benchmark', afterSlot);
  const before = accounts.map(({ publicKey, data }): BenchmarkRow => {
    const { provider, model, units } = decodeBenchmark(data);
    return { benchmark: publicKey, provider: fromBase58(provider), model, units };
  });
  const since = await benchmarkedDevices(store, afterSlot, lastSlot);
  return [...new Map([...before, ...since].map((each) => [hexOf(each.benchmark), each])).values()];
}

/** The marketplace's rules from its events after `afterSlot`, else from its account as of that slot. */
export async function rulesAsOf(
  store: StoreClient,
  marketplace: Uint8Array,
  afterSlot: Slot,
  lastSlot: Slot,
): Promise<MarketRules | null> {
  const start =
    (await marketRules(store, afterSlot, lastSlot)) ?? (await rulesFromAccount(store, marketplace, afterSlot));
  return start === null ? null : (await ruleChanges(store, afterSlot, lastSlot)).reduce(withChange, start);
}

function withChange(rules: MarketRules, { kind, id, value }: RuleChange): MarketRules {
  const key = kind === 'parameter' ? PARAMETER_KEYS[id] : undefined;
  const tier = TIER_KEYS.indexOf(key ?? '');
  if (tier >= 0) return { ...rules, tierMinimumBonds: rules.tierMinimumBonds.with(tier, value as InferAmount) };
  const model = kind === 'model' ? id : WEIGHT_KEYS.indexOf(key ?? '');
  if (model < 0) return rules;
  const modelWeights = [...rules.modelWeights];
  modelWeights[model] = value;
  return { ...rules, modelWeights };
}

async function rulesFromAccount(
  store: StoreClient,
  marketplace: Uint8Array,
  afterSlot: Slot,
): Promise<MarketRules | null> {
  if (afterSlot === 0n) return null;
  const [row] = await accountsAsOf(store, marketplace, 'Marketplace', afterSlot);
  if (row === undefined) return null;
  const { settings, models } = decodeMarketplace(row.data);
  return {
    tierMinimumBonds: settings.tierMinimumBonds,
    modelWeights: models.map(({ weight }) => BigInt(weight)),
    usdcMint: fromBase58(settings.usdcMint),
  };
}

/**
 * All providers by address: their accounts as of `afterSlot`, where that is not 0, and the events since.
 * @throws InvariantError `REPUTATION__UNKNOWN_PROVIDER` for events of a provider that neither tells of
 */
export async function providerStandings(
  store: StoreClient,
  marketplace: Uint8Array,
  range: EventRange,
): Promise<ProviderStanding[]> {
  const before =
    range.afterSlot === 0n ? [] : await standingsFromAccounts(store, marketplace, range.afterSlot, range.endTime);
  const standings = new Map(before.map((each) => [hexOf(each.provider), each]));
  for (const change of await providerChanges(store, range)) {
    const key = hexOf(change.provider);
    standings.set(key, changed(standings.get(key), change));
  }
  return [...standings.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}

function changed(before: ProviderStanding | undefined, change: ProviderChange): ProviderStanding {
  const { provider, isRegistered, openChange, held } = change;
  const { owner, tier, registeredAt } = change;
  const registered = isRegistered ? { provider, owner, tier, registeredAt, bond: 0n, locked: 0n } : before;
  checkInvariant(
    registered !== undefined,
    'REPUTATION__UNKNOWN_PROVIDER',
    'A provider has events and was never registered',
    {
      provider: hexOf(provider),
    },
  );
  return {
    ...registered,
    bond: change.bond ?? registered.bond,
    locked: registered.locked + openChange + held,
  };
}

/** As the Provider accounts of a slot say it. */
export async function standingsFromAccounts(
  store: StoreClient,
  marketplace: Uint8Array,
  slot: Slot,
  endTime: UnixSeconds,
): Promise<ProviderStanding[]> {
  const found = await accountsAsOf(store, marketplace, 'Provider', slot);
  return found.map(({ publicKey, data }) => {
    const { owner, tier, registeredAt, bondTotal, bondOpen, bondChallenged, bondReleases } = decodeProvider(data);
    const held = bondReleases.filter(({ releaseAt }) => releaseAt > endTime);
    const locked = held.reduce((sum, { amount }) => sum + amount, bondOpen + bondChallenged);
    return { provider: publicKey, owner: fromBase58(owner), tier, registeredAt, bond: bondTotal, locked };
  });
}
