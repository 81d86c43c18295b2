/**
 * Whether what the page shows can be taken for the present: one word that the page is marked with. Pure.
 * @module
 */
import type { HeadQuery } from '../queries.generated.ts';
import type { Live } from './live.ts';

export type Freshness = 'loading' | 'unreachable' | 'empty' | 'stale' | 'live';

/** A head older than this is not the chain's present: blocks come every 0.4 s. */
export const STALE_AFTER_SECONDS = 10;

/** Seconds since the head's block time by the server's clock; `null` where there is no head or it has no time. */
export function headAgeSeconds({ answer }: Live<HeadQuery>, nowMs: number): number | null {
  const blockTime = answer?.data._meta.blockTime ?? null;
  if (answer === null || blockTime === null) return null;
  const serverNowMs = answer.serverTimeMs + Math.max(0, nowMs - answer.receivedAtMs);
  return Math.max(0, serverNowMs / 1_000 - Number(blockTime));
}

export function freshnessOf(live: Live<HeadQuery>, nowMs: number): Freshness {
  if (live.failure !== null) return 'unreachable';
  if (live.answer === null) return 'loading';
  if (live.answer.data._meta.slot === null) return 'empty';
  const age = headAgeSeconds(live, nowMs);
  return age !== null && age > STALE_AFTER_SECONDS ? 'stale' : 'live';
}
