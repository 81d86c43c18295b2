/**
 * Candles as of any slot: kept ones where their bucket was over, and the ticks of the rest. What is answered is the same
 * however far the kept ones reach. Blocks that a backfill brings below them are in once their day has been made again.
 * @module
 */
import type { Slot, UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { type TimeRange, timeAtSlot } from '../../indexer/store/queries/block-times.ts';
import {
  type CandleRow,
  candlesThrough,
  keptCandlesOf,
  keptPriceBefore,
  type TickRow,
  ticksUntil,
} from '../../indexer/store/queries/candles.ts';
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
  const [timeAt, through] = await Promise.all([timeAtSlot(store, slot), candlesThrough(store)]);
  const time = timeAt ?? 0n;
  const fromTime = -floorTo(-request.fromTime, intervalSeconds);
  const range = { fromTime, toTime: floorTo(request.toTime - 1n, intervalSeconds) + intervalSeconds };
  // Candles before this are made of the blocks up to the slot and of no others.
  const keptTo = least(through, floorTo(time, MINUTE_SECONDS));
  const keptWhole = floorTo(keptTo, intervalSeconds);
  const wholeTo = least(range.toTime, keptWhole);
  const minutesFrom = most(range.fromTime, keptWhole);
  const ticksFrom = most(range.fromTime, keptTo);
  const [kept, ticks] = await Promise.all([
    keptCandlesOf(
      store,
      model,
      [
        { intervalSeconds, fromTime: range.fromTime, toTime: wholeTo },
        { intervalSeconds: MINUTE_SECONDS, fromTime: minutesFrom, toTime: least(range.toTime, keptTo) },
      ],
      MOST_CANDLES,
    ),
    ticksOf(store, request, { fromTime: ticksFrom, toTime: least(range.toTime, time + 1n) }),
  ]);
  const isWhole = ({ start, intervalSeconds: length }: CandleRow) =>
    BigInt(length) === intervalSeconds && start < keptWhole;
  const whole = kept.filter(isWhole).map(candleFromRow);
  const minutes = kept.filter((row) => !isWhole(row)).map(candleFromRow);
  const first = whole[0] ?? minutes[0];
  const priceBefore = first === undefined ? await priceAt(store, request, range.fromTime, keptTo) : first.priceBefore;
  const carried = minutes.at(-1)?.close ?? whole.at(-1)?.close ?? priceBefore;
  const rest = longerCandles([...minutes, ...minuteCandles(ticks, carried)], intervalSeconds);
  return { candles: [...whole, ...rest], priceBefore, time };
}

/** The index before a time, from kept candles and, beyond them, from ticks. */
async function priceAt(
  store: StoreClient,
  request: CandleRequest,
  time: UnixSeconds,
  keptTo: UnixSeconds,
): Promise<bigint | null> {
  const ticks = await ticksOf(store, request, { fromTime: keptTo, toTime: time });
  return ticks.at(-1)?.price ?? keptPriceBefore(store, request.model, least(time, keptTo), DAY_SECONDS);
}

function ticksOf(store: StoreClient, { model, slot }: CandleRequest, range: TimeRange): Promise<TickRow[]> {
  return range.fromTime >= range.toTime ? Promise.resolve([]) : ticksUntil(store, { model, slot }, range);
}
