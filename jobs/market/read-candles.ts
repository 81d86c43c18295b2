/**
 * Candles as of any slot: kept ones where their bucket was over, and the ticks of the rest. What is answered is the same
 * however far the kept ones reach. Blocks that a backfill brings below them are in once their day has been made again.
 * @module
 */
import type { Candle } from '../../indexer/domain/candle.ts';
import { least, most } from '../../indexer/domain/extremes.ts';
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { slotsOfTimes, type TimeRange } from '../../indexer/store/queries/chain/block-times.ts';
import {
  type CandleHorizon,
  type CandlePiece,
  candleHorizon,
  keptCandlesOf,
  keptPriceBefore,
  ticksOf,
  ticksOfBlocks,
} from '../../indexer/store/queries/market/candles.ts';
import { candleFromRow } from './candle-row.ts';
import { DAY_SECONDS, floorTo, INTERVALS_SECONDS, longerCandles, minuteCandles } from './candles.ts';

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

/** Of buckets that begin in the range, by time; the caller bounds it. */
export async function readCandles(store: StoreClient, request: CandleRequest): Promise<CandleAnswer> {
  const { model, intervalSeconds, slot } = request;
  const fromTime = -floorTo(-request.fromTime, intervalSeconds);
  const range = { fromTime, toTime: floorTo(request.toTime - 1n, intervalSeconds) + intervalSeconds };
  const horizon = await candleHorizon(store, slot, fromTime);
  if (horizon === null) return { candles: [], priceBefore: null, time: 0n };
  const { time, keptTo } = horizon;
  const tail = { fromTime: most(range.fromTime, keptTo), toTime: least(range.toTime, time + 1n) };
  const [kept, ticks] = await Promise.all([
    keptCandlesOf(store, model, keptPieces(range, intervalSeconds, keptTo)),
    tail.fromTime >= tail.toTime ? [] : openTicks(store, model, horizon, tail),
  ]);
  const [first] = kept;
  const priceBefore =
    first === undefined ? await priceAt(store, request, range.fromTime, horizon) : candleFromRow(first).priceBefore;
  const standing = kept.map(candleFromRow);
  const minutes = minuteCandles(ticks, standing.at(-1)?.close ?? priceBefore);
  const wholeCount = kept.filter((row) => BigInt(row.intervalSeconds) === intervalSeconds).length;
  const rest = longerCandles([...standing.slice(wholeCount), ...minutes], intervalSeconds);
  return { candles: [...standing.slice(0, wholeCount), ...rest], priceBefore, time };
}

/** Those that no kept candle tells of. */
function openTicks(store: StoreClient, model: number, { slots, openBlocks }: CandleHorizon, range: TimeRange) {
  return openBlocks === null
    ? ticksOf(store, model, slots, range)
    : ticksOfBlocks(store, model, slots, range, openBlocks);
}

/** Whole buckets, and the one that was open at `keptTo` by the longest candles within it. */
function keptPieces({ fromTime, toTime }: TimeRange, intervalSeconds: bigint, keptTo: UnixSeconds): CandlePiece[] {
  const lengths = INTERVALS_SECONDS.filter((length) => length <= intervalSeconds).toReversed();
  let from = fromTime;
  return lengths.map((length) => {
    const piece = { intervalSeconds: length, fromTime: from, toTime: least(toTime, floorTo(keptTo, length)) };
    from = most(from, piece.toTime);
    return piece;
  });
}

/** The index before a time, from kept candles and, beyond them, from ticks. */
async function priceAt(
  store: StoreClient,
  { model, slot }: CandleRequest,
  time: UnixSeconds,
  horizon: CandleHorizon,
): Promise<bigint | null> {
  const { keptTo } = horizon;
  const range = { fromTime: keptTo, toTime: least(time, horizon.time + 1n) };
  const ticks = range.fromTime < range.toTime ? await ticksBetween(store, model, slot, horizon, range) : [];
  return ticks.at(-1)?.price ?? keptPriceBefore(store, model, least(time, keptTo), DAY_SECONDS);
}

/** Of a range that begins where kept candles end. */
async function ticksBetween(store: StoreClient, model: number, slot: Slot, horizon: CandleHorizon, range: TimeRange) {
  if (horizon.isFromKept) return openTicks(store, model, horizon, range);
  const slots = await slotsOfTimes(store, range);
  return slots === null ? [] : ticksOf(store, model, { ...slots, toSlot: least(slots.toSlot, slot) }, range);
}
