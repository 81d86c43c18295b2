/** What CLICKHOUSE_URL says is read alike by everything that connects: user, password and the path of a proxy. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStatus } from '../../../../cli/status.ts';
import { readSettings } from '../../../../indexer/domain/settings.ts';
import { clickHouseAddress } from '../../../../indexer/store/clickhouse-address.ts';
import { createStoreClient } from '../../../../indexer/store/clickhouse-client.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../../clickhouse/start-clickhouse.ts';

const password = "p@ss/wö:rd '%";
let server: RunningClickHouse;
let proxy: Server;
let folder: string;

/** A real proxy that has ClickHouse under a path, and nothing elsewhere. */
function underPath(target: string, prefix: string): Server {
  return createServer((asked, answer) => {
    if (asked.url?.startsWith(prefix) !== true) return void answer.writeHead(404).end();
    const at = new URL(asked.url.slice(prefix.length).replace(/^\/?/, '/'), target);
    const passed = request(at, { method: asked.method ?? 'GET', headers: asked.headers }, (got) =>
      got.pipe(answer.writeHead(got.statusCode ?? 502, got.headers)),
    );
    asked.pipe(passed);
  });
}

const portOf = (of: Server): number => (of.address() as AddressInfo).port;
const settingsAt = (url: string, variables: Record<string, string> = {}) =>
  readSettings({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: 'default', METRICS_PORT: '1', API_PORT: '1', ...variables });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-users-'));
  const usersFile = path.join(folder, 'users.json');
  writeFileSync(usersFile, JSON.stringify({ default: { password } }));
  server = await startEmbeddedClickHouse({ extraArguments: ['--users-file', usersFile] });
  proxy = underPath(server.url, '/click/house').listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.stop();
  await rm(folder, { recursive: true });
});

const secret = encodeURIComponent(password);
test.each<[string, () => string, Record<string, string>]>([
  ['the URL', () => server.url.replace('//', `//default:${secret}@`), { CLICKHOUSE_USER: 'nobody' }],
  ['the settings', () => server.url, { CLICKHOUSE_PASSWORD: password }],
  [
    'the settings, the user in the URL',
    () => server.url.replace('//', '//default@'),
    { CLICKHOUSE_PASSWORD: password },
  ],
  ['the URL of a path', () => `http://default:${secret}@127.0.0.1:${portOf(proxy)}/click/house`, {}],
  ['the URL of a folder', () => `http://default:${secret}@127.0.0.1:${portOf(proxy)}/click/house/`, {}],
])('statement, insert, stream and status: the password stands in %s', async (_, url, variables) => {
  const settings = settingsAt(url(), variables);
  const client = createStoreClient(settings);
  await client.command('CREATE OR REPLACE TABLE inserted (a UInt8) ENGINE = MergeTree ORDER BY a');
  await client.insert({ table: 'inserted', columnNames: ['a'], bytes: Buffer.of(3, 5), rowCount: 2 });
  const sql = 'SELECT currentUser(), sum(a) FROM inserted';
  expect(String(await client.bytes(sql, {}, 'TSVRaw'))).toBe('default\t8\n');
  expect(await text((await client.stream(sql, {}, 'TSVRaw', {})).rows)).toBe('default\t8\n');
  expect((await readStatus(settings)).clickhouse).toEqual({ up: true });
  await client.close();
});

test('a wrong password is refused on each way, and never repeated', async () => {
  const client = createStoreClient(settingsAt(server.url.replace('//', '//default:guessed-once@')));
  const batch = { table: 'inserted', columnNames: ['a'], bytes: Buffer.of(1), rowCount: 1 };
  for (const asked of [client.bytes('SELECT 1', {}, 'TSVRaw'), client.insert(batch)]) {
    const error = await asked.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'STORE__ACCESS_DENIED' });
    expect(JSON.stringify([String(error), (error as { context: unknown }).context])).not.toContain('guessed-once');
  }
  await client.close();
});

test('any user and password come out of a URL as they were put in', () => {
  const word = fc.string({ unit: 'binary', minLength: 1 });
  fc.assert(
    fc.property(word, word, (user, word) => {
      const url = `http://${encodeURIComponent(user)}:${encodeURIComponent(word)}@host:1/`;
      expect(clickHouseAddress(settingsAt(url))).toEqual({
        ...{ origin: 'http://host:1', path: '/', user, password: word },
      });
    }),
  );
});

test.each([
  'https://user:secret@host/?database=other',
  'https://user:secret@host/#here',
  'redis://user:secret@host',
  'http://user:secret@[host',
])('%s is no address of a ClickHouse, and its password is not shown', (url) => {
  for (const name of ['CLICKHOUSE_URL', 'COSIGN_CLICKHOUSE_URL']) {
    const refusal = expect.objectContaining({
      code: 'SETTINGS__INVALID',
      message: expect.not.stringContaining('secret'),
    });
    expect(() => readSettings({ [name]: url })).toThrow(refusal);
  }
});
