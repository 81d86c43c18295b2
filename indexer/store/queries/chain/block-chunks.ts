/**
 * Fingerprints of stretches of the chain: another one when a block of the stretch was added, mended or replaced.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { PARTITION_SLOTS } from '../../fill-store.ts';
import { rows } from '../../rows.ts';
import type { SlotBounds } from './slot-windows.ts';

export interface ChunkPrint {
  readonly chunk: bigint;
  readonly print: bigint;
  /** Rows of its blocks. */
  readonly transactionCount: bigint;
  readonly instructionCount: bigint;
  readonly eventCount: bigint;
}

/** Of the stretches of `chunkSlots` slots, as far as they lie in a range; one without blocks is absent. */
export function chunkPrints(client: StoreClient, bounds: SlotBounds, chunkSlots: bigint): Promise<ChunkPrint[]> {
  return rows<ChunkPrint>(
    client,
    `SELECT intDiv(slot, {chunkSlots:UInt64}) AS chunk,
  sum(cityHash64(slot, bank, blockhash, generation, event_count, content_hash)) AS print,
  sum(transaction_count) AS transactionCount, sum(instruction_count) AS instructionCount, sum(event_count) AS eventCount
FROM blocks FINAL WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} GROUP BY chunk ORDER BY chunk`,
    { ...bounds, chunkSlots },
  );
}

export interface BlockPartition {
  readonly partition: bigint;
  /** Another number when its parts are others: something was written, or parts were merged. */
  readonly parts: bigint;
  readonly slots: SlotBounds;
}

/** Partitions of the blocks, in order. */
export async function blockPartitions(client: StoreClient): Promise<BlockPartition[]> {
  const found = await rows<Omit<BlockPartition, 'slots'>>(
    client,
    `SELECT toUInt64(partition) AS partition, sum(cityHash64(name)) AS parts FROM system.parts
WHERE active AND database = {database:String} AND table = 'blocks' GROUP BY partition ORDER BY partition`,
    { database: client.database },
  );
  return found.map((each) => {
    const fromSlot = each.partition * PARTITION_SLOTS;
    return { ...each, slots: { fromSlot, toSlot: fromSlot + PARTITION_SLOTS - 1n } };
  });
}
