/**
 * Blocks with their parents, canonical or replaced: what a reader that saw a branch needs to find its way back.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { EVENT_COLUMNS, type EventRow } from '../rows/events.ts';

export interface BranchBlock {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
}

const columns = 'slot, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash';

/** Canonical blocks with `slot >= fromSlot`, ascending, at most `limit`. */
export function branchFrom(client: StoreClient, fromSlot: Slot, limit: number): Promise<BranchBlock[]> {
  return rows<BranchBlock>(
    client,
    `SELECT ${columns} FROM blocks FINAL WHERE sign = 1 AND slot >= {fromSlot:UInt64} ORDER BY slot LIMIT {limit:UInt32}`,
    { fromSlot, limit },
  );
}

/** The newest canonical blocks, ascending. */
export async function newestBranch(client: StoreClient, limit: number): Promise<BranchBlock[]> {
  const found = await rows<BranchBlock>(
    client,
    `SELECT ${columns} FROM blocks FINAL WHERE sign = 1 AND slot >= (
  SELECT min(slot) FROM (SELECT slot FROM blocks ORDER BY slot DESC LIMIT {scanned:UInt32}))
ORDER BY slot DESC LIMIT {limit:UInt32}`,
    // Cancelled blocks and marks written twice are among those scanned.
    { limit, scanned: 2 * limit },
  );
  return found.reverse();
}

/** Every block that was ever recorded at a slot, canonical or not. */
export function blocksSeenAt(client: StoreClient, slot: Slot): Promise<BranchBlock[]> {
  return rows<BranchBlock>(client, `SELECT DISTINCT ${columns} FROM blocks WHERE slot = {slot:UInt64} LIMIT 100`, {
    slot,
  });
}

/** Events of all blocks of a range of slots, canonical or not, in chain order: each names its block by hash. */
export function eventsSeenBetween(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<EventRow[]> {
  return rows<EventRow>(
    client,
    `SELECT ${EVENT_COLUMNS} FROM events FINAL WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
ORDER BY slot, tx_index, position`,
    { fromSlot, toSlot },
    { bytesColumns: ['data'] },
  );
}
