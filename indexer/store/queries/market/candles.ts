/**
 * Ticks of the on-chain index, and the candles that were made of them.
 * @module
 */
import type { Candle, Tick } from '../../../domain/candle.ts';
import { least, most } from '../../../domain/extremes.ts';
import { hexOf } from '../../../domain/hex.ts';
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import type { TimeRange } from '../chain/block-times.ts';
import { lastInWindows, type SlotBounds } from '../chain/slot-windows.ts';
import { candlesOfMinutes, minutesOfKept, minutesOfTicks } from './candle-folds.ts';

export interface TickRow extends Tick {
  readonly model: number;
}

/** A candle as it is kept. */
export interface CandleRow extends Omit<Candle, 'priceBefore'> {
  readonly model: number;
  readonly intervalSeconds: number;
  /** 0 for none. */
  readonly priceBefore: bigint;
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
const candleTable = rowTable('candles', candleColumns);
const CANDLE_KEY = ['model', 'interval_seconds', 'start'];
const dayColumns = { day: 'Int64', through: 'Int64', digest: 'UInt64' };
const dayTable = rowTable('candle_days', dayColumns);
const writtenDays = rowTable('candle_days', { ...dayColumns, recorded_at: 'DateTime64(6)' });

const ofTimes = 'block_time >= {fromTime:Int64} AND block_time < {toTime:Int64}';
const ofSlots = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

const tickColumns = `model, block_time AS time, price, toBool(cause = 1) AS isPurchase, gpu_seconds AS gpuSeconds, value,
  traded_price AS tradedPrice`;

/** What tells a block from any other. */
interface BlockColumns {
  readonly slot: Slot;
  readonly bank: bigint;
  readonly blockhash: Uint8Array;
}
const nameOf = ({ slot, bank, blockhash }: BlockColumns): string => `${slot} ${bank} ${hexOf(blockhash)}`;

/** Of a model, in chain order. */
export function ticksOf(
  client: StoreClient,
  model: number,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
): Promise<TickRow[]> {
  return rows<TickRow>(
    client,
    `SELECT ${tickColumns}
FROM canonical_exchange_index_updated WHERE ${ofSlots} AND ${ofTimes} AND model = {model:UInt8}
ORDER BY slot, tx_index, position`,
    { model, fromSlot, toSlot, fromTime, toTime },
  );
}

/** A tick of a block that may have been cancelled. */
export type WrittenTick = TickRow & BlockColumns;

/** Likewise of all blocks, counted or not: without the join that tells them apart. */
export function writtenTicksOf(
  client: StoreClient,
  model: number,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
): Promise<WrittenTick[]> {
  return rows<WrittenTick>(
    client,
    `SELECT ${tickColumns}, slot, bank, blockhash
FROM exchange_index_updated FINAL WHERE ${ofSlots} AND ${ofTimes} AND model = {model:UInt8}
ORDER BY slot, tx_index, position`,
    { model, fromSlot, toSlot, fromTime, toTime },
  );
}

/** Those of blocks that count. */
export function ticksOfBlocks(ticks: readonly WrittenTick[], blocks: ReadonlySet<string>): TickRow[] {
  return ticks.filter((tick) => blocks.has(nameOf(tick))).map(({ slot: _, bank: _b, blockhash: _h, ...tick }) => tick);
}

/** How far candles are told of by kept ones, and where the ticks of the rest are. */
export interface CandleHorizon {
  /** Of the last block up to the slot asked for. */
  readonly time: UnixSeconds;
  /** Kept candles that begin before this are made of blocks up to the slot and of no others. */
  readonly keptTo: UnixSeconds;
  /** They hold all blocks up to the slot from `keptTo` on, or from the time asked for where that is later. */
  readonly slots: SlotBounds;
  /** They begin no later than `keptTo`, whatever time was asked for. */
  readonly isFromKept: boolean;
  /** Those that count among them, from `keptTo` on, as `ticksOfBlocks` takes them; `null` where they are too many to be listed. */
  readonly openBlocks: ReadonlySet<string> | null;
}

/** Seven minutes of a busy chain: candles are made each minute, so what no kept one tells of is nearly always in them. */
const OPEN_SLOTS = 1_024n;

/** Where ticks that no kept candle tells of are looked for first. */
export const openSlots = (slot: Slot): SlotBounds => ({
  fromSlot: slot > OPEN_SLOTS ? slot - OPEN_SLOTS : 0n,
  toSlot: slot,
});

/** How far the record and its kept candles reach. */
export interface CandleReach {
  /** Candles were made from all finalized blocks before this time. */
  readonly through: UnixSeconds;
  readonly newestSlot: Slot;
}

/** Candles are made on from there each minute: one of some seconds ago is as right, and leaves more ticks to be read. */
const REACH_STANDS_MS = 5_000;
const reaches = new WeakMap<
  StoreClient['clickhouse'],
  { readonly until: number; readonly reach: Promise<CandleReach> }
>();

/** As it is, or was some seconds ago: it never falls. */
export function candleReach(client: StoreClient): Promise<CandleReach> {
  // Each request has a client of its own, over one connection.
  const connection = client.clickhouse;
  const known = reaches.get(connection);
  if (known !== undefined && performance.now() < known.until) return known.reach;
  const reach = oneRow<CandleReach>(
    client,
    'SELECT max(through) AS through, (SELECT max(slot) FROM blocks) AS newestSlot FROM candle_days',
  );
  reaches.set(connection, { until: performance.now() + REACH_STANDS_MS, reach });
  reach.catch(() => reaches.delete(connection));
  return reach;
}

/**
 * `null` where no block up to a slot has a time.
 * @param through of `candleReach`
 */
export function candleHorizon(
  client: StoreClient,
  slot: Slot,
  fromTime: UnixSeconds,
  through: UnixSeconds,
): Promise<CandleHorizon | null> {
  const read = async (slots: SlotBounds): Promise<CandleHorizon | null> => {
    const isListed = slots.toSlot - slots.fromSlot <= OPEN_SLOTS;
    const blocks = await (isListed ? listedBlocks(client, slots) : timesOfBlocks(client, slots));
    if (blocks === null) return null;
    const { first, time, names } = blocks;
    const keptTo = least(through, time - (time % 60n));
    const isFromKept = first < keptTo || slots.fromSlot === 0n;
    if (!isFromKept && first >= fromTime) return null;
    return { time, keptTo, slots, isFromKept, openBlocks: names === null ? null : names(keptTo) };
  };
  return lastInWindows(slot, read, OPEN_SLOTS);
}

/** The blocks of a range of slots that count and have a time. */
interface HorizonBlocks {
  readonly first: UnixSeconds;
  readonly time: UnixSeconds;
  /** Those from a time on, where they are listed. */
  readonly names: ((fromTime: UnixSeconds) => ReadonlySet<string>) | null;
}

const blocksWithTime = `FROM blocks FINAL WHERE sign = 1 AND ${ofSlots} AND block_time >= 0`;

/** Quicker than the engine counts them, since they are few. */
async function listedBlocks(client: StoreClient, slots: SlotBounds): Promise<HorizonBlocks | null> {
  const found = await rows<BlockColumns & { time: UnixSeconds }>(
    client,
    `SELECT slot, bank, blockhash, block_time AS time ${blocksWithTime}`,
    { ...slots },
  );
  if (found.length === 0) return null;
  const times = found.map(({ time }) => time);
  const names = (fromTime: UnixSeconds) => new Set(found.filter(({ time }) => time >= fromTime).map(nameOf));
  return { first: times.reduce(least), time: times.reduce(most), names };
}

async function timesOfBlocks(client: StoreClient, slots: SlotBounds): Promise<HorizonBlocks | null> {
  const { blockCount, ...times } = await oneRow<{ blockCount: bigint; first: UnixSeconds; time: UnixSeconds }>(
    client,
    `SELECT count() AS blockCount, min(block_time) AS first, max(block_time) AS time ${blocksWithTime}`,
    { ...slots },
  );
  return blockCount === 0n ? null : { ...times, names: null };
}

/** What a day's candles are made from, of one model. */
export interface TickDigestRow {
  readonly day: UnixSeconds;
  readonly model: number;
  /** Equal when and only when the ticks are (but for accidents of 64 bits), whatever the order they were written in. */
  readonly digest: bigint;
  /** Likewise of the ticks before `standing`. */
  readonly digestStanding: bigint;
  /** The index after the last of them. */
  readonly close: bigint;
}

/** By day and model, of days that have ticks. */
export function digestsOfTicks(
  client: StoreClient,
  { fromSlot, toSlot }: SlotBounds,
  { fromTime, toTime }: TimeRange,
  standing: UnixSeconds,
): Promise<TickDigestRow[]> {
  return rows<TickDigestRow>(
    client,
    `SELECT day, model, groupBitXor(tick) AS digest, groupBitXorIf(tick, block_time < {standing:Int64}) AS digestStanding,
  argMax(price, place) AS close
FROM (
  SELECT block_time, intDiv(block_time, 86400) * 86400 AS day, model, price, (slot, tx_index, toUInt32(position)) AS place,
    cityHash64(slot, tx_index, position, blockhash, block_time, model, price, cause, gpu_seconds, value, traded_price) AS tick
  FROM canonical_exchange_index_updated WHERE ${ofSlots} AND ${ofTimes})
GROUP BY day, model ORDER BY day, model`,
    { fromSlot, toSlot, fromTime, toTime, standing },
  );
}

export interface TickDayRow {
  readonly day: UnixSeconds;
  /** Rows of ticks of all blocks of the record; 0 where only candles are left. */
  readonly tickCount: bigint;
}

/** Days in which some block of the record, counted or not, has ticks, and those with candles; by time. */
export function daysOfTicks(client: StoreClient): Promise<TickDayRow[]> {
  return rows<TickDayRow>(
    client,
    `SELECT day, sum(ticks) AS tickCount FROM (
  SELECT intDiv(block_time, 86400) * 86400 AS day, count() AS ticks FROM exchange_index_updated WHERE block_time >= 0 GROUP BY day
  UNION ALL SELECT day, 0 FROM candle_days) GROUP BY day ORDER BY day LIMIT 100000`,
  );
}

/** What candles were made from, by day. */
export function candleDays(client: StoreClient): Promise<CandleDayRow[]> {
  return rows<CandleDayRow>(client, `SELECT ${dayTable.selectList} FROM current_candle_days ORDER BY day LIMIT 100000`);
}

/** Candles of a length whose buckets begin in a range of times. */
export interface CandlePiece extends TimeRange {
  readonly intervalSeconds: bigint;
}

/** Kept candles of a model as they were written, some twice. Those of `keptIn` any pieces within these are among them. */
export async function writtenCandlesOf(
  client: StoreClient,
  model: number,
  pieces: readonly CandlePiece[],
): Promise<CandleRow[]> {
  const wanted = pieces.filter(({ fromTime, toTime }) => fromTime < toTime);
  if (wanted.length === 0) return [];
  const conditions = wanted.map(
    (_, index) =>
      `(interval_seconds = {interval${index}:UInt32} AND start >= {from${index}:Int64} AND start < {to${index}:Int64})`,
  );
  const params = wanted.flatMap(({ intervalSeconds, fromTime, toTime }, index) => [
    [`interval${index}`, intervalSeconds],
    [`from${index}`, fromTime],
    [`to${index}`, toTime],
  ]);
  return rows<CandleRow>(
    client,
    // FINAL would take as long again as reading the rows does, and few are written twice.
    `SELECT ${candleTable.selectList} FROM candles WHERE model = {model:UInt8} AND (${conditions.join(' OR ')})
ORDER BY start, interval_seconds, recorded_at`,
    { model, ...Object.fromEntries(params) },
  );
}

/**
 * Of candles as written, those that stand and begin in one of `pieces`, by time.
 * @param pieces that do not overlap in time; one that ends where it begins holds none
 */
export function keptIn(written: readonly CandleRow[], pieces: readonly CandlePiece[]): CandleRow[] {
  const toldOf = written.filter((row) =>
    pieces.some(
      ({ intervalSeconds, fromTime, toTime }) =>
        BigInt(row.intervalSeconds) === intervalSeconds && row.start >= fromTime && row.start < toTime,
    ),
  );
  return toldOf.filter((row, index) => row.start !== toldOf[index + 1]?.start && row.tickCount > 0n);
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

export interface CandleRange {
  readonly slots: SlotBounds;
  /** Days whose candles are to be as the ticks make them. */
  readonly days: TimeRange;
  /** Ticks from here on; the kept minutes of the days before it stand. */
  readonly ticks: TimeRange;
  /** Prices before the first day. */
  readonly closes: ReadonlyMap<number, bigint>;
}

/** Makes the candles of days from their ticks, and writes those that differ from the kept ones; what has gone is said to have no ticks. */
export function remakeCandles(
  client: StoreClient,
  { slots, days, ticks, closes }: CandleRange,
  intervalsSeconds: readonly bigint[],
  recordedAt: bigint,
): Promise<void> {
  const minutes = [
    minutesOfTicks(`SELECT * FROM canonical_exchange_index_updated WHERE ${ofSlots} AND ${ofTimes}`),
    minutesOfKept('start >= {fromDay:Int64} AND start < {fromTime:Int64}'),
  ];
  const wanted = candlesOfMinutes(
    minutes,
    '{closes:Array(UInt128)}[indexOf({models:Array(UInt8)}, model)]',
    '{intervals:Array(UInt32)}',
  );
  const values = Object.entries(candleColumns).filter(([name]) => !CANDLE_KEY.includes(name));
  const row = `CAST(tuple(${values.map(([name]) => name).join(', ')}), 'Tuple(${values.map((each) => each.join(' ')).join(', ')})') AS row`;
  const key = CANDLE_KEY.join(', ');
  return client.command(
    `INSERT INTO candles (${key}, ${values.map(([name]) => name).join(', ')}, recorded_at)
SELECT ${key}, ${values.map(([name]) => (name === 'tick_count' ? 'if(is_wanted, last.tick_count, 0)' : `last.${name}`)).join(', ')},
  fromUnixTimestamp64Micro({recordedAt:Int64})
FROM (
  SELECT ${key}, argMax(row, wanted) AS last, max(wanted) AS is_wanted, count() AS seen, uniqExact(row) AS versions
  FROM (
    SELECT ${key}, 1 AS wanted, ${row} FROM (${wanted})
    UNION ALL SELECT ${key}, 0 AS wanted, ${row} FROM current_candles WHERE start >= {fromDay:Int64} AND start < {toDay:Int64}
  ) GROUP BY ${key}
) WHERE NOT (is_wanted AND seen = 2 AND versions = 1)`,
    {
      ...{ ...slots, ...ticks, fromDay: days.fromTime, toDay: days.toTime, recordedAt },
      ...{ models: [...closes.keys()], closes: [...closes.values()], intervals: intervalsSeconds },
    },
  );
}

export function insertCandleDays(
  client: StoreClient,
  days: readonly CandleDayRow[],
  recordedAt: bigint,
): Promise<void> {
  return insertRows(
    client,
    writtenDays,
    days.map((each) => ({ ...each, recordedAt })),
  );
}
