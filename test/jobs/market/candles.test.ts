import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle, Tick } from '../../../indexer/domain/candle.ts';
import {
  DAY_SECONDS,
  filledCandles,
  floorTo,
  INTERVALS_SECONDS,
  longerCandles,
  MINUTE_SECONDS,
  minuteCandles,
  timeWeightedPrice,
  volumeWeightedPrice,
} from '../../../jobs/market/candles.ts';

const tick = fc.record({
  isPurchase: fc.boolean(),
  price: fc.bigInt({ min: 1n, max: 10n ** 20n }),
  gpuSeconds: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  value: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  tradedPrice: fc.bigInt({ min: 1n, max: 10n ** 20n }),
});
/** Ticks in chain order over about three days, many in one minute and some in one second. */
const ticks: fc.Arbitrary<Tick[]> = fc
  .array(fc.tuple(tick, fc.oneof(fc.nat(2), fc.nat(90), fc.nat(20_000))), { minLength: 1, maxLength: 60 })
  .map((steps) => {
    let time = 1_700_000_000n;
    return steps.map(([each, step]) => {
      time += BigInt(step);
      return { ...each, time };
    });
  });
const before = fc.option(fc.bigInt({ min: 1n, max: 10n ** 20n }));

/** What the candle of a bucket is by its definition, second by second. */
function byDefinition(all: readonly Tick[], priceBefore: bigint | null, start: bigint, end: bigint) {
  const inside = all.filter(({ time }) => time >= start && time < end);
  const prices = inside.map(({ price }) => price);
  const sorted = [...prices].sort((left, right) => (left < right ? -1 : 1));
  const sum = (values: readonly bigint[]) => values.reduce((total, each) => total + each, 0n);
  const of = (isPurchase: boolean) => inside.filter((each) => each.isPurchase === isPurchase);
  const priceAt = (second: bigint) => all.findLast(({ time }) => time <= second)?.price ?? priceBefore;
  const priced: bigint[] = [];
  for (let second = start; second < end; second += 1n) {
    const price = priceAt(second);
    if (price !== null) priced.push(price);
  }
  const gpuSeconds = sum(inside.map((each) => each.gpuSeconds));
  return {
    ...{ start, open: prices[0], high: sorted.at(-1), low: sorted[0], close: prices.at(-1) },
    tickCount: BigInt(inside.length),
    purchaseCount: BigInt(of(true).length),
    purchaseGpuSeconds: sum(of(true).map((each) => each.gpuSeconds)),
    purchaseValue: sum(of(true).map(({ value }) => value)),
    tradeGpuSeconds: sum(of(false).map((each) => each.gpuSeconds)),
    tradeValue: sum(of(false).map(({ value }) => value)),
    volumeWeighted:
      gpuSeconds === 0n ? null : sum(inside.map((each) => each.tradedPrice * each.gpuSeconds)) / gpuSeconds,
    timeWeighted: sum(priced) / BigInt(priced.length),
  };
}

function shown(candle: Candle, end: bigint) {
  const { priceBefore: _, priceSeconds: __, firstTime: ___, lastTime: ____, tradedSum: _____, ...plain } = candle;
  return { ...plain, volumeWeighted: volumeWeightedPrice(candle), timeWeighted: timeWeightedPrice(candle, end) };
}

describe('candles', () => {
  it('of an hour are what its ticks make them, second by second', () => {
    fc.assert(
      fc.property(ticks, before, (all, priceBefore) => {
        const candles = longerCandles(minuteCandles(all, priceBefore), 3_600n);
        const starts = [...new Set(all.map(({ time }) => floorTo(time, 3_600n)))];
        expect(candles.map((each) => shown(each, each.start + 3_600n))).toEqual(
          starts.map((start) => byDefinition(all, priceBefore, start, start + 3_600n)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('are the same whichever lengths they are joined through', () => {
    fc.assert(
      fc.property(ticks, before, (all, priceBefore) => {
        const minutes = minuteCandles(all, priceBefore);
        for (const [index, longer] of INTERVALS_SECONDS.entries()) {
          for (const between of INTERVALS_SECONDS.slice(0, index)) {
            expect(longerCandles(longerCandles(minutes, between), longer)).toEqual(longerCandles(minutes, longer));
          }
        }
      }),
    );
  });

  it('are the same whether their ticks come at once or in pieces cut between minutes', () => {
    fc.assert(
      fc.property(ticks, before, fc.nat(), (all, priceBefore, at) => {
        const cut = floorTo(all[at % all.length]?.time ?? 0n, MINUTE_SECONDS);
        const first = minuteCandles(
          all.filter(({ time }) => time < cut),
          priceBefore,
        );
        const rest = all.filter(({ time }) => time >= cut);
        const pieces = [...first, ...minuteCandles(rest, first.at(-1)?.close ?? priceBefore)];
        expect(pieces).toEqual(minuteCandles(all, priceBefore));
      }),
    );
  });
});

it('an empty bucket is filled with the close before it, without volume', () => {
  const at = (time: bigint, price: bigint): Tick => ({
    ...{ time, price, isPurchase: true, gpuSeconds: 5n, value: 7n, tradedPrice: price },
  });
  const candles = minuteCandles([at(60n, 10n), at(250n, 30n)], null);
  const filled = filledCandles(candles, null, 0n, 360n, 60n);
  expect(filled.map(({ start, close, isFilled, tickCount }) => [start, close, isFilled, tickCount])).toEqual([
    [60n, 10n, false, 1n],
    [120n, 10n, true, 0n],
    [180n, 10n, true, 0n],
    [240n, 30n, false, 1n],
    [300n, 30n, true, 0n],
  ]);
  expect(filled.map((each) => timeWeightedPrice(each, each.start + 60n))).toEqual([10n, 10n, 10n, 26n, 30n]);
  expect(filled[1] && volumeWeightedPrice(filled[1])).toBeNull();
  expect(DAY_SECONDS % (INTERVALS_SECONDS[3] ?? 0n)).toBe(0n);
});
