/**
 * Budgets unless the settings say otherwise. A page of the dashboard costs some hundred points, so an address may open
 * several hundred at once and five a second for ever; a key is worth ten addresses.
 * @module
 */
import type { Settings } from '../../indexer/domain/settings.ts';
import type { Budgets } from './caller.ts';

/** A bucket fills in this time. */
const FILL_SECONDS = 60;
const KEY_FACTOR = 10;

export const POINTS_PER_MINUTE = 300_000;

export const BUDGETS: Budgets = budgetsOf(POINTS_PER_MINUTE, []);

export function budgetsFromSettings(settings: Pick<Settings, 'API_POINTS_PER_MINUTE' | 'API_KEY_HASHES'>): Budgets {
  const hashes = settings.API_KEY_HASHES.split(',').map((each) => each.trim().toLowerCase());
  return budgetsOf(
    settings.API_POINTS_PER_MINUTE,
    hashes.filter((each) => each !== ''),
  );
}

function budgetsOf(pointsPerMinute: number, keyHashes: readonly string[]): Budgets {
  const budget = (capacity: number) => ({ capacity, refillPerSecond: capacity / FILL_SECONDS });
  return {
    perAddress: budget(pointsPerMinute),
    perKey: budget(pointsPerMinute * KEY_FACTOR),
    keyHashes: new Set(keyHashes),
  };
}
