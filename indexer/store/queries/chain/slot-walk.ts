/**
 * Rows of a long history from one end: windows of slots that grow, so that a first page does not read all of it.
 * @module
 */
import { least, most } from '../../../domain/extremes.ts';
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, oneRow } from '../../rows.ts';
import type { SlotBounds } from './slot-windows.ts';

/** From which end rows are read. */
export type ReadOrder = 'newest' | 'oldest';

/** Few enough blocks for a lookup, and a growth that reaches the other end of any chain in six steps. */
const FIRST_WINDOW_SLOTS = 512n;
const WINDOW_GROWTH = 16n;

const NO_SLOTS: SlotBounds = { fromSlot: 1n, toSlot: 0n };

/** What can match at all: the asked range within what is stored, and a signature's slots. */
export async function storedRange(
  client: StoreClient,
  asked: Partial<SlotBounds> & { readonly signature?: Uint8Array },
): Promise<SlotBounds> {
  const stored =
    asked.signature === undefined
      ? await oneRow<SlotBounds>(client, 'SELECT min(slot) AS fromSlot, max(slot) AS toSlot FROM blocks')
      : ((await slotsOfSignature(client, asked.signature)) ?? NO_SLOTS);
  return {
    fromSlot: most(stored.fromSlot, asked.fromSlot ?? 0n),
    toSlot: least(stored.toSlot, asked.toSlot ?? stored.toSlot),
  };
}

/** Up to `limit` rows from one end of a range; `read` gives those of one window, in the same order. */
export async function rowsFrom<Row>(
  range: SlotBounds,
  order: ReadOrder,
  limit: number,
  read: (window: SlotBounds, limit: number) => Promise<readonly Row[]>,
  firstWindowSlots: bigint = FIRST_WINDOW_SLOTS,
): Promise<Row[]> {
  const found: Row[] = [];
  let { fromSlot, toSlot } = range;
  for (let slots = firstWindowSlots; found.length < limit && toSlot >= fromSlot; slots *= WINDOW_GROWTH) {
    const window =
      order === 'newest'
        ? { fromSlot: most(fromSlot, toSlot - slots), toSlot }
        : { fromSlot, toSlot: least(toSlot, fromSlot + slots) };
    found.push(...(await read(window, limit - found.length)));
    if (order === 'newest') toSlot = window.fromSlot - 1n;
    else fromSlot = window.toSlot + 1n;
  }
  return found;
}

/** How rows are sorted in an order, and how those beyond another compare with it, as SQL. */
export function orderSql(order: ReadOrder): { readonly direction: 'ASC' | 'DESC'; readonly beyond: '<' | '>' } {
  return order === 'newest' ? { direction: 'DESC', beyond: '<' } : { direction: 'ASC', beyond: '>' };
}

/** The part of a range that lies beyond a place, in an order. */
export function rangeBeyond(range: SlotBounds, order: ReadOrder, bound: { readonly slot: Slot } | null): SlotBounds {
  if (bound === null) return range;
  return order === 'newest'
    ? { ...range, toSlot: least(range.toSlot, bound.slot) }
    : { ...range, fromSlot: most(range.fromSlot, bound.slot) };
}

/** Slots of the blocks that have a signature, canonical or not: found by the index on it, and few. */
export async function slotsOfSignature(client: StoreClient, signature: Uint8Array): Promise<SlotBounds | null> {
  const found = await firstRow<SlotBounds & { readonly rowCount: bigint }>(
    client,
    `SELECT min(slot) AS fromSlot, max(slot) AS toSlot, count() AS rowCount FROM transactions
WHERE signature = unhex({signature:String})`,
    { signature },
  );
  return found === null || found.rowCount === 0n ? null : { fromSlot: found.fromSlot, toSlot: found.toSlot };
}
