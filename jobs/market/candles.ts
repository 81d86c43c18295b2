/**
 * Candles of the on-chain index: ticks of one model in chain order become candles of a minute, and those become longer
 * ones. Pure. Rule: docs/market.md, "Candles".
 *
 * A candle knows the price in force when its bucket began and the integral of the price up to its last tick, so that
 * candles can be joined, also over empty buckets, to what their ticks would have given together.
 * @module
 */
import type { Candle, Tick } from '../../indexer/domain/candle.ts';
import { least, most } from '../../indexer/domain/extremes.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { groupBy } from '../group-by.ts';

export const MINUTE_SECONDS = 60n;
export const HOUR_SECONDS = 3_600n;
export const DAY_SECONDS = 86_400n;
/** Lengths of the candles that are kept; each divides the next. */
export const INTERVALS_SECONDS = [MINUTE_SECONDS, 300n, HOUR_SECONDS, 14_400n, DAY_SECONDS] as const;

/** `priceBefore` is the index before the first tick, `null` when that is the first of all. */
export function minuteCandles(ticks: readonly Tick[], priceBefore: bigint | null): Candle[] {
  const candles: Candle[] = [];
  for (const tick of ticks) {
    const last = candles.at(-1);
    const start = floorTo(tick.time, MINUTE_SECONDS);
    if (last?.start === start) candles[candles.length - 1] = joined(last, candleOf(tick, start, last.close), start);
    else candles.push(candleOf(tick, start, last?.close ?? priceBefore));
  }
  return candles;
}

/** Candles of a length that the given ones' length divides, from candles of one model in the order of time. */
export function longerCandles(candles: readonly Candle[], intervalSeconds: bigint): Candle[] {
  const buckets = groupBy(candles, ({ start }) => String(floorTo(start, intervalSeconds)));
  return [...buckets.entries()].map(([text, [first, ...others]]) => {
    const start = BigInt(text);
    const widened = startingAt(first as Candle, start);
    return others.reduce((before, after) => joined(before, after, start), widened);
  });
}

export function floorTo(time: UnixSeconds, seconds: bigint): UnixSeconds {
  const rest = time % seconds;
  return time - (rest < 0n ? rest + seconds : rest);
}

/** Volume-weighted mean price of purchases and trades, down; `null` without volume. */
export function volumeWeightedPrice({ tradedSum, purchaseGpuSeconds, tradeGpuSeconds }: Candle): bigint | null {
  const gpuSeconds = purchaseGpuSeconds + tradeGpuSeconds;
  return gpuSeconds === 0n ? null : tradedSum / gpuSeconds;
}

/** Time-weighted mean of the index over the bucket up to `end`, down; from the first tick of all where that lies in it. */
export function timeWeightedPrice(candle: Candle, end: UnixSeconds): bigint {
  const { priceBefore, start, firstTime, lastTime, close, priceSeconds } = candle;
  const seconds = end - (priceBefore === null ? firstTime : start);
  return seconds <= 0n ? close : (priceSeconds + close * (end - lastTime)) / seconds;
}

export interface FilledCandle extends Candle {
  /** No tick lies in it: the close of the last one stands. */
  readonly isFilled: boolean;
}

/** Every bucket of `[from, to)` from the first price on; `before` is the price in force at `from`. */
export function filledCandles(
  candles: readonly Candle[],
  before: bigint | null,
  from: UnixSeconds,
  to: UnixSeconds,
  intervalSeconds: bigint,
): FilledCandle[] {
  const byStart = new Map(candles.map((candle) => [candle.start, candle]));
  const filled: FilledCandle[] = [];
  let price = before;
  for (let start = floorTo(from, intervalSeconds); start < to; start += intervalSeconds) {
    const candle = byStart.get(start);
    if (candle !== undefined) filled.push({ ...candle, isFilled: false });
    else if (price !== null) filled.push({ ...emptyCandle(start, price), isFilled: true });
    price = candle?.close ?? price;
  }
  return filled;
}

function emptyCandle(start: UnixSeconds, price: bigint): Candle {
  return {
    ...{ start, open: price, high: price, low: price, close: price, tickCount: 0n, purchaseCount: 0n },
    ...{ purchaseGpuSeconds: 0n, purchaseValue: 0n, tradeGpuSeconds: 0n, tradeValue: 0n, tradedSum: 0n },
    ...{ priceBefore: price, priceSeconds: 0n, firstTime: start, lastTime: start },
  };
}

function candleOf(tick: Tick, start: UnixSeconds, priceBefore: bigint | null): Candle {
  const { price, isPurchase, gpuSeconds, value, tradedPrice } = tick;
  return {
    ...{ start, open: price, high: price, low: price, close: price, tickCount: 1n },
    purchaseCount: isPurchase ? 1n : 0n,
    purchaseGpuSeconds: isPurchase ? gpuSeconds : 0n,
    purchaseValue: isPurchase ? value : 0n,
    tradeGpuSeconds: isPurchase ? 0n : gpuSeconds,
    tradeValue: isPurchase ? 0n : value,
    tradedSum: tradedPrice * gpuSeconds,
    priceBefore,
    priceSeconds: (priceBefore ?? 0n) * (tick.time - start),
    firstTime: tick.time,
    lastTime: tick.time,
  };
}

/** The candle as the first one of a bucket that began earlier. */
function startingAt(candle: Candle, start: UnixSeconds): Candle {
  return { ...candle, start, priceSeconds: candle.priceSeconds + (candle.priceBefore ?? 0n) * (candle.start - start) };
}

/** Two candles of one bucket, the later one second. Between them the first one's close stands. */
function joined(before: Candle, after: Candle, start: UnixSeconds): Candle {
  return {
    start,
    open: before.open,
    high: most(before.high, after.high),
    low: least(before.low, after.low),
    close: after.close,
    tickCount: before.tickCount + after.tickCount,
    purchaseCount: before.purchaseCount + after.purchaseCount,
    purchaseGpuSeconds: before.purchaseGpuSeconds + after.purchaseGpuSeconds,
    purchaseValue: before.purchaseValue + after.purchaseValue,
    tradeGpuSeconds: before.tradeGpuSeconds + after.tradeGpuSeconds,
    tradeValue: before.tradeValue + after.tradeValue,
    tradedSum: before.tradedSum + after.tradedSum,
    priceBefore: before.priceBefore,
    // The later one's integral begins where its bucket does, which may be before the first one's last tick.
    priceSeconds: before.priceSeconds + after.priceSeconds - before.close * (before.lastTime - after.start),
    firstTime: before.firstTime,
    lastTime: after.lastTime,
  };
}
