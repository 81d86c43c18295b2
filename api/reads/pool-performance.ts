/**
 * Performance of pools, read for all pools of a list at once.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import { slotsOfTimes, timeAtSlot } from '../../indexer/store/queries/chain/block-times.ts';
import {
  delegatorRewards,
  heartbeatsOfPools,
  type PoolsQuestion,
  sharesThatLeft,
} from '../../indexer/store/queries/rewards/pool-history.ts';
import { accountStates } from '../../indexer/store/queries/rows/account-states.ts';
import { groupBy } from '../../jobs/group-by.ts';
import { delegatorAprPpm, retentionPpm, uptimePpm } from '../../jobs/staking/pool-performance.ts';
import type { ApiContext } from '../context.ts';
import { batched } from './batched.ts';

export interface PerformanceQuestion {
  readonly pool: Uint8Array;
  readonly slot: Slot;
  readonly windowSeconds: number;
}

export interface PoolPerformance {
  readonly fromTime: UnixSeconds;
  readonly toTime: UnixSeconds;
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
  readonly epochCount: number;
  readonly delegatorAprPpm: bigint | null;
  readonly delegatorRewards: bigint;
  readonly delegatorUsdc: bigint;
  readonly uptimePpm: bigint | null;
  readonly retentionPpm: bigint | null;
}

export const poolPerformance = batched<PerformanceQuestion, PoolPerformance>(async (questions, context) => {
  const groups = groupBy(questions, ({ slot, windowSeconds }) => `${slot}/${windowSeconds}`);
  const found = new Map<PerformanceQuestion, PoolPerformance>();
  for (const group of groups.values()) {
    const answers = await performanceOf(group, context);
    for (const [index, question] of group.entries()) found.set(question, answers[index] as PoolPerformance);
  }
  return questions.map((question) => found.get(question) as PoolPerformance);
});

/** Of pools as of one slot over one window. */
async function performanceOf(asked: readonly PerformanceQuestion[], { store }: ApiContext): Promise<PoolPerformance[]> {
  const { slot: toSlot, windowSeconds } = asked[0] as PerformanceQuestion;
  const toTime = (await timeAtSlot(store, toSlot)) ?? 0n;
  const fromTime = toTime > BigInt(windowSeconds) ? toTime - BigInt(windowSeconds) : 0n;
  const slots = await slotsOfTimes(store, { fromTime, toTime: toTime + 1n });
  const fromSlot = slots === null || slots.fromSlot === 0n ? 0n : slots.fromSlot - 1n;
  const pools = asked.map(({ pool }) => pool);
  const question: PoolsQuestion = { pools, fromSlot, toSlot, fromTime, toTime };
  const [rewards, heartbeats, left, before] = await Promise.all([
    delegatorRewards(store, question),
    heartbeatsOfPools(store, question),
    sharesThatLeft(store, question),
    accountStates(store, pools, fromSlot),
  ]);
  const [rewardsOf, heartbeatsOf, leftOf] = [
    groupBy(rewards, ({ pool }) => toBase58(pool)),
    groupBy(heartbeats, ({ pool }) => toBase58(pool)),
    groupBy(left, ({ pool }) => toBase58(pool)),
  ];
  const sharesOf = new Map(
    before.map((row) => [
      toBase58(row.publicKey),
      BigInt((JSON.parse(row.fields) as { total_shares: string }).total_shares),
    ]),
  );
  return pools.map((pool) => {
    const key = toBase58(pool);
    const epochs = rewardsOf.get(key) ?? [];
    return {
      ...{ fromTime, toTime, fromSlot, toSlot, epochCount: epochs.length },
      delegatorAprPpm: delegatorAprPpm(epochs),
      delegatorRewards: epochs.reduce((sum, each) => sum + each.rewards, 0n),
      delegatorUsdc: epochs.reduce((sum, each) => sum + each.usdc, 0n),
      uptimePpm: uptimePpm(heartbeatsOf.get(key)?.[0] ?? { seen: 0n, expected: 0n }),
      retentionPpm: retentionPpm(sharesOf.get(key) ?? 0n, leftOf.get(key)?.[0]?.left ?? 0n),
    };
  });
}
