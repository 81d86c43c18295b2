/**
 * Blocks by their time. Times never fall from block to block, so the blocks of a range of times are a range of slots.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, oneRow } from '../../rows.ts';
import { lastInWindows, type SlotBounds } from './slot-windows.ts';

export interface TimeRange {
  readonly fromTime: UnixSeconds;
  /** Exclusive. */
  readonly toTime: UnixSeconds;
}

/** First and last slot of the canonical blocks of a range of times; `null` when it has none. */
export async function slotsOfTimes(client: StoreClient, range: TimeRange): Promise<SlotBounds | null> {
  const { blockCount, ...bounds } = await oneRow<SlotBounds & { blockCount: bigint }>(
    client,
    // The inner range, of every block that was ever seen, bounds what FINAL has to look at.
    `SELECT count() AS blockCount, min(slot) AS fromSlot, max(slot) AS toSlot FROM blocks FINAL
WHERE sign = 1 AND block_time >= {fromTime:Int64} AND block_time < {toTime:Int64}
  AND slot >= (SELECT min(slot) FROM blocks WHERE block_time >= {fromTime:Int64} AND block_time < {toTime:Int64})
  AND slot <= (SELECT max(slot) FROM blocks WHERE block_time >= {fromTime:Int64} AND block_time < {toTime:Int64})`,
    { ...range },
  );
  return blockCount === 0n ? null : bounds;
}

/** Time of the last block at or before a slot whose time is known; `null` when there is none. */
export async function timeAtSlot(client: StoreClient, slot: Slot): Promise<UnixSeconds | null> {
  const found = await lastInWindows(slot, ({ fromSlot, toSlot }) =>
    firstRow<{ blockTime: UnixSeconds }>(
      client,
      `SELECT block_time AS blockTime FROM blocks FINAL
WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND block_time >= 0 ORDER BY slot DESC LIMIT 1`,
      { fromSlot, toSlot },
    ),
  );
  return found?.blockTime ?? null;
}

/** Time of the last finalized block; `null` while nothing is finalized. */
export async function finalizedTime(client: StoreClient): Promise<UnixSeconds | null> {
  const found = await firstRow<{ slot: Slot }>(
    client,
    "SELECT slot FROM cursors WHERE name = 'finalized' ORDER BY slot DESC LIMIT 1",
  );
  return found === null ? null : timeAtSlot(client, found.slot);
}
