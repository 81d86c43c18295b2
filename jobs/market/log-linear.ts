/**
 * Forwards between quotes that settle on a point: the logarithm goes in a straight line from quote to quote. Pure;
 * floating point.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';

export interface PointQuotes {
  /** Ascending; of any one unit. */
  readonly times: readonly number[];
  readonly quotes: readonly number[];
}

/**
 * Price at a time; `null` before the first quote and after the last.
 * @throws InputError `MARKET__BAD_QUOTES` for none, for times that do not ascend or quotes that are not above zero
 */
export function logLinear({ times, quotes }: PointQuotes): (time: number) => number | null {
  checkInput(
    quotes.length > 0 &&
      quotes.length === times.length &&
      times.every((each, index) => index === 0 || each > (times[index - 1] ?? Number.NaN)) &&
      quotes.every((each) => Number.isFinite(each) && each > 0),
    'MARKET__BAD_QUOTES',
    'Quotes follow one another in time and are above zero',
    { quoteCount: quotes.length },
  );
  return (time) => {
    const after = times.findIndex((each) => each >= time);
    const [to, next] = [times[after], quotes[after]];
    if (to === undefined || next === undefined) return null;
    if (to === time) return next;
    const [from, last] = [times[after - 1], quotes[after - 1]];
    if (from === undefined || last === undefined) return null;
    return last * (next / last) ** ((time - from) / (to - from));
  };
}
