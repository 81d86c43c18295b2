/**
 * What the parent links say is missing. A skipped slot is no gap: the next block's parent link passes over it.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { lastBlockUntil } from './blocks.ts';

export interface Gap {
  /** Last canonical block before the gap. */
  readonly afterSlot: Slot;
  /** First canonical block after it. */
  readonly nextSlot: Slot;
  /** Its parent: the blocks after `afterSlot` up to here are missing. */
  readonly parentSlot: Slot;
  /** `missing`: blocks lie between. `broken`: the two cannot be of one chain. */
  readonly kind: 'missing' | 'broken';
}

/** Places in a range where a canonical block does not follow the one before it, the block before the range included. */
export async function findGaps(client: StoreClient, fromSlot: Slot, toSlot: Slot, limit = 1_000): Promise<Gap[]> {
  const before = fromSlot === 0n ? null : await lastBlockUntil(client, fromSlot - 1n);
  return rows<Gap>(client, gapsSql, { fromSlot: before?.slot ?? fromSlot, toSlot, limit });
}

const gapsSql = `SELECT afterSlot, nextSlot, parentSlot, if(parentSlot > afterSlot, 'missing', 'broken') AS kind
FROM (
  SELECT slot AS nextSlot, parent_slot AS parentSlot, parent_blockhash,
    lagInFrame(slot) OVER previous AS afterSlot,
    lagInFrame(blockhash) OVER previous AS after_blockhash,
    lagInFrame(1) OVER previous AS has_previous
  FROM blocks FINAL
  WHERE sign = 1 AND slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  WINDOW previous AS (ORDER BY slot ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
)
WHERE has_previous = 1 AND (parentSlot != afterSlot OR parent_blockhash != after_blockhash)
ORDER BY nextSlot LIMIT {limit:UInt32}`;
