/**
 * Candles as of any slot: kept ones where their bucket was over, and the ticks of the rest. What is answered is the same
 * however far the kept ones reach. Blocks that a backfill brings below them are in once their day has been made again.
 * @module
 */
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { slotsOfTimes, type TimeRange, timeAtSlot } from '../../indexer/store/queries/block-times.ts';
import { candlesThrough, keptCandles, keptPriceBefore, ticksBetween } from '../../indexer/store/queries/candles.ts';
import { candleFromRow } from './candle-row.ts';
import { type Candle, DAY_SECONDS, floorTo, longerCandles, MINUTE_SECONDS, minuteCandles } from './candles.ts';
import { least, most } from './extremes.ts';

export interface CandleRequest extends TimeRange {
  readonly model: number;
  /** One of the lengths that are kept. */
  readonly intervalSeconds: bigint;
  readonly slot: Slot;
}

export interface CandleAnswer {
  readonly candles: readonly Candle[];
  /** The index before the first bucket; `null` when there was none. */
  readonly priceBefore: bigint | null;
  /** Time of the slot asked for: a bucket that holds it is still open. */
  readonly time: UnixSeconds;
}

/** Most candles of one answer; the caller bounds the range. */
const MOST_CANDLES = 20_000;

/** Of buckets that begin in the range, by time. */
export async function readCandles(store: StoreClient, request: CandleRequest): Promise<CandleAnswer> {
  const { model, intervalSeconds, slot } = request;
  const time = (await timeAtSlot(store, slot)) ?? 0n;
  const fromTime = -floorTo(-request.fromTime, intervalSeconds);
  const range = { fromTime, toTime: floorTo(request.toTime - 1n, intervalSeconds) + intervalSeconds };
  const through = await candlesThrough(store);
  // Candles before this are made of the blocks up to the slot and of no others.
  const keptTo = least(through, floorTo(time, MINUTE_SECONDS));
  const keptWhole = floorTo(keptTo, intervalSeconds);
  const kept = (length: bigint, fromTime: UnixSeconds, toTime: UnixSeconds) =>
    keptCandles(store, { model, intervalSeconds: length, fromTime, toTime }, MOST_CANDLES);
  const whole = await kept(intervalSeconds, range.fromTime, least(range.toTime, keptWhole));
  const minutesFrom = most(range.fromTime, keptWhole);
  const minutes = (await kept(MINUTE_SECONDS, minutesFrom, least(range.toTime, keptTo))).map(candleFromRow);
  const ticksFrom = most(range.fromTime, keptTo);
  const priceBefore = await priceAt(store, request, range.fromTime, keptTo, slot);
  const carried = minutes.at(-1)?.close ?? whole.at(-1)?.close ?? priceBefore;
  const ticks = await ticksUntil(
    store,
    { model, slot },
    { fromTime: ticksFrom, toTime: least(range.toTime, time + 1n) },
  );
  const rest = longerCandles([...minutes, ...minuteCandles(ticks, carried)], intervalSeconds);
  return { candles: [...whole.map(candleFromRow), ...rest], priceBefore, time };
}

/** The index before a time, from kept candles and, beyond them, from ticks. */
async function priceAt(
  store: StoreClient,
  { model }: CandleRequest,
  time: UnixSeconds,
  keptTo: UnixSeconds,
  slot: Slot,
): Promise<bigint | null> {
  const ticks = time > keptTo ? await ticksUntil(store, { model, slot }, { fromTime: keptTo, toTime: time }) : [];
  return ticks.at(-1)?.price ?? keptPriceBefore(store, model, least(time, keptTo), DAY_SECONDS);
}

async function ticksUntil(
  store: StoreClient,
  { model, slot }: { readonly model: number; readonly slot: Slot },
  range: TimeRange,
) {
  if (range.fromTime >= range.toTime) return [];
  const slots = await slotsOfTimes(store, range);
  if (slots === null) return [];
  return ticksBetween(store, { fromSlot: slots.fromSlot, toSlot: least(slots.toSlot, slot) }, range, model);
}
