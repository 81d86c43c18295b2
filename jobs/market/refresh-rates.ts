/**
 * Computes the reference rates of windows that are over and final, hours and days, and computes earlier ones again in
 * turn: a rate whose inputs have changed, as after a backfill, is written anew beside its input hash.
 * @module
 */
import { UpstreamError } from '../../indexer/domain/errors.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { finalizedTime } from '../../indexer/store/queries/chain/block-times.ts';
import { windowsWithPurchases } from '../../indexer/store/queries/market/purchases.ts';
import {
  insertRates,
  lastRatedWindow,
  type RateRow,
  ratesBetween,
} from '../../indexer/store/queries/market/reference-rates.ts';
import type { GovernedPrograms } from '../rewards/inputs/parameters-in-force.ts';
import { MINUTE_SECONDS } from './candles.ts';
import { type LinksUpTo, type RateInputs, rateInputs } from './rate-inputs.ts';
import { type RateWindow, REFERENCE_RATE_RULE } from './reference-rate.ts';
import type { RefreshScope } from './refresh-candles.ts';
import { windowRates } from './window-rates.ts';

export const WINDOW_SECONDS = [3_600n, 86_400n] as const;

/** Number of rates written. */
export async function refreshRates(
  store: StoreClient,
  programs: GovernedPrograms,
  scope: RefreshScope,
  nowMicros: () => bigint,
): Promise<number> {
  const newest = await finalizedTime(store);
  if (newest === null) return 0;
  let written = 0;
  for (const lengthSeconds of WINDOW_SECONDS) {
    const all = await windowsWithPurchases(store, lengthSeconds, newest);
    const starts =
      scope === 'all' ? all : dueWindows(all, await lastRatedWindow(store, lengthSeconds, REFERENCE_RATE_RULE), newest);
    for (const start of starts) written += await refreshWindow(store, programs, { start, lengthSeconds }, nowMicros);
  }
  return written;
}

/**
 * Those after the last that has a rate, and one of the others in turn: minute by minute each of them.
 * @param all ascending
 * @param now of the chain
 */
export function dueWindows(
  all: readonly UnixSeconds[],
  last: UnixSeconds | null,
  now: UnixSeconds,
): readonly UnixSeconds[] {
  const due = all.filter((start) => last === null || start > last);
  const earlier = all.slice(0, all.length - due.length);
  // Counted in minutes: by seconds, minutes apart, some of sixty windows would never have their turn.
  const inTurn = earlier[Number((now / MINUTE_SECONDS) % BigInt(Math.max(earlier.length, 1)))];
  return inTurn === undefined ? due : [...due, inTurn];
}

async function refreshWindow(
  store: StoreClient,
  programs: GovernedPrograms,
  window: RateWindow,
  nowMicros: () => bigint,
): Promise<number> {
  const inputs = await inputsIfKnown(store, programs, window, null);
  if (inputs === null) return 0;
  const known = new Map((await ratesOf(store, window, null)).map((row) => [row.model, row.inputHash]));
  const changed = windowRates(inputs).filter(({ model, inputHash }) => known.get(model) !== inputHash);
  await insertRates(store, changed, nowMicros());
  return changed.length;
}

/** Its purchases; `null` where the record does not reach back to the window, which waits for a backfill then. */
export async function inputsIfKnown(
  store: StoreClient,
  programs: GovernedPrograms,
  window: RateWindow,
  model: number | null,
  linksUpTo?: LinksUpTo,
): Promise<RateInputs | null> {
  try {
    return await rateInputs(store, programs, window, model, undefined, linksUpTo);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'MARKET__NOT_INDEXED') return null;
    throw error;
  }
}

/** The row of a window; `null` when there is none. */
export async function publishedRate(store: StoreClient, window: RateWindow, model: number): Promise<RateRow | null> {
  return (await ratesOf(store, window, model))[0] ?? null;
}

function ratesOf(store: StoreClient, { start, lengthSeconds }: RateWindow, model: number | null): Promise<RateRow[]> {
  const range = { lengthSeconds, ruleVersion: REFERENCE_RATE_RULE, fromTime: start, toTime: start + 1n };
  return ratesBetween(store, range, model);
}
