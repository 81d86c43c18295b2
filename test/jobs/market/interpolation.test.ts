import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLinear } from '../../../jobs/market/log-linear.ts';
import { monotoneConvex } from '../../../jobs/market/monotone-convex.ts';
import { describeShared, readShared } from '../../conformance/shared-data.ts';
import { Exact, paperDeviation, paperKnots } from './paper-forwards.ts';

type Query = { readonly t: number; readonly forward: number };
type Vector =
  | {
      readonly kind: 'average';
      readonly periodEndsYears: readonly number[];
      readonly averages: readonly number[];
      readonly knots: readonly number[];
      readonly queries: readonly Query[];
    }
  | {
      readonly kind: 'point';
      readonly timesYears: readonly number[];
      readonly quotes: readonly number[];
      readonly queries: readonly Query[];
    };

const TOLERANCE = 1e-9;

function expectNear(found: number | null, expected: number): void {
  expect(found).not.toBeNull();
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(TOLERANCE * Math.abs(expected));
}

describeShared('expected forwards', () => {
  const vectors = readShared<Vector[]>('vectors/forward_curve.json');

  it('of quoted averages are met, knots and points between them', () => {
    const averages = vectors.filter((each) => each.kind === 'average');
    expect(averages.length).toBeGreaterThan(5);
    for (const { knots, queries, periodEndsYears, averages: quoted } of averages) {
      const curve = monotoneConvex({ start: 0, periodEnds: periodEndsYears, averages: quoted });
      for (const [index, knot] of knots.entries()) expectNear(curve.knots[index] ?? null, knot);
      for (const { t, forward } of queries) expectNear(curve.forwardAt(t), forward);
    }
  });

  it('of quoted points are met', () => {
    const points = vectors.filter((each) => each.kind === 'point');
    expect(points.length).toBeGreaterThan(3);
    for (const { queries, timesYears, quotes } of points) {
      const priceAt = logLinear({ times: timesYears, quotes });
      for (const { t, forward } of queries) expectNear(priceAt(t), forward);
    }
  });
});

it('the forwards published with tf-quant-finance are met', () => {
  const curve = monotoneConvex({
    start: 0,
    periodEnds: [0.25, 0.5, 1, 2, 3],
    averages: [0.05, 0.051, 0.052, 0.053, 0.055],
  });
  const published: [number, number][] = [
    [0.25, 0.0505],
    [0.5, 0.05133333],
    [1, 0.05233333],
    [2, 0.054],
    [3, 0.0555],
    [1.1, 0.05241],
  ];
  for (const [years, forward] of published) expect(curve.forwardAt(years)).toBeCloseTo(forward, 8);
});

/** Periods one after the other with averages over six decades, flat and empty ones among them. */
const quotes = fc
  .array(
    fc.record({
      lengthDays: fc.integer({ min: 1, max: 400 }),
      average: fc.oneof(
        fc.constantFrom(0, 1, 2.5),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true, noDefaultInfinity: true }),
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .chain((periods) =>
    fc.integer({ min: 0, max: 90 }).map((startDays) => {
      let days = startDays;
      const periodEnds = periods.map(({ lengthDays }) => {
        days += lengthDays;
        return days / 365;
      });
      return { start: startDays / 365, periodEnds, averages: periods.map(({ average }) => average) };
    }),
  );

/** The place at the part `x` of all periods. The sum of start and length can lie a last digit beyond the end. */
function placeIn({ start, periodEnds }: { start: number; periodEnds: readonly number[] }, x: number) {
  const end = periodEnds.at(-1) ?? Number.NaN;
  return Math.min(start + (end - start) * x, end);
}

/** Adaptive Simpson quadrature: knows nothing of how the curve is made. */
function integral(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  const simpson = (a: number, b: number, [fa, fm, fb]: readonly [number, number, number]) =>
    ((b - a) / 6) * (fa + 4 * fm + fb);
  const refine = (
    a: number,
    b: number,
    values: readonly [number, number, number],
    allowed: number,
    depth: number,
  ): number => {
    const middle = (a + b) / 2;
    const left = [values[0], f((a + middle) / 2), values[1]] as const;
    const right = [values[1], f((middle + b) / 2), values[2]] as const;
    const whole = simpson(a, b, values);
    const halves = simpson(a, middle, left) + simpson(middle, b, right);
    if (depth === 0 || Math.abs(halves - whole) <= 15 * allowed) return halves;
    return refine(a, middle, left, allowed / 2, depth - 1) + refine(middle, b, right, allowed / 2, depth - 1);
  };
  return refine(from, to, [f(from), f((from + to) / 2), f(to)], tolerance, 40);
}

/** Periods of whole seconds, dear ones beside those that cost nothing, as marks of series are. */
const seconds = fc
  .array(
    fc.record({
      length: fc.integer({ min: 10, max: 40_000_000 }),
      average: fc.oneof(fc.constantFrom(0, 1e15, 2e15), fc.integer({ min: 1, max: 10 ** 15 })),
    }),
    { minLength: 2, maxLength: 8 },
  )
  .map((periods) => {
    let end = 0;
    const periodEnds = periods.map(({ length }) => (end += length));
    return { start: 0, periodEnds, averages: periods.map(({ average }) => average) };
  });

/** Seconds inside a period at which its curve turns or ends, and those beside them. */
function telling(from: number, to: number, g0: Exact, g1: Exact): number[] {
  const [start, end] = [g0, g1].map(({ over, under }) => Number((over * 10n ** 9n) / under) / 1e9) as [number, number];
  const bends = [(end + 2 * start) / (end - start), (3 * end) / (end - start), end / (start + end), 0, 0.3, 1];
  const places = bends.filter((x) => x >= 0 && x <= 1).map((x) => Math.round(from + (to - from) * x));
  return places
    .flatMap((place) => [-9, -2, -1, 0, 1, 2, 9].map((step) => place + step))
    .filter((t) => t > from && t < to);
}

function expectDigits(found: number | null, { over, under }: Exact): void {
  const far = Exact.of(found ?? Number.NaN).minus(new Exact(over, under));
  const most = new Exact(over, under * 10n ** 15n);
  expect(most.isBelow(far) || most.isBelow(far.times(-1))).toBe(false);
}

describe('a monotone convex curve', () => {
  it('reprices every quoted average', () => {
    fc.assert(
      fc.property(quotes, (quoted) => {
        const { forwardAt } = monotoneConvex(quoted);
        for (const [index, average] of quoted.averages.entries()) {
          const from = quoted.periodEnds[index - 1] ?? quoted.start;
          const to = quoted.periodEnds[index] ?? Number.NaN;
          // Inside the period: its ends belong to both neighbours.
          const at = (x: number) =>
            forwardAt(from + (to - from) * Math.min(Math.max(x, 1e-13), 1 - 1e-13)) ?? Number.NaN;
          // Thirds keep Simpson's nodes off points at which two regions happen to agree.
          const mean = [0, 1, 2].reduce(
            (sum, third) => sum + integral(at, third / 3, (third + 1) / 3, average * 1e-11),
            0,
          );
          expect(Math.abs(mean - average)).toBeLessThanOrEqual(1e-9 * average + 1e-300);
        }
      }),
    );
  });

  it('has no forward below zero and none outside its periods', () => {
    fc.assert(
      fc.property(quotes, fc.double({ min: 0, max: 1, noNaN: true }), (quoted, x) => {
        const { forwardAt } = monotoneConvex(quoted);
        const [start, end] = [quoted.start, quoted.periodEnds.at(-1) ?? Number.NaN];
        expect(forwardAt(placeIn(quoted, x))).toBeGreaterThanOrEqual(0);
        expect([forwardAt(start - 1e-6), forwardAt(end + 1e-6)]).toEqual([null, null]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is that of the paper to the last digits, also where it goes down to zero', () => {
    let nearZero = 0;
    fc.assert(
      fc.property(seconds, (quoted) => {
        const { knots, forwardAt } = monotoneConvex(quoted);
        const exact = paperKnots(quoted);
        for (const [index, knot] of exact.entries()) expectDigits(knots[index] ?? null, knot);
        for (const [index, mean] of quoted.averages.entries()) {
          const [from, to] = [quoted.periodEnds[index - 1] ?? quoted.start, quoted.periodEnds[index] ?? Number.NaN];
          const average = Exact.of(mean);
          const [g0, g1] = [exact[index] ?? average, exact[index + 1] ?? average].map((each) => each.minus(average));
          if (g0 === undefined || g1 === undefined) throw new Error('a period without ends');
          for (const time of telling(from, to, g0, g1)) {
            const x = Exact.of(time - from).per(Exact.of(to - from));
            const forward = average.plus(paperDeviation(g0, g1, x));
            expectDigits(forwardAt(time), forward);
            if (forward.over !== 0n && forward.isBelow(mean * 1e-6)) nearZero += 1;
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(nearZero).toBeGreaterThan(20);
  });

  it('is flat where the averages are', () => {
    fc.assert(
      fc.property(quotes, fc.double({ min: 0, max: 1, noNaN: true }), (quoted, x) => {
        const { forwardAt } = monotoneConvex({ ...quoted, averages: quoted.averages.map(() => 3) });
        expect(forwardAt(placeIn(quoted, x))).toBeCloseTo(3, 12);
      }),
    );
  });

  it('refuses periods that do not follow one another and averages below zero', () => {
    const refused = { start: 0, periodEnds: [1, 1], averages: [1, 1] };
    const wrong = [
      {},
      { periodEnds: [], averages: [] },
      { periodEnds: [1, 2], averages: [1, -1] },
      { periodEnds: [1, Infinity] },
    ];
    for (const change of wrong) {
      expect(() => monotoneConvex({ ...refused, ...change })).toThrow(
        expect.objectContaining({ code: 'MARKET__BAD_QUOTES' }),
      );
    }
  });
});

describe('a log-linear curve', () => {
  it('meets its quotes and stays between neighbours', () => {
    const priceAt = logLinear({ times: [0.1, 0.5, 1], quotes: [2, 8, 4] });
    expect([0.1, 0.5, 1].map(priceAt)).toEqual([2, 8, 4]);
    expect(priceAt(0.3)).toBeCloseTo(4, 12);
    expect([priceAt(0.09), priceAt(1.01)]).toEqual([null, null]);
  });

  it('refuses a quote of nothing', () => {
    expect(() => logLinear({ times: [1], quotes: [0] })).toThrow(
      expect.objectContaining({ code: 'MARKET__BAD_QUOTES' }),
    );
  });
});
