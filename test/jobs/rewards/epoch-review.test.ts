import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PoolHistoryRow } from '../../../indexer/store/queries/rewards/reward-reviews.ts';
import { type ReviewThresholds, reviewEpoch } from '../../../jobs/rewards/compute/epoch-review.ts';
import { keyOf } from '../market-record.ts';

const thresholds: ReviewThresholds = { shareBps: 2_500n, concentrationBps: 2_500n, jumpBps: 30_000n };
const epoch = (emission: bigint) => ({ rewardEpoch: 9n, inputHash: 'x', emission, previousEpoch: 8n });

const pool = (name: string, reward: bigint, previousReward: bigint, more: Partial<PoolHistoryRow> = {}) => ({
  ...{ pool: keyOf(name), reward, previousReward, isNow: true, wasBefore: true },
  ...{ epochCount: 1n, rewardSum: previousReward },
  ...more,
});
const past = (epochCount: bigint, rewardSum: bigint) => ({ epochCount, rewardSum });
const named = (rows: readonly { readonly kind: string; readonly pool: Uint8Array }[], names: readonly string[]) =>
  rows.map(({ kind, pool: key }) => `${kind} ${names.find((name) => Buffer.compare(keyOf(name), key) === 0) ?? '-'}`);

it('tells who gains, who loses, who is new and who is gone, the largest change first', () => {
  const { diff, pools } = reviewEpoch(
    epoch(1_000n),
    [
      ...[pool('a', 100n, 90n), pool('b', 150n, 100n), pool('c', 50n, 80n), pool('d', 70n, 70n)],
      pool('e', 20n, 0n, { wasBefore: false, epochCount: 0n, rewardSum: 0n }),
      pool('f', 0n, 60n, { isNow: false }),
    ],
    thresholds,
  );
  expect(named(pools, ['a', 'b', 'c', 'd', 'e', 'f'])).toEqual(['gain b', 'gain a', 'loss c', 'new e', 'gone f']);
  expect(diff).toMatchObject({
    ...{ previousEpoch: 8n, poolCount: 5, previousPoolCount: 5 },
    ...{ gainedCount: 2, lostCount: 1, newCount: 1, goneCount: 1, anomalyCount: 0 },
  });
});

it('a pool is flagged above the share, not at it', () => {
  const flagged = (reward: bigint) => {
    const rows = [pool('a', reward, reward), ...Array.from({ length: 10 }, (_, i) => pool(`r${i}`, 740n, 740n))];
    return named(reviewEpoch(epoch(10_000n), rows, thresholds).anomalies, ['a']);
  };
  expect(flagged(2_500n)).toEqual([]);
  expect(flagged(2_501n)).toEqual(['share a']);
});

it('few pools with most of the emission are a concentration', () => {
  const evenly = (count: number) =>
    reviewEpoch(
      epoch(12_000n),
      Array.from({ length: count }, (_, index) => pool(`p${index}`, 12_000n / BigInt(count), 0n)),
      { ...thresholds, shareBps: 10_000n },
    ).anomalies;
  expect(evenly(4)).toEqual([]);
  expect(evenly(3)).toMatchObject([{ kind: 'concentration', valueBps: 3_333n, pool: new Uint8Array(32) }]);
});

it('a jump is from the own mean, up or down, and needs a history', () => {
  const rows = [
    ...[pool('up', 31n, 10n, past(3n, 30n)), pool('high', 30n, 10n, past(3n, 30n))],
    ...[pool('down', 3n, 10n, past(3n, 30n)), pool('low', 4n, 10n, past(3n, 30n))],
    ...[pool('young', 99n, 10n, past(2n, 20n)), pool('from nothing', 1n, 0n, past(4n, 0n))],
    pool('nothing', 0n, 0n, past(7n, 0n)),
  ];
  const { anomalies } = reviewEpoch(epoch(10_000n), rows, thresholds);
  expect(named(anomalies, ['up', 'down', 'from nothing'])).toEqual(['jump up', 'jump down', 'jump from nothing']);
  expect(anomalies[0]).toMatchObject({ valueBps: 31_000n, meanBefore: 10n });
});

it('does not depend on the order of pools, and every pool counts in one group at most', () => {
  const row = fc.record({
    ...{ pool: fc.uint8Array({ minLength: 32, maxLength: 32 }), reward: fc.bigInt(0n, 10n ** 15n) },
    ...{ previousReward: fc.bigInt(0n, 10n ** 15n), isNow: fc.boolean(), wasBefore: fc.boolean() },
    ...{ epochCount: fc.bigInt(0n, 7n), rewardSum: fc.bigInt(0n, 10n ** 16n) },
  });
  const key = ({ pool: bytes }: PoolHistoryRow) => Buffer.from(bytes).toString('hex');
  const rows = fc
    .uniqueArray(row, { selector: key, maxLength: 30 })
    .map((all) => all.filter(({ isNow, wasBefore }) => isNow || wasBefore));
  fc.assert(
    fc.property(rows, (pools) => {
      const review = reviewEpoch(epoch(10n ** 15n), pools, thresholds);
      expect(reviewEpoch(epoch(10n ** 15n), [...pools].reverse(), thresholds)).toEqual(review);
      const { gainedCount, lostCount, newCount, goneCount, poolCount, previousPoolCount } = review.diff;
      const same = pools.filter((each) => each.isNow && each.wasBefore && each.reward === each.previousReward).length;
      expect(gainedCount + lostCount + newCount + goneCount + same).toBe(pools.length);
      expect(poolCount - newCount).toBe(previousPoolCount - goneCount);
    }),
  );
});
