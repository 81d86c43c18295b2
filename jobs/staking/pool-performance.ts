/**
 * How a pool did over a window: what its delegators earned for a year's stake, how much of the heartbeats its providers
 * owed came, and how much of its stake stayed. All in ppm, rounded down; pure.
 * @module
 */
import { PPM } from '../../indexer/domain/units.ts';
import type { DelegatorRewardRow } from '../../indexer/store/queries/rewards/pool-history.ts';

const YEAR_SECONDS = 31_536_000n;
/** Of one epoch's yield, before it is made a year's: an epoch may give a millionth of the stake, or less. */
const YIELD_SCALE = 10n ** 18n;

/**
 * Yield of an INT staked through the epochs, made a year's by their length, without compounding; commission is taken off
 * already. `null` without an epoch in which something was staked.
 */
export function delegatorAprPpm(
  epochs: readonly Pick<DelegatorRewardRow, 'rewards' | 'staked' | 'lengthSeconds'>[],
): bigint | null {
  const counted = epochs.filter(({ staked, lengthSeconds }) => staked > 0n && lengthSeconds > 0n);
  const seconds = counted.reduce((sum, { lengthSeconds }) => sum + lengthSeconds, 0n);
  if (seconds === 0n) return null;
  const earned = counted.reduce((sum, { rewards, staked }) => sum + (rewards * YIELD_SCALE) / staked, 0n);
  return (earned * PPM * YEAR_SECONDS) / (seconds * YIELD_SCALE);
}

/** `null` when nothing was expected. */
export function uptimePpm({ seen, expected }: { readonly seen: bigint; readonly expected: bigint }): bigint | null {
  if (expected <= 0n) return null;
  return ((seen < expected ? seen : expected) * PPM) / expected;
}

/** `null` for a pool that had no shares when the window began. */
export function retentionPpm(sharesAtStart: bigint, left: bigint): bigint | null {
  if (sharesAtStart === 0n) return null;
  return left >= sharesAtStart ? 0n : PPM - (left * PPM + sharesAtStart - 1n) / sharesAtStart;
}
