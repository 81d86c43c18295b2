/**
 * How far the record goes: head, finality, counts.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { oneRow } from '../../rows.ts';
import { blockAt, canonicalHead } from './blocks.ts';
import { cursor } from './cursors.ts';

export interface ChainStatus {
  readonly headSlot: Slot;
  readonly headBlockhash: Uint8Array;
  /** Unix seconds of the head; -1 where the chain gave none. */
  readonly headBlockTime: UnixSeconds;
  /** `null` before the first finalized block. */
  readonly finalizedSlot: Slot | null;
}

/** `null` on an empty database. Cheap at any size: it looks at the newest blocks only. */
export async function chainStatus(client: StoreClient): Promise<ChainStatus | null> {
  const [head, finalized] = await Promise.all([canonicalHead(client), cursor(client, 'finalized')]);
  if (head === null) return null;
  const block = await blockAt(client, head.slot);
  return {
    headSlot: head.slot,
    headBlockhash: head.blockhash,
    headBlockTime: block?.blockTime ?? -1n,
    finalizedSlot: finalized?.slot ?? null,
  };
}

export interface ChainCounts {
  readonly firstSlot: Slot;
  readonly lastSlot: Slot;
  readonly blockCount: bigint;
  readonly transactionCount: bigint;
  readonly eventCount: bigint;
  readonly instructionCount: bigint;
  readonly undecodedCount: bigint;
  /** Blocks in which a log was cut or absent. */
  readonly unprovableCount: bigint;
}

/** Sums over the canonical blocks of a range; slots are 0 when there are none. */
export function chainCounts(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<ChainCounts> {
  return oneRow<ChainCounts>(
    client,
    `SELECT min(slot) AS firstSlot, max(slot) AS lastSlot, count() AS blockCount,
  sum(transaction_count) AS transactionCount, sum(event_count) AS eventCount,
  sum(instruction_count) AS instructionCount, sum(undecoded_count) AS undecodedCount,
  countIf(provable = 0) AS unprovableCount
FROM blocks FINAL WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}`,
    { fromSlot, toSlot },
  );
}
