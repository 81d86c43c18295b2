/**
 * Governed numbers as of a slot, from the events of the program that acts by each: the marketplace's from the
 * marketplace, the exchange's from the exchange, all others from governance. Where the record begins inside the chain, the
 * accounts of its first snapshot stand for the events before it; a number nobody told of has the table's default.
 * @module
 */
import { defaultOf, type Parameter, parameters } from '../../../governance/parameters.ts';
import type { Slot } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { type ParameterValue, parameterValues } from '../../../indexer/store/queries/governance/parameter-values.ts';
import { accountsAsOf } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { decodeExchange } from '../../../programs/exchange/client.generated.ts';
import { decodeParameters } from '../../../programs/governance/client.generated.ts';
import { decodeMarketplace } from '../../../programs/marketplace/client.generated.ts';

/** The programs whose word counts. */
export interface GovernedPrograms {
  readonly marketplace: Uint8Array;
  readonly exchange: Uint8Array;
  readonly governance: Uint8Array;
}

/** By key; a key that is absent has its default. */
export type ParametersInForce = ReadonlyMap<string, bigint>;

const KEYS = [...parameters.keys()];
const WEIGHT_KEYS = KEYS.filter((key) => key.startsWith('model_weight_'));
const BENCHMARK_KEYS = KEYS.filter((key) => key.startsWith('min_benchmark_'));
const TIER_KEYS = KEYS.filter((key) => key.startsWith('min_stake_tier_'));

/** @param afterSlot from where on events tell everything, see `eventsCompleteAfter` */
export async function parametersInForce(
  store: StoreClient,
  programs: GovernedPrograms,
  afterSlot: Slot,
  lastSlot: Slot,
): Promise<ParametersInForce> {
  const before = afterSlot === 0n ? [] : await valuesFromAccounts(store, programs, afterSlot);
  const since = (await parameterValues(store, afterSlot, lastSlot)).flatMap(entryOf);
  return new Map([...before, ...since]);
}

/** The value of a key, its default where nobody told of it. @throws InputError `GOVERNANCE__UNKNOWN_KEY` */
export function parameterInForce(inForce: ParametersInForce, key: string): bigint {
  return inForce.get(key) ?? defaultOf(key);
}

type Entry = readonly [string, bigint];

/** Only what the program itself acts by: a change that has not reached it yet is not in force. */
function entryOf({ program, id, key, value }: ParameterValue): Entry[] {
  const name = key === '' ? KEYS[id] : key;
  return name !== undefined && programOf(name) === program ? [[name, value]] : [];
}

function programOf(key: string): ParameterValue['program'] | null {
  const program: Parameter['program'] | undefined = parameters.get(key)?.program;
  if (program === undefined) return null;
  return program === 'marketplace' || program === 'exchange' ? program : 'governance';
}

async function valuesFromAccounts(
  store: StoreClient,
  { marketplace, exchange, governance }: GovernedPrograms,
  slot: Slot,
): Promise<Entry[]> {
  const account = async (program: Uint8Array, name: string) =>
    (await accountsAsOf(store, program, name, slot))[0]?.data ?? null;
  const [settings, rules, table] = await Promise.all([
    account(marketplace, 'Marketplace'),
    account(exchange, 'Exchange'),
    account(governance, 'Parameters'),
  ]);
  return [
    ...(settings === null ? [] : marketplaceValues(settings)),
    ...(rules === null ? [] : fieldValues(decodeExchange(rules).rules, 'exchange')),
    ...(table === null ? [] : governanceValues(table)),
  ];
}

function governanceValues(data: Uint8Array): Entry[] {
  const { values, count } = decodeParameters(data);
  return values.slice(0, count).flatMap((value, id) => entryOf({ program: 'governance', id, key: '', value }));
}

function marketplaceValues(data: Uint8Array): Entry[] {
  const { settings, models } = decodeMarketplace(data);
  const paired = (keys: readonly string[], values: readonly (bigint | number)[]): Entry[] =>
    keys.flatMap((key, index) => (values[index] === undefined ? [] : [[key, BigInt(values[index])] as const]));
  return [
    ...fieldValues(settings, 'marketplace'),
    ...paired(TIER_KEYS, settings.tierMinimumBonds),
    ...paired(
      WEIGHT_KEYS,
      models.map(({ weight }) => weight),
    ),
    ...paired(
      BENCHMARK_KEYS,
      models.map(({ minBenchmark }) => minBenchmark),
    ),
  ];
}

/** Fields of an account that have the name of a key. */
function fieldValues(fields: object, program: ParameterValue['program']): Entry[] {
  return Object.entries(fields as Record<string, unknown>).flatMap(([field, value]): Entry[] => {
    const key = field.replace(/([A-Z]|\d+)/g, (part) => `_${part.toLowerCase()}`);
    const isNumber = typeof value === 'bigint' || typeof value === 'number';
    return isNumber && programOf(key) === program ? [[key, BigInt(value)]] : [];
  });
}
