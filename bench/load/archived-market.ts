/**
 * Finished reward epochs of a market that is drawn: scores folded, rewards and incentives computed and stored as
 * the worker does, with the payments of their windows. The market is the same under whatever values it is computed.
 * @module
 */
import { createHash } from 'node:crypto';
import { defaultOf } from '../../governance/parameters.ts';
import { hexOf } from '../../indexer/domain/hex.ts';
import { SIGNATURE_BYTES } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { insertEpochRow } from '../../indexer/store/queries/rewards/reward-epochs.ts';
import { insertResults } from '../../indexer/store/queries/rewards/reward-results.ts';
import { MODEL_WEIGHT_KEYS } from '../../jobs/governance/impact/touched.ts';
import { type EvidencePiece, epochPiece, type Uptime, uptimeEvidence } from '../../jobs/reputation/evidence.ts';
import { evidenceHash } from '../../jobs/reputation/evidence-rows.ts';
import { type EpochScores, type ProviderFacts, scoreProviders } from '../../jobs/reputation/provider-scores.ts';
import { type Evidence, scoreRules } from '../../jobs/reputation/score.ts';
import { type Computation, computeEpoch, resultRows } from '../../jobs/rewards/compute/compute-epoch.ts';
import { inState, openedRow } from '../../jobs/rewards/epoch-state.ts';
import type { CountedWork } from '../../jobs/rewards/inputs/counted-work.ts';
import { REWARD_KEYS } from '../../jobs/rewards/inputs/epoch-inputs.ts';

export interface ArchivedMarket {
  readonly pools: number;
  readonly epochs: number;
  /** Values in force in all epochs; the table's defaults for all others. */
  readonly values?: Readonly<Record<string, bigint>>;
}

export const SLOTS_PER_EPOCH = 10n;
const WINDOW_SECONDS = 86_400n;
const STAKE = 10n ** 12n;
/** Base units of INFER in the incentive vault before the first epoch: too little for the default budget in the third. */
export const FUNDED = 2n * 10n ** 11n + 10n ** 10n;
/** Every fourth pool has stake alone. */
const STAKE_ONLY = 4;
const TIERS = 3;

/** 32 bytes that follow from a name. */
export function keyOf(name: string): Uint8Array {
  return createHash('sha256').update(name).digest();
}

/** The same number in every market, from 0 to `most`. */
function drawn(most: number, ...of: readonly (number | string)[]): number {
  return createHash('sha256').update(of.join('/')).digest().readUInt32LE(0) % (most + 1);
}

export function valueIn({ values = {} }: ArchivedMarket, key: string): bigint {
  return values[key] ?? defaultOf(key);
}

interface ComputedEpoch {
  readonly computation: Computation;
  readonly evidence: EpochScores['evidence'];
}

/** The epochs 1 to `epochs`. */
export function computeMarket(market: ArchivedMarket): ComputedEpoch[] {
  const computed: ComputedEpoch[] = [];
  let given = 0n;
  for (let number = 1; number <= market.epochs; number += 1) {
    const { scores, evidence } = scoresOf(market, number, computed.at(-1)?.computation.inputs.scores ?? []);
    const computation = computeEpoch({
      ...frameOf(number),
      ...{ emission: 10n ** 15n, minOperatorStake: 0n, orphanedUsdc: [] },
      parameters: REWARD_KEYS.map((key) => ({ key, value: valueIn(market, key) })),
      pools: poolsOf(market, number),
      work: workOf(market, number, scores),
      ...{ scores, evidenceHash: evidenceHash(evidence), incentiveFunds: FUNDED - given },
    });
    given += computation.providerTrees.find(({ kind }) => kind === 'incentives')?.total ?? 0n;
    computed.push({ computation, evidence });
  }
  return computed;
}

/** Stores them, all of them finalized; leaves, their proofs and artefacts, which no replay reads, are left out. */
export async function archiveMarket(store: StoreClient, computed: readonly ComputedEpoch[]): Promise<void> {
  for (const { computation, evidence } of computed) {
    const providerTrees = computation.providerTrees.map((each) => ({ ...each, leaves: [] }));
    const kept = { ...computation, providerTrees, awards: [], artefact: '' };
    await insertResults(store, resultRows(kept, evidence, 1n));
    const { inputs, inputHash } = computation;
    const { rewardEpoch, window, slots, emission } = inputs;
    const settled = { inputHash, emission, firstSlot: slots.first, lastSlot: slots.last };
    await insertEpochRow(store, inState(openedRow(rewardEpoch, window, 1n), 'finalized', settled, 1n));
  }
}

function frameOf(number: number) {
  const rewardEpoch = BigInt(number);
  const slots = { first: rewardEpoch * SLOTS_PER_EPOCH, last: rewardEpoch * SLOTS_PER_EPOCH + SLOTS_PER_EPOCH - 1n };
  return {
    ...{ rewardEpoch, slots, eligibilitySlot: slots.last, markSignature: '' },
    window: { start: rewardEpoch * WINDOW_SECONDS, end: (rewardEpoch + 1n) * WINDOW_SECONDS },
    schedule: [{ fromRewardEpoch: 1n, startTime: WINDOW_SECONDS, lengthSeconds: WINDOW_SECONDS }],
  };
}

const indexes = (market: ArchivedMarket) => Array.from({ length: market.pools }, (_, index) => index);
const providerIndexes = (market: ArchivedMarket) => indexes(market).filter((index) => index % STAKE_ONLY !== 0);
const byKey =
  <Row extends Record<Name, Uint8Array>, Name extends string>(name: Name) =>
  (left: Row, right: Row) =>
    Buffer.compare(left[name], right[name]);

function poolsOf(market: ArchivedMarket, number: number) {
  return indexes(market)
    .map((index) => ({
      ...{ pool: keyOf(`pool ${index}`), joinedAtEpoch: 0n, closedAtEpoch: null, isEligible: true },
      ...{ isHalted: index % 50 === 7, isBelowMinimum: index % 60 === 9, lastClaimedEpoch: 0n, operatorStake: STAKE },
      totalStaked: STAKE + BigInt(drawn(1_000_000, 'stake', index, number)) * 1_000n,
      usdcInflow: 0n,
    }))
    .sort(byKey('pool'));
}

function factsOf(index: number): ProviderFacts {
  const bond = BigInt(drawn(100, 'bond', index)) * 10n ** 9n;
  return {
    ...{ provider: keyOf(`provider ${index}`), owner: keyOf(`owner ${index}`), registeredAt: 0n },
    ...{ tier: 1 + (index % TIERS), bond, requiredBond: index % 3 === 0 ? 60n * 10n ** 9n : 0n },
  };
}

function scoresOf(market: ArchivedMarket, number: number, earlier: EpochScores['scores']): EpochScores {
  const { window, slots } = frameOf(number);
  const rules = {
    intervalSeconds: 600n,
    fullPpm: valueIn(market, 'reputation_uptime_full_ppm'),
    shortfallPpm: valueIn(market, 'reputation_heartbeat_shortfall_ppm'),
  };
  const facts = providerIndexes(market).map((index) => ({ index, ...factsOf(index) }));
  const evidence = facts.map(({ index, provider }) => {
    const uptime = uptimeEvidence(uptimeIn(index, number), rules);
    const end = uptime === null ? [] : [epochPiece(uptime, window.end, slots.last)];
    return [hexOf(provider), [...piecesOf(index, number), ...end]] as const;
  });
  const indexOf = new Map(facts.map(({ index, provider }) => [hexOf(provider), index]));
  return scoreProviders(
    {
      rules: scoreRules((key) => valueIn(market, key)),
      window: { ...window, firstSlot: slots.first, lastSlot: slots.last },
      earlier,
      evidence: new Map(evidence),
      additionsOf: ({ provider }) => ({
        ...{ tally: null, gpuSeconds: 0n, volumeInfer: 0n, volumeUsdc: 0n },
        uptime: uptimeIn(indexOf.get(hexOf(provider)) ?? 0, number),
      }),
    },
    facts.map(({ index: _, ...each }) => each).sort(byKey('provider')),
  );
}

function uptimeIn(index: number, number: number): Uptime {
  return { expected: 144n, seen: BigInt(144 - drawn(12, 'uptime', index, number)) };
}

/** One to three deliveries, and now and then what costs trust. */
function piecesOf(index: number, number: number): EvidencePiece[] {
  const { window, slots } = frameOf(number);
  const piece = (evidence: Evidence, position: number): EvidencePiece => ({
    ...{ at: window.start + BigInt(position), slot: slots.first, transactionIndex: index, position, evidence },
    ...{ signature: new Uint8Array(SIGNATURE_BYTES), subject: keyOf(`order ${index}/${number}/${position}`) },
  });
  const delivered = Array.from({ length: 1 + drawn(2, 'orders', index, number) }, (_, position) => ({
    ...{ class: 'delivered' as const, cluster: hexOf(keyOf(`buyer ${drawn(50, 'buyer', index, number, position)}`)) },
    ...{ isOwn: drawn(20, 'own', index, position) === 0, gpuSeconds: BigInt(drawn(90_000, 'work', index, number)) },
  }));
  const loss = drawn(30, 'loss', index, number);
  const lost = ([{ class: 'challenge_failed' }, { class: 'not_delivered' }] as const)[loss];
  return [...delivered, ...(lost === undefined ? [] : [lost])].map(piece);
}

function workOf(market: ArchivedMarket, number: number, scores: EpochScores['scores']): CountedWork[] {
  const displayed = new Map(scores.map((score) => [hexOf(score.provider), score.displayed]));
  return providerIndexes(market)
    .map((index): CountedWork => {
      const model = index % MODEL_WEIGHT_KEYS.length;
      const gpuSeconds = BigInt(drawn(86_400, 'counted', index, number));
      const provider = keyOf(`provider ${index}`);
      return {
        ...{ pool: keyOf(`pool ${index}`), provider, model, gpuSeconds, settledSeconds: gpuSeconds },
        ...{ modelWeight: valueIn(market, MODEL_WEIGHT_KEYS[model] as string), capSeconds: 86_400n, orderCount: 1 },
        displayedScore: displayed.get(hexOf(provider)) ?? 0n,
      };
    })
    .sort(byKey('pool'));
}
