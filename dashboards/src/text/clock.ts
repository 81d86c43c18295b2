/**
 * Times as text. Unix seconds arrive as decimal text; `null` where the chain gave none. Pure.
 * @module
 */

const MS_PER_SECOND = 1_000;
const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;

/** Programs and addresses of pages may name moments that no calendar has: those are `null`, like none. */
function dateOf(unixSeconds: string | null): Date | null {
  const date = new Date(unixSeconds === null ? Number.NaN : Number(unixSeconds) * MS_PER_SECOND);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** `06:51:04` in the reader's time zone. */
export function timeOfDay(unixSeconds: string | null): string {
  return dateOf(unixSeconds)?.toLocaleTimeString('en-GB') ?? '–';
}

/** `2026-11-21T06:51:04Z`, for machines and titles. */
export function isoTime(unixSeconds: string | null): string {
  return (
    dateOf(unixSeconds)
      ?.toISOString()
      .replace(/\.\d+Z$/, 'Z') ?? ''
  );
}

/** `4 s`, `12 min`, `3 h`, `2 d`: the largest unit that fits. */
export function age(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < SECONDS_PER_MINUTE) return `${whole} s`;
  if (whole < SECONDS_PER_HOUR) return `${Math.floor(whole / SECONDS_PER_MINUTE)} min`;
  if (whole < SECONDS_PER_DAY) return `${Math.floor(whole / SECONDS_PER_HOUR)} h`;
  return `${Math.floor(whole / SECONDS_PER_DAY)} d`;
}

/** `21 Nov` in the reader's time zone. */
export function day(unixSeconds: string | null): string {
  return dateOf(unixSeconds)?.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }) ?? '–';
}

/** `21 Nov 06:51` in the reader's time zone. */
export function dayAndTime(unixSeconds: string | null): string {
  const date = dateOf(unixSeconds);
  if (date === null) return '–';
  return `${day(unixSeconds)} ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}
