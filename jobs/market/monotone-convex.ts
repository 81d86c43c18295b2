/**
 * Forwards under quoted averages of consecutive periods: monotone convex interpolation. Each quoted average is met, the
 * curve is continuous, and no forward is below zero. Pure.
 *
 * Reckoned in whole numbers and rounded once, at the end: where the curve goes down to zero, forwards are small beside
 * the averages they come from, and sums in floating point would keep few of their digits.
 *
 * Source: P. Hagan, G. West, "Interpolation Methods for Curve Construction", Applied Mathematical Finance 13 (2006).
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';
import { least, most } from '../../indexer/domain/extremes.ts';
import { type Fraction, numberOf, wholesOf } from './fraction.ts';

/** Times are of any one unit. */
export interface AverageQuotes {
  /** Where the first period begins. */
  readonly start: number;
  /** Ends of the periods, ascending; each begins where the one before ends. */
  readonly periodEnds: readonly number[];
  /** Quoted mean of each period. */
  readonly averages: readonly number[];
}

export interface MonotoneConvexCurve {
  /** Forwards at the start and at the end of every period. */
  readonly knots: readonly number[];
  /** `null` outside the periods. */
  forwardAt(time: number): number | null;
}

/** A period's average and how far the forwards at its ends are from it, in units of `1 / scale`. */
interface Period {
  readonly from: number;
  readonly to: number;
  readonly average: bigint;
  readonly start: bigint;
  readonly end: bigint;
  readonly scale: bigint;
}

/** @throws InputError `MARKET__BAD_QUOTES` for none, for times that do not ascend or averages below zero */
export function monotoneConvex({ start, periodEnds, averages }: AverageQuotes): MonotoneConvexCurve {
  const times = [start, ...periodEnds];
  checkInput(
    averages.length > 0 &&
      averages.length === periodEnds.length &&
      times.every((time, index) => Number.isFinite(time) && (index === 0 || time > at(times, index - 1))) &&
      averages.every((each) => Number.isFinite(each) && each >= 0),
    'MARKET__BAD_QUOTES',
    'Averages are quoted for one period after the other and are not below zero',
    { periodCount: averages.length },
  );
  const quoted = wholesOf(averages);
  const knots = collared(knotsOf(wholesOf(times).wholes, quoted.wholes), quoted.wholes);
  const periods = quoted.wholes.map((average, index): Period => {
    const [left, right] = [at(knots, index), at(knots, index + 1)];
    const scale = left.under * right.under;
    return {
      ...{ from: at(times, index), to: at(times, index + 1), average: average * scale, scale: scale * quoted.scale },
      ...{ start: left.over * right.under - average * scale, end: right.over * left.under - average * scale },
    };
  });
  const values = knots.map(({ over, under }) => numberOf({ over, under: under * quoted.scale }));
  return { knots: values, forwardAt: (time) => forwardAt(periods, values, time) };
}

/** The forward at a bound between periods is weighted by the length of the period on the other side of it. */
function knotsOf(times: readonly bigint[], averages: readonly bigint[]): Fraction[] {
  const last = averages.length;
  if (last === 1) return [at(averages, 0), at(averages, 0)].map((over) => ({ over, under: 1n }));
  const inner = averages.slice(1).map((next, index) => {
    const [before, bound, after] = [at(times, index), at(times, index + 1), at(times, index + 2)];
    return { over: (bound - before) * next + (after - bound) * at(averages, index), under: after - before };
  });
  // Half as far on the other side of the outer average as the nearest bound is on this one.
  const outer = (average: bigint, { over, under }: Fraction) => ({
    over: 3n * average * under - over,
    under: 2n * under,
  });
  return [outer(at(averages, 0), at(inner, 0)), ...inner, outer(at(averages, last - 1), at(inner, last - 2))];
}

/** A knot above twice an average beside it would need forwards below zero to meet that average. */
function collared(knots: readonly Fraction[], averages: readonly bigint[]): Fraction[] {
  return knots.map(({ over, under }, index) => {
    const beside = [averages[index - 1], averages[index]].filter((each) => each !== undefined);
    return { over: least(most(over, 0n), 2n * beside.reduce(least) * under), under };
  });
}

function forwardAt(periods: readonly Period[], knots: readonly number[], time: number): number | null {
  const index = periods.findIndex(({ to }) => time <= to);
  const period = periods[index];
  if (period === undefined || !(time >= period.from)) return null;
  const { from, to, average, scale, ...ends } = period;
  if (time === from || time === to) return at(knots, time === to ? index + 1 : index);
  const [first = 0n, reached = 0n, last = 0n] = wholesOf([from, time, to]).wholes;
  const { over, under } = deviation(ends.start, ends.end, reached - first, last - first);
  return numberOf({ over: average * under + over, under: scale * under });
}

/**
 * How far the forward is from the period's average after `passed` of its `length`, given how far its ends are. Its mean
 * over the period is zero in each of the paper's four regions.
 */
function deviation(start: bigint, end: bigint, passed: bigint, length: bigint): Fraction {
  if (start === 0n && end === 0n) return { over: 0n, under: 1n };
  // By the sign of `start`: a curve below is the mirror of one above.
  const sign = start < 0n ? -1n : 1n;
  const [high, other] = [sign * start, sign * end];
  const { over, under } = regionOf(high, other)(high, other, passed, length);
  return { over: sign * over, under };
}

type Region = (start: bigint, end: bigint, passed: bigint, length: bigint) => Fraction;

function regionOf(high: bigint, other: bigint): Region {
  if (other >= 0n) return dipped;
  if (other < -2n * high) return flatThenBent;
  return 2n * other > -high ? bentThenFlat : curved;
}

/** First region: `start · (1 − 4x + 3x²) + end · (3x² − 2x)`. */
function curved(start: bigint, end: bigint, passed: bigint, length: bigint): Fraction {
  const fromEnd = length - passed;
  const over = start * fromEnd * (length - 3n * passed) + end * passed * (passed - 2n * fromEnd);
  return { over, under: length ** 2n };
}

/** Second region: holds the start up to `(end + 2 · start) / (end − start)`, then bends to the end. */
function flatThenBent(start: bigint, end: bigint, passed: bigint, length: bigint): Fraction {
  // Both are below zero.
  const beyond = length * (end + 2n * start) - passed * (end - start);
  if (beyond <= 0n) return { over: start, under: 1n };
  const whole = 3n * length * start;
  return { over: start * whole ** 2n + (end - start) * beyond ** 2n, under: whole ** 2n };
}

/** Third region: bends to the end's height up to `3 · end / (end − start)` and holds it. */
function bentThenFlat(start: bigint, end: bigint, passed: bigint, length: bigint): Fraction {
  const whole = -3n * length * end;
  const before = whole - passed * (start - end);
  if (before <= 0n) return { over: end, under: 1n };
  return { over: end * whole ** 2n + (start - end) * before ** 2n, under: whole ** 2n };
}

/**
 * Fourth region: both ends lie on one side of the average, so the curve dips past it in between, at `end / (start + end)`
 * down to `−start · end / (start + end)`.
 */
function dipped(start: bigint, end: bigint, passed: bigint, length: bigint): Fraction {
  const both = start + end;
  const before = length * end - passed * both;
  const [side, whole] = before >= 0n ? [start * (both + end), length * end] : [end * (both + start), length * start];
  return { over: side * before ** 2n - start * end * whole ** 2n, under: both * whole ** 2n };
}

function at<Value>(values: readonly Value[], index: number): Value {
  return values[index] as Value;
}
