/**
 * Ticks of the on-chain index, and the candles that were made of them.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { insertRows, rowTable } from '../row-table.ts';
import { firstRow, oneRow, rows } from '../rows.ts';
import type { TimeRange } from './block-times.ts';
import { countedRows } from './counted-rows.ts';
import type { SlotBounds } from './slot-windows.ts';

export interface TickRow {
  readonly model: number;
  readonly time: UnixSeconds;
  readonly price: bigint;
  readonly isPurchase: boolean;
  readonly gpuSeconds: bigint;
  readonly value: bigint;
  readonly tradedPrice: bigint;
}

export interface CandleRow {
  readonly model: number;
  readonly intervalSeconds: number;
  readonly start: UnixSeconds;
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly tickCount: bigint;
  readonly purchaseCount: bigint;
  readonly purchaseGpuSeconds: bigint;
  readonly purchaseValue: bigint;
  readonly tradeGpuSeconds: bigint;
  readonly tradeValue: bigint;
  readonly tradedSum: bigint;
  /** 0 for none. */
  readonly priceBefore: bigint;
  readonly priceSeconds: bigint;
  readonly firstTime: UnixSeconds;
  readonly lastTime: UnixSeconds;
}

export interface CandleDayRow {
  readonly day: UnixSeconds;
  readonly through: UnixSeconds;
  readonly digest: bigint;
}

const candleColumns = {
  ...{ model: 'UInt8', interval_seconds: 'UInt32', start: 'Int64', open: 'UInt128', high: 'UInt128', low: 'UInt128' },
  ...{ close: 'UInt128', tick_count: 'UInt64', purchase_count: 'UInt64', purchase_gpu_seconds: 'UInt128' },
  ...{ purchase_value: 'UInt128', trade_gpu_seconds: 'UInt128', trade_value: 'UInt128', traded_sum: 'UInt256' },
  ...{ price_before: 'UInt128', price_seconds: 'UInt256', first_time: 'Int64', last_time: 'Int64' },
};
const recorded = { recorded_at: 'DateTime64(6)' };
const candleTable = rowTable('candles', candleColumns);
const writtenCandles = rowTable('candles', { ...candleColumns, ...recorded });
const dayColumns = { day: 'Int64', through: 'Int64', digest: 'UInt64' };
const dayTable = rowTable('candle_days', dayColumns);
const writtenDays = rowTable('candle_days', { ...dayColumns, ...recorded });

const ofTimes = 'block_time >= {fromTime:Int64} AND block_time < {toTime:Int64}';
const ofSlots = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/** Of all models, in chain order. */
export function ticksBetween(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
): Promise<TickRow[]> {
  return rows<TickRow>(
    client,
    `SELECT model, block_time AS time, price, cause = 1 AS is_purchase, toBool(is_purchase) AS isPurchase,
  gpu_seconds AS gpuSeconds, value, traded_price AS tradedPrice
FROM canonical_exchange_index_updated WHERE ${ofSlots} AND ${ofTimes}
ORDER BY slot, tx_index, position`,
    { fromSlot, toSlot, fromTime, toTime },
  );
}

/** Of a model in blocks up to a slot, in chain order: in one question, for ranges that are short. */
export function ticksUntil(
  client: StoreClient,
  { model, slot }: { readonly model: number; readonly slot: Slot },
  range: TimeRange,
): Promise<TickRow[]> {
  const blocksOfTimes = `FROM blocks WHERE ${ofTimes}`;
  return rows<TickRow>(
    client,
    `${countedRows([
      `SELECT slot, bank, blockhash, tx_index, toUInt32(position) AS place, block_time, price, cause, gpu_seconds, value, traded_price
  FROM exchange_index_updated FINAL
  WHERE slot >= (SELECT min(slot) ${blocksOfTimes}) AND slot <= least((SELECT max(slot) ${blocksOfTimes}), {slot:UInt64})
    AND ${ofTimes} AND model = {model:UInt8}`,
    ])}
SELECT toUInt8({model:UInt8}) AS model, block_time AS time, price, toBool(cause = 1) AS isPurchase, gpu_seconds AS gpuSeconds, value,
  traded_price AS tradedPrice
FROM counted ORDER BY slot, tx_index, place`,
    { ...range, model, slot },
  );
}

/**
 * A number that stands for the ticks of a range, equal when and only when they are (but for accidents of 64 bits), whatever
 * the order they were written in; and the same for those before `through`.
 */
export function digestOfTicks(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
  through: UnixSeconds,
): Promise<{ digest: bigint; digestThrough: bigint }> {
  return oneRow(
    client,
    `SELECT groupBitXor(tick) AS digest, groupBitXorIf(tick, block_time < {through:Int64}) AS digestThrough FROM (
  SELECT block_time, sipHash64(slot, tx_index, position, blockhash, block_time, model, price, cause, gpu_seconds, value, traded_price) AS tick
  FROM canonical_exchange_index_updated WHERE ${ofSlots} AND ${ofTimes})`,
    { fromSlot, toSlot, fromTime, toTime, through },
  );
}

/** Starts of the days in which some block of the record, counted or not, has ticks; those with candles too. */
export async function daysOfTicks(client: StoreClient, daySeconds: bigint): Promise<UnixSeconds[]> {
  const found = await rows<{ day: UnixSeconds }>(
    client,
    `SELECT DISTINCT day FROM (
  SELECT intDiv(block_time, {daySeconds:Int64}) * {daySeconds:Int64} AS day FROM exchange_index_updated WHERE block_time >= 0
  UNION ALL SELECT day FROM candle_days) ORDER BY day LIMIT 100000`,
    { daySeconds },
  );
  return found.map(({ day }) => day);
}

export function candleDay(client: StoreClient, day: UnixSeconds): Promise<CandleDayRow | null> {
  return firstRow<CandleDayRow>(
    client,
    `SELECT ${dayTable.selectList} FROM current_candle_days WHERE day = {day:Int64}`,
    { day },
  );
}

/** Up to where candles are made of the ticks of finalized blocks; 0 when there are none. */
export async function candlesThrough(client: StoreClient): Promise<UnixSeconds> {
  const found = await oneRow<{ through: UnixSeconds }>(
    client,
    'SELECT max(through) AS through FROM current_candle_days',
  );
  return found.through;
}

/** Kept candles of all models and lengths whose buckets begin in a range, by model, length and time. */
export function keptCandles(client: StoreClient, range: TimeRange, limit: number): Promise<CandleRow[]> {
  return rows<CandleRow>(
    client,
    `SELECT ${candleTable.selectList} FROM current_candles WHERE start >= {fromTime:Int64} AND start < {toTime:Int64}
ORDER BY model, interval_seconds, start LIMIT {limit:UInt32}`,
    { ...range, limit },
  );
}

/** Candles of a length whose buckets begin in a range of times. */
export interface CandlePiece extends TimeRange {
  readonly intervalSeconds: bigint;
}

/** Kept candles of a model in two pieces, by length and time; a piece that ends where it begins holds none. */
export function keptCandlesOf(
  client: StoreClient,
  model: number,
  pieces: readonly [CandlePiece, CandlePiece],
  limit: number,
): Promise<CandleRow[]> {
  const [first, second] = pieces;
  const piece = (name: string) => `(interval_seconds = {${name}Interval:UInt32}
    AND start >= {${name}From:Int64} AND start < {${name}To:Int64})`;
  return rows<CandleRow>(
    client,
    `SELECT ${candleTable.selectList} FROM current_candles
WHERE model = {model:UInt8} AND (${piece('first')} OR ${piece('second')})
ORDER BY interval_seconds, start LIMIT {limit:UInt32}`,
    {
      ...{ model, limit },
      ...{ firstInterval: first.intervalSeconds, firstFrom: first.fromTime, firstTo: first.toTime },
      ...{ secondInterval: second.intervalSeconds, secondFrom: second.fromTime, secondTo: second.toTime },
    },
  );
}

/** Close of the last kept candle of a length that begins before a time, by model. */
export function closesBefore(
  client: StoreClient,
  time: UnixSeconds,
  intervalSeconds: bigint,
): Promise<{ model: number; close: bigint }[]> {
  return rows(
    client,
    `SELECT model, argMax(close, start) AS close FROM current_candles
WHERE interval_seconds = {interval:UInt32} AND start < {time:Int64} GROUP BY model ORDER BY model`,
    { time, interval: intervalSeconds },
  );
}

/** The index of a model before a time, by the kept candles of a minute and of a day; `null` when there is none. */
export async function keptPriceBefore(
  client: StoreClient,
  model: number,
  time: UnixSeconds,
  daySeconds: bigint,
): Promise<bigint | null> {
  const found = await firstRow<{ close: bigint }>(
    client,
    `SELECT close FROM current_candles WHERE model = {model:UInt8} AND (
  (interval_seconds = {daySeconds:UInt32} AND start < {day:Int64})
  OR (interval_seconds = 60 AND start >= {day:Int64} AND start < {time:Int64}))
ORDER BY start DESC, interval_seconds LIMIT 1`,
    { model, time, day: time - (time % daySeconds), daySeconds },
  );
  return found?.close ?? null;
}

export function insertCandles(client: StoreClient, candles: readonly CandleRow[], recordedAt: bigint): Promise<void> {
  return insertRows(
    client,
    writtenCandles,
    candles.map((each) => ({ ...each, recordedAt })),
  );
}

export function insertCandleDay(client: StoreClient, day: CandleDayRow, recordedAt: bigint): Promise<void> {
  return insertRows(client, writtenDays, [{ ...day, recordedAt }]);
}
