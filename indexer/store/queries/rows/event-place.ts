/**
 * Where an event stands on the chain, as pages of events are bounded by.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';

export interface EventPlace {
  readonly slot: Slot;
  readonly transactionIndex: number;
  /** Among the events of its transaction. */
  readonly position: number;
}

/** To compare `(slot, tx_index, position)` with; `boundParams` binds it. */
export const BOUND_PLACE = '({boundSlot:UInt64}, {boundIndex:UInt32}, {boundPosition:UInt32})';

export function boundParams({ slot, transactionIndex, position }: EventPlace) {
  return { boundSlot: slot, boundIndex: transactionIndex, boundPosition: position };
}

/** All events up to a slot, and no others, stand before this. */
export function placeAfterSlot(slot: Slot): EventPlace {
  return { slot: slot + 1n, transactionIndex: 0, position: 0 };
}
