/**
 * Budgets unless the settings say otherwise. A page of the dashboard costs some hundred points, so an address may open
 * several hundred at once and five a second for ever; a key is worth ten addresses.
 * @module
 */
import type { Settings } from '../../indexer/domain/settings.ts';
import type { Budgets } from './caller.ts';
import { type KeyEntry, type KeyFile, OPEN, readKeyFile, SCOPES } from './key-file.ts';

/** A bucket fills in this time. */
const FILL_SECONDS = 60;
const KEY_FACTOR = 10;

export const POINTS_PER_MINUTE = 300_000;

export const BUDGETS: Budgets = budgetsOf(POINTS_PER_MINUTE, [], OPEN);

/** @throws InputError `API__BAD_KEY_FILE` */
export function budgetsFromSettings(
  settings: Pick<Settings, 'API_POINTS_PER_MINUTE' | 'API_KEY_HASHES' | 'API_KEYS_FILE'>,
): Budgets {
  const hashes = settings.API_KEY_HASHES.split(',').map((each) => each.trim().toLowerCase());
  return budgetsOf(
    settings.API_POINTS_PER_MINUTE,
    hashes.filter((each) => each !== ''),
    readKeyFile(settings.API_KEYS_FILE),
  );
}

/** A key of which nothing but the hash is known may do everything, and has that hash for its name. */
function budgetsOf(pointsPerMinute: number, hashes: readonly string[], { withoutKey, keys }: KeyFile): Budgets {
  const budget = (capacity: number) => ({ capacity, refillPerSecond: capacity / FILL_SECONDS });
  const perKey = pointsPerMinute * KEY_FACTOR;
  const ofHashes = hashes.map((sha256): KeyEntry => ({ id: sha256, sha256, scopes: SCOPES }));
  return {
    perAddress: budget(pointsPerMinute),
    openScopes: withoutKey,
    keys: [...ofHashes, ...keys].map((key) => ({
      ...{ id: key.id, scopes: key.scopes, hash: Buffer.from(key.sha256, 'hex') },
      budget: budget(key.pointsPerMinute ?? perKey),
    })),
  };
}
