/**
 * A record that was written all at once is merged for a while afterwards, on the very cores that are measured. A record that
 * grows with its chain has only small merges.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { oneRow } from '../../indexer/store/rows.ts';

const LOOK_MS = 1_000;
/** Looks in a row that find no merge: one ends and the next begins. */
const IDLE_LOOKS = 5;
const MOST_SECONDS = 300;

/** Waits until the database merges nothing. @returns seconds that took */
export async function settled(client: StoreClient): Promise<number> {
  const beganMs = performance.now();
  const seconds = () => (performance.now() - beganMs) / 1_000;
  for (let idle = 0; idle < IDLE_LOOKS && seconds() < MOST_SECONDS; ) {
    const { merges } = await oneRow<{ merges: bigint }>(client, 'SELECT count() AS merges FROM system.merges');
    idle = merges === 0n ? idle + 1 : 0;
    await sleep(LOOK_MS);
  }
  return seconds();
}
