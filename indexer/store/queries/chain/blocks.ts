/**
 * Blocks of the canonical chain: head, lineage, pages, counts.
 * @module
 */
import type { BlockHeader } from '../../../domain/chain.ts';
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoredBlock } from '../../block-store.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import { rowsFrom } from './slot-walk.ts';

/** Slots that are looked through at first; widened while no block in them counts. */
const HEAD_WINDOW_SLOTS = 64n;
const HEAD_WINDOW_GROWTH = 64n;

const storedColumns = 'slot, blockhash, parent_slot AS parentSlot, parent_blockhash AS parentBlockhash';

/** The last committed block; `null` on an empty database. */
export async function canonicalHead(client: StoreClient): Promise<StoredBlock | null> {
  // Answered from the index of parts, at any size.
  const { highest } = await oneRow<{ highest: Slot }>(client, 'SELECT max(slot) AS highest FROM blocks');
  return lastBlockUntil(client, highest);
}

/** The last committed block with `slot <= toSlot`; `null` when there is none. */
export async function lastBlockUntil(client: StoreClient, toSlot: Slot): Promise<StoredBlock | null> {
  for (let windowSlots = HEAD_WINDOW_SLOTS; ; windowSlots *= HEAD_WINDOW_GROWTH) {
    const fromSlot = toSlot > windowSlots ? toSlot - windowSlots : 0n;
    const found = await firstRow<StoredBlock>(
      client,
      `SELECT ${storedColumns} FROM blocks FINAL
WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY slot DESC LIMIT 1`,
      { fromSlot, toSlot },
    );
    if (found !== null || fromSlot === 0n) return found;
  }
}

/** The first committed block with `slot >= fromSlot`; `null` when there is none. */
export async function firstBlockFrom(client: StoreClient, fromSlot: Slot): Promise<StoredBlock | null> {
  const { highest } = await oneRow<{ highest: Slot }>(client, 'SELECT max(slot) AS highest FROM blocks');
  for (let windowSlots = HEAD_WINDOW_SLOTS; ; windowSlots *= HEAD_WINDOW_GROWTH) {
    let toSlot = fromSlot + windowSlots;
    if (toSlot > highest) toSlot = highest;
    const found = await firstRow<StoredBlock>(
      client,
      `SELECT ${storedColumns} FROM blocks FINAL
WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY slot LIMIT 1`,
      { fromSlot, toSlot },
    );
    if (found !== null || toSlot === highest) return found;
  }
}

/** Committed blocks with `slot >= fromSlot`, ascending. */
export function storedBlocksFrom(client: StoreClient, fromSlot: Slot): Promise<StoredBlock[]> {
  return rows<StoredBlock>(
    client,
    `SELECT ${storedColumns} FROM blocks FINAL WHERE sign = 1 AND slot >= {fromSlot:UInt64} ORDER BY slot`,
    { fromSlot },
  );
}

/** Headers of committed blocks with `slot > aboveSlot`, ascending. */
export async function canonicalHeadersAbove(client: StoreClient, aboveSlot: Slot): Promise<BlockHeader[]> {
  const found = await rows<Omit<BlockHeader, 'blockTime' | 'blockHeight'> & { blockTime: bigint; blockHeight: bigint }>(
    client,
    `SELECT ${storedColumns}, bank, block_time AS blockTime, block_height AS blockHeight FROM blocks FINAL
WHERE sign = 1 AND slot > {aboveSlot:UInt64} ORDER BY slot`,
    { aboveSlot },
  );
  return found.map((each) => ({
    ...each,
    blockTime: each.blockTime < 0n ? null : each.blockTime,
    blockHeight: each.blockHeight < 0n ? null : each.blockHeight,
  }));
}

export interface BlockRow extends StoredBlock {
  readonly bank: number;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
  /** -1 where the chain gave none. */
  readonly blockHeight: bigint;
  readonly transactionCount: number;
  readonly eventCount: number;
  readonly instructionCount: number;
  readonly accountCount: number;
  readonly undecodedCount: number;
  /** 1 when no log of the block was cut or absent. */
  readonly provable: number;
  readonly hasAccounts: number;
  readonly contentHash: Uint8Array;
  readonly status: 'confirmed' | 'finalized';
}

const blockColumns = `${storedColumns}, bank, block_time AS blockTime, block_height AS blockHeight,
transaction_count AS transactionCount, event_count AS eventCount, instruction_count AS instructionCount,
account_count AS accountCount, undecoded_count AS undecodedCount, provable, has_accounts AS hasAccounts,
content_hash AS contentHash, status`;

/** Canonical blocks of a range, ascending, at most `limit`. */
export function blocksBetween(client: StoreClient, fromSlot: Slot, toSlot: Slot, limit: number): Promise<BlockRow[]> {
  return rows<BlockRow>(
    client,
    `SELECT ${blockColumns} FROM canonical_blocks
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY slot LIMIT {limit:UInt32}`,
    { fromSlot, toSlot, limit },
  );
}

/** The canonical block of a slot; `null` when it was skipped or is not here. */
export async function blockAt(client: StoreClient, slot: Slot): Promise<BlockRow | null> {
  return (await blocksBetween(client, slot, slot, 1))[0] ?? null;
}

/** Newest first: canonical blocks with `slot < beforeSlot`, at most `limit`. Next page: the slot of the last one. */
export async function blocksPage(client: StoreClient, beforeSlot: Slot, limit: number): Promise<BlockRow[]> {
  const found: BlockRow[] = [];
  // Cancelled blocks and marks written twice are among those scanned: there may be more of them than blocks that count.
  for (let below = beforeSlot, scanned = 4 * limit + 256; ; scanned *= SCAN_GROWTH) {
    const params = { beforeSlot: below, scanned };
    found.push(
      ...(await rows<BlockRow>(
        client,
        `SELECT ${blockColumns} FROM canonical_blocks
WHERE slot < {beforeSlot:UInt64} AND slot >= (SELECT min(slot) FROM (${newestMarks})) ORDER BY slot DESC LIMIT {limit:UInt32}`,
        { ...params, limit: limit - found.length },
      )),
    );
    if (found.length === limit) return found;
    const marks = await oneRow<{ lowest: Slot; markCount: bigint }>(
      client,
      `SELECT min(slot) AS lowest, count() AS markCount FROM (${newestMarks})`,
      params,
    );
    if (marks.markCount < BigInt(scanned)) return found;
    below = marks.lowest;
  }
}

const newestMarks =
  'SELECT slot FROM blocks WHERE slot < {beforeSlot:UInt64} ORDER BY slot DESC LIMIT {scanned:UInt32}';
const SCAN_GROWTH = 4;

/** Oldest first: canonical blocks with `afterSlot < slot <= toSlot`, at most `limit`. */
export async function blocksAfter(
  client: StoreClient,
  afterSlot: Slot | null,
  toSlot: Slot,
  limit: number,
): Promise<BlockRow[]> {
  const { lowest } = await oneRow<{ lowest: Slot }>(client, 'SELECT min(slot) AS lowest FROM blocks');
  const fromSlot = afterSlot === null ? lowest : afterSlot + 1n;
  return rowsFrom({ fromSlot, toSlot }, 'oldest', limit, (window, rest) =>
    blocksBetween(client, window.fromSlot, window.toSlot, rest),
  );
}
