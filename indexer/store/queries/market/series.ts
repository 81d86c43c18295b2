/**
 * Dated futures and the index they settle on, as they stood after a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import { lastInWindows, type SlotBounds } from '../chain/slot-windows.ts';
import { countedRows } from '../rows/counted-rows.ts';

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

const SERIES_EVENTS = [
  ...['series_created', 'future_traded', 'future_liquidated', 'series_settled', 'future_position_settled'],
];
const SERIES_STATE = 'market_long_size, market_short_size, market_last_price, market_traded_at, market_settled_at';
const NO_TERMS =
  'false AS is_average, toInt64(0) AS delivery_start, toInt64(0) AS expiry, toUInt32(0) AS bound, toUInt64(0) AS depth';
const TERMS = 'is_average, delivery_start, expiry, basis_bound_ppm AS bound, depth_gpu_seconds AS depth';

/** Series of a model that a slot has seen listed, by expiry, with their state after it. */
export function seriesAsOf(client: StoreClient, model: number, slot: Slot): Promise<SeriesRow[]> {
  const ofModel = 'slot <= {slot:UInt64} AND model = {model:UInt8}';
  const branches = SERIES_EVENTS.map(
    (event) => `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, series, (${SERIES_STATE}) AS state,
    ${event === 'series_created' ? TERMS : NO_TERMS}
  FROM exchange_${event} FINAL WHERE ${ofModel}`,
  );
  // Planned more quickly than a second look at the branches: slots need no FINAL.
  const slots = SERIES_EVENTS.map((event) => `SELECT slot FROM exchange_${event} WHERE ${ofModel}`);
  return rows<SeriesRow>(
    client,
    `${countedRows(branches, `slot IN (${slots.join(' UNION ALL ')})`)}
SELECT series, toUInt8({model:UInt8}) AS model, toBool(listed.1) AS isAverage, listed.2 AS deliveryStart, listed.3 AS expiry,
  listed.4 AS basisBoundPpm, listed.5 AS depthGpuSeconds,
  last.1 AS longSize, last.2 AS shortSize, last.3 AS lastPrice, last.4 AS tradedAt, last.5 AS settledAt
FROM (
  SELECT series, anyIf((is_average, delivery_start, expiry, bound, depth), expiry != 0) AS listed,
    argMax(state, (slot, tx_index, place)) AS last
  FROM counted GROUP BY series
) WHERE listed.3 != 0 ORDER BY expiry, deliveryStart, isAverage LIMIT 10000`,
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

const INDEX_EVENTS = ['index_created', 'index_updated', 'index_advanced'];
const INDEX_STATE = [
  ...['price', 'anchor', 'anchor_integral', 'advanced_at', 'updated_at'],
  ...['bound_ppm', 'depth_gpu_seconds', 'long_size', 'short_size'],
]
  .map((each) => `market_${each}`)
  .join(', ');

/** A busy index changes many times a block: a window no longer than its events fill one granule. */
const INDEX_WINDOW_SLOTS = 256n;

/** State of a model's index after a slot; `null` when it has none. */
export function indexStateAsOf(client: StoreClient, model: number, slot: Slot): Promise<IndexStateRow | null> {
  const inWindow = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  const branches = INDEX_EVENTS.map(
    (event) => `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, ${INDEX_STATE}
  FROM exchange_${event} FINAL WHERE ${inWindow} AND model = {model:UInt8}`,
  );
  const sql = `${countedRows(branches, inWindow)}
SELECT market_price AS price, market_anchor AS anchor, market_anchor_integral AS anchorIntegral, market_advanced_at AS advancedAt,
  market_updated_at AS updatedAt, market_bound_ppm AS boundPpm, market_depth_gpu_seconds AS depthGpuSeconds,
  market_long_size AS longSize, market_short_size AS shortSize
FROM counted ORDER BY slot DESC, tx_index DESC, place DESC LIMIT 1`;
  const read = (bounds: SlotBounds) => firstRow<IndexStateRow>(client, sql, { ...bounds, model });
  return lastInWindows(slot, read, INDEX_WINDOW_SLOTS);
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
    `${countedRows([
      `SELECT slot, bank, blockhash, milestone_at, milestone_integral FROM exchange_milestone_passed FINAL
  WHERE slot <= {slot:UInt64} AND model = {model:UInt8}`,
    ])}
SELECT milestone_at AS at, milestone_integral AS integral FROM counted ORDER BY at LIMIT 100000`,
    { model, slot },
  );
}
