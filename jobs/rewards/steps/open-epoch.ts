/**
 * Which reward epoch is worked on, and its window. The schedule's first row is written once and holds for ever.
 * @module
 */
import { UpstreamError } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch } from '../../../indexer/domain/units.ts';
import {
  type EpochRow,
  insertScheduleRow,
  latestEpochRows,
  scheduleRows,
} from '../../../indexer/store/queries/rewards/reward-epochs.ts';
import { firstFinalizedAt } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { openedRow, rankOf, recordState } from '../epoch-state.ts';
import { type ScheduleRow, windowOf } from '../inputs/window.ts';
import type { RewardContext } from '../reward-context.ts';

/**
 * The epoch in work: the latest one, or the one after it once that has its record on chain, whose finality is waited for
 * beside it (`EpochMachine.accrue`); after the chain's last on an empty database.
 * `null` while there is no finalized block to start from.
 * @throws UpstreamError `REWARDS__NOT_SET_UP`
 */
export async function currentEpoch(context: RewardContext): Promise<EpochRow | null> {
  const [latest] = await latestEpochRows(context.store, 1);
  if (latest !== undefined && latest.stateRank < rankOf('committed')) return latest;
  const rewardEpoch = latest === undefined ? await nextOnChain(context) : latest.rewardEpoch + 1n;
  const schedule = await scheduleFrom(context, rewardEpoch);
  if (schedule === null) return null;
  const row = openedRow(rewardEpoch, windowOf(schedule, rewardEpoch), context.nowMicros());
  await recordState(context, row);
  return row;
}

async function nextOnChain({ chain }: RewardContext): Promise<RewardEpoch> {
  const overview = await chain.overview('finalized');
  if (overview === null) {
    throw new UpstreamError('REWARDS__NOT_SET_UP', `The staking program ${chain.program} has no pool overview yet`, {
      program: chain.program,
    });
  }
  return overview.completedRewardEpoch + 1n;
}

async function scheduleFrom(context: RewardContext, rewardEpoch: RewardEpoch): Promise<readonly ScheduleRow[] | null> {
  const stored = await scheduleRows(context.store);
  if (stored.length > 0) return stored;
  const startTime = await startOfFirst(context, rewardEpoch);
  if (startTime === null) return null;
  await insertScheduleRow(context.store, { fromRewardEpoch: 1n, startTime, lengthSeconds: context.epochSeconds });
  return scheduleRows(context.store);
}

/** Without a start given, the epoch at hand starts with the first block that is indexed. */
async function startOfFirst(
  { store, epochStart, epochSeconds }: RewardContext,
  rewardEpoch: RewardEpoch,
): Promise<bigint | null> {
  if (epochStart > 0n) return epochStart;
  const first = await firstFinalizedAt(store, 0n);
  return first === null ? null : first.blockTime - (rewardEpoch - 1n) * epochSeconds;
}
