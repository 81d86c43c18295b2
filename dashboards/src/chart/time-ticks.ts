/**
 * Places on a time axis at whole minutes, hours or days of the reader's time zone. Unix seconds. Pure but for the zone.
 * @module
 */

const DAY = 86_400;
const steps = [
  60,
  300,
  900,
  1_800,
  3_600,
  7_200,
  14_400,
  21_600,
  43_200,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
];
const MS = 1_000;

/** At most `most` of them, of the smallest step that allows it. */
export function timeTicks(from: number, to: number, most: number): number[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 365 * DAY;
  const offset = new Date(from * MS).getTimezoneOffset() * 60;
  const first = Math.ceil((from - offset) / step) * step + offset;
  const ticks = [];
  for (let tick = first; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

/** The time where the span is short, else the day. */
export function tickText(unixSeconds: number, spanSeconds: number): string {
  const date = new Date(unixSeconds * MS);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0;
  if (isMidnight || spanSeconds > 12 * DAY) return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
