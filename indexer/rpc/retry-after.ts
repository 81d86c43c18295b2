/**
 * What a node that is asked too often wants to be left alone for. Source: RFC 9110, 10.2.3: seconds, or a date. Pure.
 * @module
 */
const MS_PER_SECOND = 1_000;
/** A node that says more is asked again all the same: what waits behind it would fall behind the stream. */
export const LONGEST_WAIT_MS = 30_000;

/** Milliseconds of a `Retry-After`, at most `LONGEST_WAIT_MS`; 0 for none, for what is past and for what is neither. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * MS_PER_SECOND : Date.parse(text) - nowMs;
  return ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : 0;
}
