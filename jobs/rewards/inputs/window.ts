/**
 * Windows of reward epochs and the blocks in them. Pure.
 *
 * A schedule is a list of rows that is only ever added to; each says from which reward epoch on windows have which
 * length. A block belongs to the window its running-maximum block time falls into, so that a clock that steps back
 * moves no block into a window that has ended.
 * @module
 */
import { checkInput } from '../../../indexer/domain/errors.ts';
import type { RewardEpoch, Slot, UnixSeconds } from '../../../indexer/domain/units.ts';

export interface ScheduleRow {
  readonly fromRewardEpoch: RewardEpoch;
  readonly startTime: UnixSeconds;
  readonly lengthSeconds: bigint;
}

export interface Window {
  /** Inclusive. */
  readonly start: UnixSeconds;
  /** Exclusive. */
  readonly end: UnixSeconds;
}

/** First and last slot of a window's blocks; `first > last` when the window holds no block. */
export interface SlotRange {
  readonly first: Slot;
  readonly last: Slot;
}

/**
 * A schedule in the order of its epochs, checked: it starts at reward epoch 1 and no row moves a boundary of another.
 * @throws InputError `REWARDS__BAD_SCHEDULE`
 */
export function checkSchedule(rows: readonly ScheduleRow[]): readonly ScheduleRow[] {
  const ordered = [...rows].sort((left, right) => Number(left.fromRewardEpoch - right.fromRewardEpoch));
  checkInput(
    ordered[0]?.fromRewardEpoch === 1n,
    'REWARDS__BAD_SCHEDULE',
    'The schedule has to start at reward epoch 1',
  );
  ordered.forEach((row, index) => {
    const { fromRewardEpoch, lengthSeconds, startTime } = row;
    checkInput(lengthSeconds > 0n, 'REWARDS__BAD_SCHEDULE', `Windows need a length, not ${lengthSeconds} s`, {
      fromRewardEpoch,
    });
    const before = ordered[index - 1];
    const due = before === undefined ? startTime : startOf(before, fromRewardEpoch);
    const isJoined = before === undefined || before.fromRewardEpoch < fromRewardEpoch;
    checkInput(
      isJoined && startTime === due,
      'REWARDS__BAD_SCHEDULE',
      `Reward epoch ${fromRewardEpoch} has to start at ${due}`,
      { fromRewardEpoch, startTime, due },
    );
  });
  return ordered;
}

/** @throws InputError `REWARDS__BAD_EPOCH`, `REWARDS__BAD_SCHEDULE` */
export function windowOf(schedule: readonly ScheduleRow[], rewardEpoch: RewardEpoch): Window {
  checkInput(rewardEpoch >= 1n, 'REWARDS__BAD_EPOCH', `Reward epochs count from 1, not ${rewardEpoch}`, {
    rewardEpoch,
  });
  const row = checkSchedule(schedule).findLast(({ fromRewardEpoch }) => fromRewardEpoch <= rewardEpoch);
  checkInput(row !== undefined, 'REWARDS__BAD_SCHEDULE', 'The schedule is empty');
  const start = startOf(row, rewardEpoch);
  return { start, end: start + row.lengthSeconds };
}

/**
 * The blocks of a window, `null` while it has not ended by block time.
 *
 * The running maximum passes a moment at the first block whose own time does. So two look-ups decide the range.
 * @param firstSlotAt first finalized slot with a block time of at least that moment, `null` when there is none
 * @param lastSlotBefore last finalized slot before a slot, `null` when there is none
 */
export async function slotsOf(
  { start, end }: Window,
  firstSlotAt: (moment: UnixSeconds) => Promise<Slot | null>,
  lastSlotBefore: (slot: Slot) => Promise<Slot | null>,
): Promise<SlotRange | null> {
  const [first, next] = await Promise.all([firstSlotAt(start), firstSlotAt(end)]);
  if (first === null || next === null) return null;
  const last = (await lastSlotBefore(next)) ?? 0n;
  return first < next ? { first, last } : { first: next, last: next - 1n };
}

function startOf({ fromRewardEpoch, startTime, lengthSeconds }: ScheduleRow, rewardEpoch: RewardEpoch): UnixSeconds {
  return startTime + (rewardEpoch - fromRewardEpoch) * lengthSeconds;
}
