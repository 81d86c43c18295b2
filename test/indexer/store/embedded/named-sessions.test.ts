/** Who waits for a session that runs another query: woken with its end, or told that it is locked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../../../../indexer/store/embedded/engine.ts';
import { NamedSessions } from '../../../../indexer/store/embedded/named-sessions.ts';

const request = { id: 'one', timeoutSeconds: 60, mustExist: false };

test('the end of a query wakes who waits, though others have given up before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-sessions-'));
  const engine = await openEngine(folder);
  const sessions = new NamedSessions(engine);
  const first = await sessions.lease('default', request);
  await expect(sessions.lease('default', request)).rejects.toThrow('locked by a concurrent client');
  const second = sessions.lease('default', request);
  first.release();
  // No timer is waited for: who is woken goes on at once.
  const isWoken = await Promise.race([second.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);
  expect(isWoken).toBe(true);
  const { connection, release } = await second;
  expect((await connection.run('SELECT 1')).bytes.toString()).toBe('1\n');
  release();
  sessions.closeAll();
  engine.close();
  await rm(folder, { recursive: true });
}, 30_000);
