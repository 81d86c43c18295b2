/**
 * Dated futures and the index they settle on, as they stood after a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { firstRow, rows } from '../rows.ts';

export interface SeriesRow {
  readonly series: Uint8Array;
  readonly model: number;
  readonly isAverage: boolean;
  readonly deliveryStart: UnixSeconds;
  readonly expiry: UnixSeconds;
  readonly basisBoundPpm: number;
  readonly depthGpuSeconds: bigint;
  readonly longSize: bigint;
  readonly shortSize: bigint;
  /** Of the last trade; 0 for none. */
  readonly lastPrice: bigint;
  readonly tradedAt: UnixSeconds;
  /** 0 until it is settled. */
  readonly settledAt: UnixSeconds;
}

/** Series of a model that a slot has seen listed, by expiry, with their state after it. */
export function seriesAsOf(client: StoreClient, model: number, slot: Slot): Promise<SeriesRow[]> {
  const state = 'market_long_size, market_short_size, market_last_price, market_traded_at, market_settled_at';
  const ofModel = 'WHERE slot <= {slot:UInt64} AND model = {model:UInt8}';
  const place = '(slot, tx_index, toUInt32(position)) AS place';
  const changes = ['series_created', 'future_traded', 'future_liquidated', 'series_settled', 'future_position_settled'];
  return rows<SeriesRow>(
    client,
    `SELECT c.series AS series, c.model AS model, c.is_average AS isAverage, c.delivery_start AS deliveryStart, c.expiry AS expiry,
  c.basis_bound_ppm AS basisBoundPpm, c.depth_gpu_seconds AS depthGpuSeconds,
  s.state.1 AS longSize, s.state.2 AS shortSize, s.state.3 AS lastPrice, s.state.4 AS tradedAt, s.state.5 AS settledAt
FROM (SELECT series, model, is_average, delivery_start, expiry, basis_bound_ppm, depth_gpu_seconds
  FROM canonical_exchange_series_created ${ofModel}) AS c
INNER JOIN (
  SELECT series, argMax((${state}), place) AS state FROM (
    ${changes.map((each) => `SELECT series, ${state}, ${place} FROM canonical_exchange_${each} ${ofModel}`).join('\n    UNION ALL ')}
  ) GROUP BY series
) AS s ON s.series = c.series
ORDER BY expiry, deliveryStart, isAverage LIMIT 10000`,
    { model, slot },
  );
}

export interface IndexStateRow {
  readonly price: bigint;
  readonly anchor: bigint;
  readonly anchorIntegral: bigint;
  /** Up to when the integral is counted. */
  readonly advancedAt: UnixSeconds;
  /** Of the last trade or purchase. */
  readonly updatedAt: UnixSeconds;
  readonly boundPpm: number;
  readonly depthGpuSeconds: bigint;
  readonly longSize: bigint;
  readonly shortSize: bigint;
}

/** State of a model's index after a slot; `null` when it has none. */
export function indexStateAsOf(client: StoreClient, model: number, slot: Slot): Promise<IndexStateRow | null> {
  const columns = [
    ...['price', 'anchor', 'anchor_integral', 'advanced_at', 'updated_at'],
    ...['bound_ppm', 'depth_gpu_seconds', 'long_size', 'short_size'],
  ];
  const selected = columns.map((each) => `market_${each}`).join(', ');
  const latest = (table: string) => `(SELECT ${selected}, slot, tx_index, toUInt32(position) AS place
  FROM canonical_exchange_${table} WHERE slot <= {slot:UInt64} AND model = {model:UInt8}
  ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1)`;
  return firstRow<IndexStateRow>(
    client,
    `SELECT market_price AS price, market_anchor AS anchor, market_anchor_integral AS anchorIntegral, market_advanced_at AS advancedAt, market_updated_at AS updatedAt,
  market_bound_ppm AS boundPpm, market_depth_gpu_seconds AS depthGpuSeconds, market_long_size AS longSize, market_short_size AS shortSize
FROM (${['index_created', 'index_updated', 'index_advanced'].map(latest).join(' UNION ALL ')})
ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1`,
    { model, slot },
  );
}

export interface MilestoneRow {
  readonly at: UnixSeconds;
  /** Of the anchor up to then. */
  readonly integral: bigint;
}

/** Times of a model's series that had come by a slot, with the anchor's integral at each. */
export function milestonesAsOf(client: StoreClient, model: number, slot: Slot): Promise<MilestoneRow[]> {
  return rows<MilestoneRow>(
    client,
    `SELECT milestone_at AS at, milestone_integral AS integral FROM canonical_exchange_milestone_passed
WHERE slot <= {slot:UInt64} AND model = {model:UInt8} ORDER BY at LIMIT 100000`,
    { model, slot },
  );
}
