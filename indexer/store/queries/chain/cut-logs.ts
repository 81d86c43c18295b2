/**
 * What is known of transactions whose logs were cut: the calls of our programs in them, from their instructions, and how
 * many events were read of each before the cut. What is missing of them is not known; that it may be is.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

export interface CutCall {
  readonly slot: Slot;
  readonly signature: Uint8Array;
  /** `2.0` for the first call of the third top-level instruction. */
  readonly path: string;
  readonly program: Uint8Array;
  /** Of the instruction. */
  readonly name: string;
  /** Read from the log before the cut, or from calls, which no cut reaches. */
  readonly eventCount: bigint;
}

/** In chain order, at most `limit`. */
export function cutCalls(client: StoreClient, fromSlot: Slot, toSlot: Slot, limit: number): Promise<CutCall[]> {
  const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  return rows<CutCall>(
    client,
    `WITH cut AS (SELECT slot, tx_index FROM canonical_transactions WHERE ${inRange} AND log_truncated = 1)
SELECT slot, signature, arrayStringConcat(arrayMap(step -> toString(step), ix_path), '.') AS path, program, name,
  ifNull(e.found, 0) AS eventCount
FROM (SELECT * FROM canonical_instructions WHERE ${inRange} AND failed = 0 AND (slot, tx_index) IN cut) AS i
LEFT JOIN (
  SELECT slot, tx_index, ix_path, count() AS found FROM canonical_events
  WHERE ${inRange} AND (slot, tx_index) IN cut GROUP BY slot, tx_index, ix_path) AS e USING (slot, tx_index, ix_path)
ORDER BY slot, tx_index, ix_path LIMIT {limit:UInt32}`,
    { fromSlot, toSlot, limit },
  );
}
