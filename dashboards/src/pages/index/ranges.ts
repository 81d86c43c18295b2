/**
 * The ranges that the page offers, and what is asked for over each: candles of a length that can be looked at, and
 * windows of rates as many as the API gives. Pure.
 * @module
 */
import type { RangeLength, TimeRange } from '../../chart/time-range.tsx';
import type {
  CandleInterval,
  CandlesQueryVariables,
  IndexQueryVariables,
  RateWindow,
} from '../../queries.generated.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** The API watches at most this many windows at once. */
const MOST_WATCHED = 48;

export interface IndexRange extends RangeLength {
  readonly interval: CandleInterval;
  readonly candleSeconds: number;
  readonly rateWindow: RateWindow;
  readonly watchWindow: RateWindow;
}

export const indexRanges: readonly IndexRange[] = [
  { name: '4 h', seconds: 4 * HOUR, interval: 'MINUTE', candleSeconds: 60, rateWindow: 'HOUR', watchWindow: 'HOUR' },
  { name: '1 d', seconds: DAY, interval: 'MINUTES_5', candleSeconds: 300, rateWindow: 'HOUR', watchWindow: 'HOUR' },
  { name: '1 w', seconds: 7 * DAY, interval: 'HOUR', candleSeconds: HOUR, rateWindow: 'HOUR', watchWindow: 'DAY' },
  {
    name: '1 m',
    seconds: 30 * DAY,
    interval: 'HOURS_4',
    candleSeconds: 4 * HOUR,
    rateWindow: 'DAY',
    watchWindow: 'DAY',
  },
  { name: '1 y', seconds: 365 * DAY, interval: 'DAY', candleSeconds: DAY, rateWindow: 'DAY', watchWindow: 'DAY' },
];

/** Name of the range that is shown where the address names none. */
export const USUAL_RANGE = '1 d';

export const secondsOf = (window: RateWindow): number => (window === 'HOUR' ? HOUR : DAY);

export function indexRangeOf(asked: string): IndexRange {
  return indexRanges.find(({ name }) => name === asked) ?? (indexRanges[0] as IndexRange);
}

/** Below this part of the range that has prices, the rest is not drawn: a young record is a point at its edge otherwise. */
const LEAST_FILLED = 0.5;
const LEAST_CANDLES = 12;

/** The end of the range that has anything in it. @param starts of what is drawn, Unix seconds, ascending */
export function filledPart(range: TimeRange, starts: readonly string[], candleSeconds: number): TimeRange {
  const [first] = starts;
  if (first === undefined || range.to - Number(first) > (range.to - range.from) * LEAST_FILLED) return range;
  const from = Math.min(Number(first) - candleSeconds, range.to - LEAST_CANDLES * candleSeconds);
  return { ...range, from: Math.max(range.from, from) };
}

export function candleVariablesOf(
  model: number,
  { from, to, length }: Omit<TimeRange, 'isNow'>,
): CandlesQueryVariables {
  const { interval } = indexRangeOf(length.name);
  return { model, from: String(Math.max(0, from)), to: String(to), interval };
}

/** A window belongs to the range when any of it does. */
export function variablesOf(model: number, { from, to, length }: TimeRange): IndexQueryVariables {
  const { candleSeconds, rateWindow, watchWindow } = indexRangeOf(length.name);
  const startOf = (moment: number, window: RateWindow) => Math.max(0, moment - (moment % secondsOf(window)));
  const oldestWatched = to - (MOST_WATCHED - 1) * secondsOf(watchWindow);
  return {
    ...{ model, rateWindow, watchWindow, bucketSeconds: candleSeconds },
    from: String(Math.max(0, from)),
    to: String(to),
    rateFrom: String(startOf(from, rateWindow)),
    watchFrom: String(startOf(Math.max(from, oldestWatched), watchWindow)),
  };
}
