/**
 * Numbers on an axis. Pure.
 * @module
 */

const MOST_PLACES = 8;
const TICKS = 10;

/** As many decimals as tell two ticks of the span apart; none where it is wide. */
export function axisText(span: number): (value: number) => string {
  const places = Math.max(0, Math.min(MOST_PLACES, Math.ceil(-Math.log10((span || 1) / TICKS))));
  return (value) => value.toLocaleString('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places });
}
