/**
 * What changes of parameters would have done to the last finalized reward epochs: each is computed again, once with the
 * values that govern now and once with those proposed, everything else as it was in the epoch. Values that are proposed as
 * they are change nothing, to the unit.
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import type { Change } from '../../../governance/bounds.ts';
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { Slot } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { incentiveFunds } from '../../../indexer/store/queries/reputation/provider-trees.ts';
import * as archived from '../../../indexer/store/queries/rewards/archived-epochs.ts';
import { groupBy } from '../../group-by.ts';
import { rankOf } from '../../rewards/epoch-state.ts';
import { recordedFrom, rulesAsOf } from '../../rewards/inputs/market-facts.ts';
import { Comparison, classImpacts, MEASURES, type Measure, type Mover, type OperatorClass } from './comparison.ts';
import { type EpochArchive, poolInput, replayEpoch, type Side, workInput } from './replay-epoch.ts';
import { feesUnder, type NetworkFees } from './replay-fees.ts';
import { standingsOf } from './replay-scores.ts';
import { type Part, type Touched, touchedBy } from './touched.ts';

export interface ImpactQuestion {
  readonly changes: readonly Change[];
  /** Value that governs now, by key. */
  readonly currentOf: (key: string) => bigint;
  readonly marketplace: Uint8Array;
  readonly slot: Slot;
  /** How many of the last finalized epochs; fewer where there are fewer. */
  readonly epochs: number;
}

export interface Impact {
  readonly epochs: readonly archived.ArchivedEpoch[];
  readonly touched: readonly Touched[];
  readonly classes: ReturnType<typeof classImpacts>;
  /** Of each measure that was computed, the greatest gain first. */
  readonly movers: ReadonlyMap<Measure, readonly Mover[]>;
  /** Base units; `null` where fees are not touched. */
  readonly fees: NetworkFees | null;
}

const FINALIZED = rankOf('finalized');

/** @throws InputError `GOVERNANCE__UNKNOWN_KEY`, and the errors of the store */
export async function replayImpact(store: StoreClient, question: ImpactQuestion): Promise<Impact> {
  const { changes, currentOf, slot } = question;
  const touched = changes.map(({ key }) => touchedBy(key));
  const parts = new Set(touched.flatMap((each) => each.parts));
  // One more than asked for: scores go on from the one before.
  const found =
    parts.size === 0
      ? []
      : await archived.archivedEpochs(store, { slot, fromRank: FINALIZED, limit: question.epochs + 1 });
  const [before, epochs] = found.length > question.epochs ? [found[0] ?? null, found.slice(1)] : [null, found];
  const values = (of: (change: Change) => bigint) => new Map(changes.map((change) => [change.key, of(change)]));
  const sides = [values(({ key }) => currentOf(key)), values(({ proposed }) => proposed)] as const;
  const comparison = new Comparison();
  const classes = new ClassesOf();
  const newest = epochs.at(-1);
  if (newest !== undefined) classes.learnTiers(await archived.archivedTiers(store, newest));
  await replayAll(store, { before, epochs, sides, parts, comparison, classes });
  const fees = parts.has('fees') ? await replayFees(store, question, epochs, sides, comparison) : null;
  const movers = new Map(
    MEASURES.map((measure) => [measure, comparison.movers(measure, classes.lookUp(measure))] as const).filter(
      ([, each]) => each.length > 0,
    ),
  );
  return { epochs, touched, classes: [...movers.values()].flatMap(classImpacts), movers, fees };
}

interface Replay {
  readonly before: archived.ArchivedEpoch | null;
  readonly epochs: readonly archived.ArchivedEpoch[];
  readonly sides: readonly [ReadonlyMap<string, bigint>, ReadonlyMap<string, bigint>];
  readonly parts: ReadonlySet<Part>;
  readonly comparison: Comparison;
  readonly classes: ClassesOf;
}

async function replayAll(store: StoreClient, replay: Replay): Promise<void> {
  const { before, epochs, sides, parts, comparison, classes } = replay;
  const start = parts.has('scores') && before !== null ? await archived.archivedScores(store, before) : [];
  const standings = standingsOf(start);
  let [old, proposed]: Side[] = sides.map((values) => ({ values, standings, given: 0n }));
  let earlier: readonly archived.ArchivedScore[] = start;
  let givenBefore = 0n;
  for (const epoch of epochs) {
    const archive = await loadEpoch(store, epoch, parts, earlier, givenBefore);
    const one = replayEpoch(archive, old as Side, parts);
    // Each side holds the processor for as long as the epoch is large: others have theirs between.
    await setImmediate();
    const other = replayEpoch(archive, proposed as Side, parts);
    await setImmediate();
    classes.learn(archive);
    one.awards.forEach(({ pool, workReward, stakeReward }, index) => {
      const of = other.awards[index];
      const rewards = { old: workReward + stakeReward, proposed: (of?.workReward ?? 0n) + (of?.stakeReward ?? 0n) };
      comparison.add('rewards', pool, rewards);
    });
    for (const { provider, number } of one.incentives)
      comparison.add('incentives', provider, { old: number, proposed: 0n });
    for (const { provider, number } of other.incentives)
      comparison.add('incentives', provider, { old: 0n, proposed: number });
    for (const [name, score] of one.displayed ?? [])
      comparison.set('score', Buffer.from(name, 'hex'), { old: score, proposed: other.displayed?.get(name) ?? 0n });
    [old, proposed] = [one.side, other.side];
    earlier = archive.scores;
    givenBefore += epoch.incentivesGiven;
  }
}

async function loadEpoch(
  store: StoreClient,
  epoch: archived.ArchivedEpoch,
  parts: ReadonlySet<Part>,
  earlier: readonly archived.ArchivedScore[],
  givenBefore: bigint,
): Promise<EpochArchive> {
  const isShared = parts.has('allocation') || parts.has('incentives');
  const [parameters, pools, work, scores, pieces, funds] = await Promise.all([
    archived.archivedParameters(store, epoch),
    parts.has('allocation') ? archived.archivedPools(store, epoch) : [],
    isShared ? archived.archivedWork(store, epoch) : [],
    parts.has('scores') ? archived.archivedScores(store, epoch) : [],
    parts.has('scores') ? archived.archivedEvidence(store, epoch) : [],
    parts.has('incentives') ? incentiveFunds(store, epoch.rewardEpoch, epoch.lastSlot) : 0n,
  ]);
  return {
    ...{ epoch, scores, pools: pools.map(poolInput), work: work.map(workInput), incentiveFunds: funds + givenBefore },
    parameters: new Map(parameters.map(({ key, value }) => [key, value])),
    evidence: groupBy(pieces, ({ provider }) => hexOf(provider)),
    heartbeatsBefore: new Map(earlier.map((each) => [hexOf(each.provider), each])),
  };
}

async function replayFees(
  store: StoreClient,
  { marketplace, currentOf, slot }: ImpactQuestion,
  epochs: readonly archived.ArchivedEpoch[],
  sides: Replay['sides'],
  comparison: Comparison,
): Promise<NetworkFees | null> {
  const [first, last] = [epochs[0], epochs.at(-1)];
  const rules = await rulesAsOf(store, marketplace, await recordedFrom(store, slot), slot);
  if (first === undefined || last === undefined || rules === null) return null;
  const range = { firstSlot: first.firstSlot, lastSlot: last.lastSlot };
  return feesUnder(store, range, rules.usdcMint, { sides, currentOf }, comparison);
}

/** Class of every provider by its tier, and of every pool by the provider that worked most for it. */
class ClassesOf {
  readonly #tiers = new Map<string, number>();
  readonly #work = new Map<string, Map<string, bigint>>();

  learnTiers(tiers: readonly { readonly provider: Uint8Array; readonly tier: number }[]): void {
    for (const { provider, tier } of tiers) this.#tiers.set(hexOf(provider), tier);
  }

  learn({ work }: EpochArchive): void {
    for (const { pool, provider, gpuSeconds } of work) {
      const of = this.#work.get(hexOf(pool)) ?? new Map<string, bigint>();
      of.set(hexOf(provider), (of.get(hexOf(provider)) ?? 0n) + gpuSeconds);
      this.#work.set(hexOf(pool), of);
    }
  }

  lookUp(measure: Measure): (address: Uint8Array) => OperatorClass {
    return measure === 'rewards' ? (pool) => this.#ofPool(pool) : (provider) => this.#ofProvider(hexOf(provider));
  }

  #ofPool(pool: Uint8Array): OperatorClass {
    const providers = [...(this.#work.get(hexOf(pool)) ?? [])];
    const most = providers.sort(([left, one], [right, other]) => Number(other - one) || (left < right ? -1 : 1))[0];
    return most === undefined ? 'stake_only' : this.#ofProvider(most[0]);
  }

  #ofProvider(name: string): OperatorClass {
    return ([null, 'consumer', 'mining_fleet', 'data_center'] as const)[this.#tiers.get(name) ?? 0] ?? 'stake_only';
  }
}
