/**
 * Looking for the last of something before a slot, in windows that widen: what is near is found without reading history.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';

/** First and last slot of a range, both in it. */
export interface SlotBounds {
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
}

const FIRST_WINDOW_SLOTS = 4_096n;
const WINDOW_GROWTH = 32n;

/** The first answer of `read` over ranges that end at `toSlot` and reach back further each time, down to 0. */
export async function lastInWindows<T>(
  toSlot: Slot,
  read: (bounds: SlotBounds) => Promise<T | null>,
  firstWindowSlots = FIRST_WINDOW_SLOTS,
): Promise<T | null> {
  for (let windowSlots = firstWindowSlots; ; windowSlots *= WINDOW_GROWTH) {
    const fromSlot = toSlot > windowSlots ? toSlot - windowSlots : 0n;
    const found = await read({ fromSlot, toSlot });
    if (found !== null || fromSlot === 0n) return found;
  }
}
