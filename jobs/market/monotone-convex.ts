/**
 * Forwards under quoted averages of consecutive periods: monotone convex interpolation. Each quoted average is met, the
 * curve is continuous, and no forward is below zero. Pure; floating point.
 *
 * Source: P. Hagan, G. West, "Interpolation Methods for Curve Construction", Applied Mathematical Finance 13 (2006).
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';

export interface AverageQuotes {
  /** Where the first period begins. */
  readonly startYears: number;
  /** Ends of the periods, ascending; each begins where the one before ends. */
  readonly periodEndsYears: readonly number[];
  /** Quoted mean of each period. */
  readonly averages: readonly number[];
}

export interface MonotoneConvexCurve {
  /** Forwards at the start and at the end of every period. */
  readonly knots: readonly number[];
  /** `null` outside the periods. */
  forwardAt(years: number): number | null;
}

/** @throws InputError `MARKET__BAD_QUOTES` for none, for times that do not ascend or averages below zero */
export function monotoneConvex({ startYears, periodEndsYears, averages }: AverageQuotes): MonotoneConvexCurve {
  const times = [startYears, ...periodEndsYears];
  checkInput(
    averages.length > 0 &&
      averages.length === periodEndsYears.length &&
      times.every((time, index) => index === 0 || time > at(times, index - 1)) &&
      averages.every((each) => Number.isFinite(each) && each >= 0),
    'MARKET__BAD_QUOTES',
    'Averages are quoted for one period after the other and are not below zero',
    { periodCount: averages.length },
  );
  const knots = collared(knotsOf(times, averages), averages);
  return { knots, forwardAt: (years) => forwardAt(times, averages, knots, years) };
}

/** The forward at a bound between periods is weighted by the length of the period on the other side of it. */
function knotsOf(times: readonly number[], averages: readonly number[]): number[] {
  const last = averages.length;
  if (last === 1) return [at(averages, 0), at(averages, 0)];
  const inner = averages.slice(1).map((next, index) => {
    const [before, bound, after] = [at(times, index), at(times, index + 1), at(times, index + 2)];
    return ((bound - before) * next + (after - bound) * at(averages, index)) / (after - before);
  });
  const first = at(averages, 0) - (at(inner, 0) - at(averages, 0)) / 2;
  const end = at(averages, last - 1) - (at(inner, last - 2) - at(averages, last - 1)) / 2;
  return [first, ...inner, end];
}

/** A knot above twice an average beside it would need forwards below zero to meet that average. */
function collared(knots: readonly number[], averages: readonly number[]): number[] {
  return knots.map((knot, index) => {
    const beside = [averages[index - 1], averages[index]].filter((each) => each !== undefined);
    return Math.min(Math.max(knot, 0), 2 * Math.min(...beside));
  });
}

function forwardAt(
  times: readonly number[],
  averages: readonly number[],
  knots: readonly number[],
  years: number,
): number | null {
  if (!(years >= at(times, 0) && years <= at(times, times.length - 1))) return null;
  const end = times.findIndex((time) => time >= years);
  if (at(times, end) === years) return at(knots, end);
  const [from, to] = [at(times, end - 1), at(times, end)];
  const average = at(averages, end - 1);
  const away = deviation(at(knots, end - 1) - average, at(knots, end) - average, (years - from) / (to - from));
  // Only the last digit of the sum can be below zero.
  return Math.max(average + away, 0);
}

/**
 * How far the forward is from the period's average at `x` in (0, 1), given how far its ends are. Its mean over the period
 * is zero in each of the paper's four regions.
 */
function deviation(start: number, end: number, x: number): number {
  if (start === 0 && end === 0) return 0;
  // By the sign of `start`: a curve below is the mirror of one above.
  const sign = start < 0 ? -1 : 1;
  const [high, other] = [sign * start, sign * end];
  if (other >= 0) return sign * dipped(high, other, x);
  if (other < -2 * high) return sign * flatThenBent(high, other, x);
  if (other > -high / 2) return sign * bentThenFlat(high, other, x);
  return sign * (high * (1 - 4 * x + 3 * x * x) + other * (3 * x * x - 2 * x));
}

/** Second region: holds the start, then bends to the end. */
function flatThenBent(start: number, end: number, x: number): number {
  const bend = (end + 2 * start) / (end - start);
  return x <= bend ? start : start + (end - start) * ((x - bend) / (1 - bend)) ** 2;
}

/** Third region: bends to the end's height and holds it. */
function bentThenFlat(start: number, end: number, x: number): number {
  const bend = (3 * end) / (end - start);
  return x >= bend ? end : end + (start - end) * ((bend - x) / bend) ** 2;
}

/** Fourth region: both ends lie on one side of the average, so the curve dips past it in between. */
function dipped(start: number, end: number, x: number): number {
  const lowest = end / (start + end);
  const depth = (-start * end) / (start + end);
  return x <= lowest
    ? depth + (start - depth) * ((lowest - x) / lowest) ** 2
    : depth + (end - depth) * ((x - lowest) / (1 - lowest)) ** 2;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
