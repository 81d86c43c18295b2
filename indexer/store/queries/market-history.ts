/**
 * History of a model's perpetual market, from events.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';

export interface OpenInterestRow {
  /** Start of the bucket. */
  readonly start: UnixSeconds;
  /** GPU-seconds after the bucket's last change, as below. */
  readonly longSize: bigint;
  readonly shortSize: bigint;
  /** Base units of INFER at entry. */
  readonly longNotional: bigint;
  readonly shortNotional: bigint;
  /** What a GPU-second of each side has owed since the index began, base units times 3.6 · 10^9. */
  readonly fundingLong: bigint;
  readonly fundingShort: bigint;
  readonly mark: bigint;
}

export interface HistoryRange {
  readonly model: number;
  readonly slot: Slot;
  readonly fromTime: UnixSeconds;
  /** Exclusive. */
  readonly toTime: UnixSeconds;
}

/** Buckets in which something changed, by time. */
export function openInterest(
  client: StoreClient,
  range: HistoryRange,
  bucketSeconds: bigint,
  limit: number,
): Promise<OpenInterestRow[]> {
  const state = ['long_size', 'short_size', 'long_notional', 'short_notional', 'funding_long', 'funding_short'];
  const selected = `(${state.map((each) => `market_${each}`).join(', ')}, mark) AS state`;
  const from = (table: string) => `SELECT block_time, ${selected}, (slot, tx_index, toUInt32(position)) AS place
  FROM canonical_exchange_${table}
  WHERE slot <= {slot:UInt64} AND model = {model:UInt8} AND block_time >= {fromTime:Int64} AND block_time < {toTime:Int64}`;
  return rows<OpenInterestRow>(
    client,
    `SELECT start, last.1 AS longSize, last.2 AS shortSize, last.3 AS longNotional, last.4 AS shortNotional,
  last.5 AS fundingLong, last.6 AS fundingShort, last.7 AS mark
FROM (
  SELECT intDiv(block_time, {bucket:Int64}) * {bucket:Int64} AS start, argMax(state, place) AS last
  FROM (${['index_updated', 'index_advanced'].map(from).join('\n  UNION ALL ')}) GROUP BY start
) ORDER BY start LIMIT {limit:UInt32}`,
    { ...range, bucket: bucketSeconds, limit },
  );
}
