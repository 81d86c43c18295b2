/**
 * The forward curve of a model from its live series: point-settled ones log-linear from spot on, average-settled ones
 * monotone convex over consecutive delivery periods. Pure. Rule: docs/market.md, "Forward curve".
 *
 * GPU time is a flow and cannot be stored, so no bound by the cost of carrying it is applied.
 * @module
 */
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { logLinear } from './log-linear.ts';
import { monotoneConvex } from './monotone-convex.ts';

const DAY_SECONDS = 86_400;
const YEAR_DAYS = 365;
const YEAR_SECONDS = YEAR_DAYS * DAY_SECONDS;
export const TENORS_DAYS = [7, 30, 60, 90, 180, 365] as const;

export type Settlement = 'AVERAGE' | 'POINT';

/** A live series. Prices are base units of INFER per GPU-hour times 10^6. */
export interface SeriesQuote {
  readonly series: Uint8Array;
  readonly deliveryStart: UnixSeconds;
  readonly expiry: UnixSeconds;
  readonly mark: bigint;
  /** Mean that the mark leaves for what is still to be delivered; the mark itself before delivery and for points. */
  readonly quote: number;
  readonly lastPrice: bigint | null;
  readonly tradedAt: UnixSeconds | null;
  readonly longSize: bigint;
  readonly shortSize: bigint;
}

export interface Spot {
  readonly price: bigint;
  readonly source: 'ON_CHAIN_INDEX' | 'REFERENCE_RATE';
}

export interface CurveNode extends SeriesQuote {
  readonly secondsToSettlement: bigint;
  /** Whether the curve goes through it; a period that overlaps or leaves a gap cannot be used. */
  readonly isUsed: boolean;
}

export type Absence = 'BEFORE_FIRST_NODE' | 'BEYOND_LAST_NODE' | 'NO_NODES';

export interface TenorPoint {
  readonly days: number;
  readonly kind: 'ABSENT' | 'INTERPOLATED' | 'QUOTED';
  readonly forward: number | null;
  readonly absence: Absence | null;
  /** `(F/S − 1) · 365 / days`. */
  readonly annualisedBasis: number | null;
}

export interface ForwardCurve {
  readonly settlement: Settlement;
  readonly spot: Spot | null;
  readonly nodes: readonly CurveNode[];
  readonly tenors: readonly TenorPoint[];
  /** Of the last forward against spot. */
  readonly shape: 'BACKWARDATION' | 'CONTANGO' | 'FLAT' | null;
  /** Between the first and the last tenor that have a forward, as part of spot per year. */
  readonly slopePerYear: number | null;
  /** What a holder of the nearest series earns by its drawing near to spot, per year: `(S/F − 1) · 365 / days`. */
  readonly rollYield: number | null;
}

interface Forwards {
  readonly used: readonly SeriesQuote[];
  /** Seconds from now at which they begin. */
  readonly start: number;
  at(seconds: number): number | null;
}

/** @param series live ones of one kind of settlement */
export function forwardCurve(
  settlement: Settlement,
  series: readonly SeriesQuote[],
  spot: Spot | null,
  now: UnixSeconds,
): ForwardCurve {
  const forwards = settlement === 'POINT' ? pointForwards(series, spot, now) : averageForwards(series, now);
  const nodes = series.map((each) => ({
    ...each,
    secondsToSettlement: each.expiry - now,
    isUsed: forwards?.used.includes(each) ?? false,
  }));
  const tenors = TENORS_DAYS.map((days) => tenorPoint(days, settlement, forwards, spot, now));
  return {
    ...{ settlement, spot, nodes, tenors },
    shape: shapeOf(tenors, spot),
    slopePerYear: slopeOf(tenors, spot),
    rollYield: rollYieldOf(forwards, spot, now),
  };
}

/** One quote per moment: the deepest of those that settle together. Spot is the price of now. */
function pointForwards(series: readonly SeriesQuote[], spot: Spot | null, now: UnixSeconds): Forwards | null {
  const used = series.filter(
    (each) => !series.some((other) => other.expiry === each.expiry && isPreferred(other, each)),
  );
  if (used.length === 0) return null;
  const ordered = used.toSorted((left, right) => Number(left.expiry - right.expiry));
  const fromNow = spot === null ? [] : [{ time: 0, quote: Number(spot.price) }];
  const points = [...fromNow, ...ordered.map(({ expiry, quote }) => ({ time: Number(expiry - now), quote }))];
  const times = points.map(({ time }) => time);
  const at = logLinear({ times, quotes: points.map(({ quote }) => quote) });
  return { used, start: times[0] ?? 0, at };
}

function isPreferred(left: SeriesQuote, right: SeriesQuote): boolean {
  const [open, other] = [left.longSize + left.shortSize, right.longSize + right.shortSize];
  return open === other ? Buffer.compare(left.series, right.series) < 0 : open > other;
}

/** Periods that follow one another from the earliest on; of two from one moment the shorter, which says more. */
function averageForwards(series: readonly SeriesQuote[], now: UnixSeconds): Forwards | null {
  const used: SeriesQuote[] = [];
  const beginOf = ({ deliveryStart }: SeriesQuote) => (deliveryStart > now ? deliveryStart : now);
  const ordered = series.toSorted(
    (left, right) =>
      Number(beginOf(left) - beginOf(right)) ||
      Number(left.expiry - right.expiry) ||
      (isPreferred(left, right) ? -1 : 1),
  );
  for (const each of ordered) {
    const last = used.at(-1);
    if (last === undefined || beginOf(each) === last.expiry) used.push(each);
  }
  const [first] = used;
  if (first === undefined) return null;
  const start = Number(beginOf(first) - now);
  const periodEnds = used.map(({ expiry }) => Number(expiry - now));
  const curve = monotoneConvex({ start, periodEnds, averages: used.map(({ quote }) => quote) });
  return { used, start, at: curve.forwardAt };
}

function tenorPoint(
  days: number,
  settlement: Settlement,
  forwards: Forwards | null,
  spot: Spot | null,
  now: UnixSeconds,
): TenorPoint {
  const seconds = days * DAY_SECONDS;
  const forward = forwards?.at(seconds) ?? null;
  if (forward === null) {
    return { days, kind: 'ABSENT', forward, absence: absenceAt(forwards, seconds), annualisedBasis: null };
  }
  const time = now + BigInt(seconds);
  // An average is quoted over a period, never at a moment.
  const isQuoted = settlement === 'POINT' && (forwards?.used.some(({ expiry }) => expiry === time) ?? false);
  const annualisedBasis = spot === null ? null : ((forward / Number(spot.price) - 1) * YEAR_DAYS) / days;
  return { days, kind: isQuoted ? 'QUOTED' : 'INTERPOLATED', forward, absence: null, annualisedBasis };
}

function absenceAt(forwards: Forwards | null, seconds: number): Absence {
  if (forwards === null) return 'NO_NODES';
  return seconds < forwards.start ? 'BEFORE_FIRST_NODE' : 'BEYOND_LAST_NODE';
}

function present(tenors: readonly TenorPoint[]) {
  return tenors.flatMap(({ days, forward }) => (forward === null ? [] : [{ days, forward }]));
}

function shapeOf(tenors: readonly TenorPoint[], spot: Spot | null): ForwardCurve['shape'] {
  const last = present(tenors).at(-1);
  if (last === undefined || spot === null) return null;
  const price = Number(spot.price);
  if (last.forward === price) return 'FLAT';
  return last.forward > price ? 'CONTANGO' : 'BACKWARDATION';
}

function slopeOf(tenors: readonly TenorPoint[], spot: Spot | null): number | null {
  const [first, ...others] = present(tenors);
  const last = others.at(-1);
  if (first === undefined || last === undefined || spot === null) return null;
  return (((last.forward - first.forward) / Number(spot.price)) * YEAR_DAYS) / (last.days - first.days);
}

function rollYieldOf(forwards: Forwards | null, spot: Spot | null, now: UnixSeconds): number | null {
  if (forwards === null || spot === null) return null;
  const nearest = forwards.used.toSorted((left, right) => Number(left.expiry - right.expiry))[0];
  if (nearest === undefined || nearest.quote === 0) return null;
  return (Number(spot.price) / nearest.quote - 1) / yearsTo(nearest.expiry, now);
}

function yearsTo(time: UnixSeconds, now: UnixSeconds): number {
  return Number(time - now) / YEAR_SECONDS;
}
