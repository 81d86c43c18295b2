import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DeliveredRow, JudgedRow } from '../../../indexer/store/queries/reputation/provider-evidence.ts';
import { type Clusters, clustersOf } from '../../../jobs/reputation/clusters.ts';
import { evidenceByProvider, uptimeOf } from '../../../jobs/reputation/evidence.ts';
import {
  type EarlierScore,
  type ProviderFacts,
  type ScoreFrame,
  scoreProviders,
} from '../../../jobs/reputation/provider-scores.ts';
import { scoreRules } from '../../../jobs/reputation/score.ts';

const key = (id: number) => new Uint8Array(32).fill(id);
const rules = scoreRules();
const strangers = clustersOf([], 50);
const window = { start: 0n, end: 1_000n, firstSlot: 0n, lastSlot: 10n };
const uptimeRules = { intervalSeconds: 100n, fullPpm: 990_000n, shortfallPpm: 950_000n };
const provider: ProviderFacts = {
  ...{ provider: key(1), owner: key(2), tier: 1, registeredAt: 0n, bond: 10n, requiredBond: 10n },
};
const placed = { slot: 1n, transactionIndex: 0, position: 0, signature: new Uint8Array(64).fill(7) };
const order = (change: Partial<DeliveredRow> = {}): DeliveredRow => ({
  ...{ ...placed, order: key(8), provider: key(1), operatorPool: key(3), buyer: key(9), model: 0, mint: key(4) },
  ...{ amount: 5n, gpuSeconds: 86_400n, fee: 1n, usageGpuSeconds: 0n, usageFee: 0n, maturedAt: 100n },
  ...{ hasFailedChallenge: false, isDisputeLost: false },
  ...change,
});
const judged = (name: JudgedRow['class'], change: Partial<JudgedRow> = {}): JudgedRow => ({
  ...{ ...placed, provider: key(1), subject: key(8), class: name, at: 50n },
  ...change,
});
/** 97 % of the heartbeats, which is neither full nor a shortfall, where a test is not about them. */
const neither = { ...uptimeRules, fullPpm: 1_000_000n, shortfallPpm: 0n };

interface Case {
  readonly delivered?: readonly DeliveredRow[];
  readonly judged?: readonly JudgedRow[];
  readonly heartbeats?: readonly number[];
  readonly clusters?: Clusters;
  readonly facts?: ProviderFacts;
  readonly earlier?: readonly EarlierScore[];
}

function scored(given: Case) {
  const facts = given.facts ?? provider;
  const beats = given.heartbeats;
  const chain = {
    ...{ delivered: given.delivered ?? [], judged: given.judged ?? [] },
    heartbeats: beats === undefined ? [] : [{ provider: key(1), intervals: beats }],
  };
  const frame: ScoreFrame = {
    ...{ rules, window, earlier: given.earlier ?? [] },
    evidence: evidenceByProvider(chain, [facts], given.clusters ?? strangers, beats ? uptimeRules : neither, window),
    additionsOf: (each) => ({
      ...{ tally: null, gpuSeconds: 0n, volumeInfer: 0n, volumeUsdc: 0n },
      uptime: uptimeOf(each, beats ?? [], window, 100n),
    }),
  };
  const { scores, evidence } = scoreProviders(frame, [facts]);
  return { score: scores[0] ?? expect.fail(), evidence };
}

it('a delivery for a stranger gains, one for the own cluster or without a fee does not', () => {
  expect(scored({ delivered: [order()] }).score.score).toBe(118_000n);
  expect(scored({ delivered: [order({ fee: 0n })] }).score).toMatchObject({ score: 100_000n, deliveredCount: 1n });
  const own = clustersOf(
    [
      { kind: 'payout', shared: key(50), wallet: key(2) },
      { kind: 'payout', shared: key(50), wallet: key(9) },
    ],
    50,
  );
  expect(scored({ delivered: [order()], clusters: own }).score.score).toBe(100_000n);
});

it('a session counts with all that it was paid for', () => {
  const session = order({ gpuSeconds: 0n, fee: 0n, usageGpuSeconds: 43_200n, usageFee: 3n });
  expect(scored({ delivered: [session] }).score.score).toBe(109_000n);
});

it('an order of a failed challenge or a lost dispute is no delivery', () => {
  const delivered = [order({ hasFailedChallenge: true }), order({ isDisputeLost: true })];
  expect(scored({ delivered }).score).toMatchObject({ score: 100_000n, deliveredCount: 0n, epochDelivered: 0 });
});

it.each([
  ['not_delivered', 85_000n, 'failedCount'],
  ['dispute_lost', 75_000n, 'lostDisputeCount'],
  ['challenge_failed', 40_000n, 'challengesFailed'],
] as const)('%s costs score, sets a target and is counted', (name, score, count) => {
  expect(scored({ judged: [judged(name)] }).score).toMatchObject({ score, target: 100_000n, [count]: 1n });
});

it('a slash costs half, a passed challenge gains a quarter of a day', () => {
  expect(scored({ judged: [judged('slashed')] }).score).toMatchObject({ score: 50_000n, target: 100_000n });
  expect(scored({ judged: [judged('challenge_passed')] }).score).toMatchObject({
    score: 104_500n,
    challengesPassed: 1n,
  });
});

it.each([
  [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 101_800n],
  [[0, 1, 2, 3, 4, 5, 6, 7, 8], 99_800n],
  [[], 98_000n],
])('heartbeats in intervals %j of ten end the epoch at %i', (heartbeats, score) => {
  const { score: found, evidence } = scored({ heartbeats });
  expect(found).toMatchObject({
    score,
    target: null,
    heartbeatsExpected: 10n,
    heartbeatsSeen: BigInt(heartbeats.length),
  });
  expect(evidence.at(-1)).toMatchObject({ at: window.end, scoreBefore: 100_000n, scoreAfter: score });
});

it('of a provider that registered late only whole intervals since are expected', () => {
  const late = (registeredAt: bigint, intervals: readonly number[]) =>
    uptimeOf({ registeredAt }, intervals, window, 100n);
  expect(late(250n, [1, 2, 3, 4])).toEqual({ expected: 7n, seen: 2n });
  expect(late(300n, [3])).toEqual({ expected: 7n, seen: 1n });
  expect(late(2_000n, [])).toEqual({ expected: 0n, seen: 0n });
});

it('evidence counts in the order of the chain, not of arrival', () => {
  const pieces = fc.array(
    fc.record({
      at: fc.bigInt(0n, 5n),
      slot: fc.bigInt(1n, 3n),
      isDelivery: fc.boolean(),
      buyer: fc.integer({ min: 20, max: 23 }),
    }),
    { maxLength: 12 },
  );
  const both = pieces.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
  );
  fc.assert(
    fc.property(both, ([list, shuffled]) => {
      // Each has a place of its own, as on a chain.
      const places = new Map(list.map((each, position) => [each, position]));
      const caseOf = (of: typeof list): Case => ({
        delivered: of
          .filter(({ isDelivery }) => isDelivery)
          .map((each) =>
            order({ maturedAt: each.at, slot: each.slot, buyer: key(each.buyer), position: places.get(each) ?? 0 }),
          ),
        judged: of
          .filter(({ isDelivery }) => !isDelivery)
          .map((each) => judged('not_delivered', { at: each.at, slot: each.slot, position: places.get(each) ?? 0 })),
      });
      expect(scored(caseOf(shuffled))).toEqual(scored(caseOf(list)));
    }),
    { numRuns: 50 },
  );
});

it('the score is shown only as far as the bond covers it', () => {
  expect(scored({ facts: { ...provider, bond: 1n, requiredBond: 20n } }).score).toMatchObject({
    score: 100_000n,
    displayed: 50_000n,
  });
});

it('an epoch goes on from the one before, whose idle decay falls on the boundary', () => {
  const counts = {
    ...{ deliveredCount: 4n, failedCount: 1n, refundedCount: 0n, disputedCount: 2n, lostDisputeCount: 1n },
    ...{ challengesPassed: 0n, challengesFailed: 0n, slashCount: 0n, slashedAmount: 0n, gpuSeconds: 9n },
    ...{ volumeInfer: 0n, volumeUsdc: 0n, heartbeatsExpected: 0n, heartbeatsSeen: 0n },
  };
  const next = (epochDelivered: number) =>
    scored({ earlier: [{ provider: key(1), score: 500_000n, target: null, ...counts, epochDelivered }] });
  expect(next(1).score).toMatchObject({ score: 500_000n, deliveredCount: 4n, disputedCount: 2n });
  expect(next(0).score).toMatchObject({ score: 490_864n });
  expect(next(0).evidence).toMatchObject([{ number: 0, scoreBefore: 500_000n, scoreAfter: 490_864n }]);
});

it('evidence of a provider without an account is a broken promise', () => {
  expect(() => scored({ delivered: [order({ provider: key(77) })] })).toThrow(
    expect.objectContaining({ code: 'REPUTATION__UNKNOWN_PROVIDER' }),
  );
});
