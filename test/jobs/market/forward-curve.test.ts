import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceAtSkew, seriesReference } from '../../../jobs/market/exchange-prices.ts';
import { forwardCurve, type SeriesQuote, type Spot, TENORS_DAYS } from '../../../jobs/market/forward-curve.ts';
import { priceAt } from '../../programs/exchange/model-prices.ts';

const NOW = 1_700_000_000n;
const DAY = 86_400n;
const spot: Spot = { price: 1_000n, source: 'ON_CHAIN_INDEX' };

function series(fromDays: number, toDays: number, quote: number, change: Partial<SeriesQuote> = {}): SeriesQuote {
  return {
    series: Uint8Array.of(fromDays, toDays % 256),
    deliveryStart: NOW + BigInt(fromDays) * DAY,
    expiry: NOW + BigInt(toDays) * DAY,
    ...{ mark: BigInt(Math.round(quote)), quote, lastPrice: null, tradedAt: null, longSize: 1n, shortSize: 1n },
    ...change,
  };
}
const point = (days: number, quote: number, change: Partial<SeriesQuote> = {}) => series(days, days, quote, change);

describe('a curve of points', () => {
  it('is quoted on a series, interpolated between, and absent beyond the last', () => {
    const { tenors } = forwardCurve('POINT', [point(90, 1_440), point(30, 1_100)], spot, NOW);
    expect(tenors.map(({ days, kind, absence }) => [days, kind, absence])).toEqual([
      [7, 'INTERPOLATED', null],
      [30, 'QUOTED', null],
      [60, 'INTERPOLATED', null],
      [90, 'QUOTED', null],
      [180, 'ABSENT', 'BEYOND_LAST_NODE'],
      [365, 'ABSENT', 'BEYOND_LAST_NODE'],
    ]);
    const [week, month, two] = tenors;
    expect(week?.forward).toBeCloseTo(1_000 * 1.1 ** (7 / 30), 9);
    expect(month).toMatchObject({ forward: 1_100 });
    expect(month?.annualisedBasis).toBeCloseTo((0.1 * 365) / 30, 12);
    expect(two?.forward).toBeCloseTo(Math.sqrt(1_100 * 1_440), 9);
  });

  it('tells contango from backwardation, with slope and roll yield', () => {
    const rising = forwardCurve('POINT', [point(30, 1_100), point(60, 1_200)], spot, NOW);
    expect(rising.shape).toBe('CONTANGO');
    expect(rising.rollYield).toBeCloseTo(((1_000 / 1_100 - 1) * 365) / 30, 12);
    expect(rising.slopePerYear).toBeCloseTo((((1_200 - 1_000 * 1.1 ** (7 / 30)) / 1_000) * 365) / 53, 9);
    expect(forwardCurve('POINT', [point(30, 900)], spot, NOW).shape).toBe('BACKWARDATION');
    expect(forwardCurve('POINT', [point(30, 1_000)], spot, NOW).shape).toBe('FLAT');
  });

  it('without spot begins at its first series, and without series has nothing', () => {
    const { tenors, shape } = forwardCurve('POINT', [point(30, 1_100)], null, NOW);
    expect(tenors[0]).toMatchObject({ kind: 'ABSENT', absence: 'BEFORE_FIRST_NODE', annualisedBasis: null });
    expect(tenors[1]).toMatchObject({ kind: 'QUOTED', annualisedBasis: null });
    expect(shape).toBeNull();
    const empty = forwardCurve('POINT', [], spot, NOW);
    expect(new Set(empty.tenors.map(({ absence }) => absence))).toEqual(new Set(['NO_NODES']));
    expect(empty).toMatchObject({ nodes: [], slopePerYear: null, rollYield: null });
  });

  it('goes through the deeper of two series that settle together, and says so', () => {
    const { nodes, tenors } = forwardCurve('POINT', [point(30, 5), point(30, 6, { longSize: 9n })], spot, NOW);
    expect(nodes.map(({ isUsed }) => isUsed)).toEqual([false, true]);
    expect(tenors[1]?.forward).toBe(6);
  });
});

describe('a curve of averages', () => {
  it('follows consecutive periods from the earliest on, and says which it left out', () => {
    const found = forwardCurve(
      'AVERAGE',
      [series(10, 40, 1_000), series(10, 100, 1_300), series(40, 100, 1_200), series(80, 120, 9), series(130, 160, 9)],
      spot,
      NOW,
    );
    expect(found.nodes.map(({ isUsed }) => isUsed)).toEqual([true, false, true, false, false]);
    expect(found.tenors.map(({ kind, absence }) => absence ?? kind)).toEqual([
      'BEFORE_FIRST_NODE',
      ...['INTERPOLATED', 'INTERPOLATED', 'INTERPOLATED'],
      ...['BEYOND_LAST_NODE', 'BEYOND_LAST_NODE'],
    ]);
  });

  it('begins now where delivery has begun', () => {
    const begun = { ...series(0, 30, 700), deliveryStart: NOW - 9n * DAY };
    const { tenors, nodes } = forwardCurve('AVERAGE', [series(30, 60, 900), begun], spot, NOW);
    expect(nodes.every(({ isUsed }) => isUsed)).toBe(true);
    expect(tenors[0]?.kind).toBe('INTERPOLATED');
  });

  it('never falls below zero and never throws, whatever is listed', () => {
    const listed = fc.array(
      fc
        .tuple(fc.nat(200), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 100_000 }))
        .map(([from, length, quote]) => series(from, from + length, quote)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(listed, fc.option(fc.bigInt({ min: 1n, max: 10n ** 20n })), (quotes, price) => {
        const given: Spot | null = price === null ? null : { price, source: 'REFERENCE_RATE' };
        const { tenors } = forwardCurve('AVERAGE', quotes, given, NOW);
        expect(tenors).toHaveLength(TENORS_DAYS.length);
        for (const { forward, kind } of tenors) {
          expect(kind === 'ABSENT' ? forward === null : (forward ?? -1) >= 0).toBe(true);
        }
      }),
    );
  });
});

describe('prices of the exchange', () => {
  it('at a skew are those of the rule as it was written a second time', () => {
    const price = fc.bigInt({ min: 10n ** 9n, max: 10n ** 20n });
    const skew = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
    const bound = fc.bigInt({ min: 0n, max: 500_000n });
    fc.assert(
      fc.property(price, skew, bound, fc.bigInt({ min: 1n, max: 10n ** 15n }), (reference, size, boundPpm, depth) => {
        const curve = { boundPpm, depthGpuSeconds: depth };
        expect(priceAtSkew(reference, size, curve)).toBe(priceAt(reference, size, boundPpm, depth));
      }),
    );
  });

  it('within a delivery period weigh what is delivered against the anchor for the rest', () => {
    const delivery = { deliveryStart: 100n, expiry: 200n };
    const state = { anchor: 30n, anchorIntegral: 1_000n, advancedAt: 100n };
    expect(seriesReference(delivery, { ...state, anchorIntegral: 0n }, 0n, 100n)).toBe(30n);
    // Forty seconds at 10 are delivered, sixty are to come at 30.
    const moved = { anchor: 30n, anchorIntegral: 1_400n, advancedAt: 140n };
    expect(seriesReference(delivery, moved, 1_000n, 140n)).toBe((40n * 10n + 60n * 30n) / 100n);
  });
});
