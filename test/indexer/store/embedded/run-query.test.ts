/** What becomes of a running query when its reply cannot be sent. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Engine } from '../../../../indexer/store/embedded/engine.ts';
import { parseHttpQuery } from '../../../../indexer/store/embedded/http-query.ts';
import type { HttpReply } from '../../../../indexer/store/embedded/http-reply.ts';
import { NamedSessions } from '../../../../indexer/store/embedded/named-sessions.ts';
import { QuerySlots } from '../../../../indexer/store/embedded/query-slots.ts';
import { runQuery } from '../../../../indexer/store/embedded/run-query.ts';
import { openSpool } from '../../../../indexer/store/embedded/spool.ts';

test('a connection is closed after its query has ended, when the client breaks off the reply', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'plumbline-run-query-'));
  const spool = openSpool(folder);
  const pipePaths = spool.makePipes(1);
  const steps: string[] = [];
  const engine: Engine = {
    version: '1',
    formats: new Set(['tabseparated']),
    open: () => ({
      async run() {
        await appendFile(pipePaths[0] ?? '', 'one row\n');
        await sleep(100);
        steps.push('query ended');
        return { bytes: Buffer.alloc(0), elapsedSeconds: 0, rowCount: 1 };
      },
      close: () => steps.push('connection closed'),
    }),
    close: () => undefined,
  };
  const reply = { setFormat: () => undefined, write: () => Promise.reject(new Error('reset')), isGone: false };
  const query = parseHttpQuery('POST', new URL('http://store.test/?query=SELECT+1'), {});
  const request = Object.assign(Readable.from([]), { headers: {} }) as IncomingMessage;
  const services = {
    ...{ engine, slots: new QuerySlots(pipePaths, 1), sessions: new NamedSessions(engine) },
    ...{ spool, running: new Set<string>() },
  };
  const user = { name: 'default', password: '', readOnly: false, limits: {} };
  const told = runQuery(request, query, user, reply as unknown as HttpReply, services);
  await expect(told).rejects.toThrow('reset');
  expect(steps).toEqual(['query ended', 'connection closed']);
  await rm(folder, { recursive: true });
});
