/** Whole answers over our own connections: values arrive as they are, and nothing cut off passes for an answer. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStoreClient, type StoreClient } from '../../../../indexer/store/clickhouse-client.ts';
import { rows } from '../../../../indexer/store/rows.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../../clickhouse/start-clickhouse.ts';

const connect = (url: string, requestTimeoutMs?: number): StoreClient =>
  createStoreClient(
    { CLICKHOUSE_URL: url, CLICKHOUSE_USER: 'default', CLICKHOUSE_PASSWORD: '', CLICKHOUSE_DATABASE: 'default' },
    requestTimeoutMs === undefined ? {} : { requestTimeoutMs },
  );
const one = (client: StoreClient) => client.bytes('SELECT 1', {}, 'TSVRaw');

describe('against the engine', () => {
  let server: RunningClickHouse;
  let client: StoreClient;
  beforeAll(async () => {
    server = await startEmbeddedClickHouse();
    client = connect(server.url);
  });
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  test('values come back as they were given, whatever they hold', async () => {
    const text = fc.string({ unit: 'binary' }).filter((each) => !each.includes('\0'));
    const given = fc.record({
      text,
      texts: fc.array(text, { maxLength: 5 }),
      nested: fc.array(fc.array(text, { maxLength: 3 }), { maxLength: 3 }),
      count: fc.bigInt({ min: -(2n ** 127n), max: 2n ** 127n - 1n }),
      counts: fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { maxLength: 5 }),
      flag: fc.boolean(),
      flags: fc.array(fc.boolean(), { maxLength: 3 }),
      maybe: fc.option(text),
    });
    const sql = `SELECT {text:String} AS text, {texts:Array(String)} AS texts, {nested:Array(Array(String))} AS nested,
  {count:Int128} AS count, {counts:Array(UInt64)} AS counts, {flag:Bool} AS flag, {flags:Array(Bool)} AS flags,
  {maybe:Nullable(String)} AS maybe`;
    await fc.assert(
      fc.asyncProperty(given, async (values) => {
        expect(await rows(client, sql, values)).toEqual([values]);
      }),
      { numRuns: 60 },
    );
  });

  test('bytes are bound as hexadecimal text', async () => {
    const bytes = Uint8Array.of(0, 39, 92, 255);
    expect(await client.bytes('SELECT unhex({key:String})', { key: bytes }, 'RowBinary')).toEqual(
      Buffer.from([4, ...bytes]),
    );
  });

  test('an error in the middle of a result is an error, not half an answer', async () => {
    const failing = client.bytes("SELECT throwIf(number = 3000000, 'no') FROM numbers(4000000)", {}, 'TSVRaw');
    await expect(failing).rejects.toMatchObject({ code: 'STORE__QUERY_FAILED' });
    expect(String(await one(client))).toBe('1\n');
  });

  test('more questions than connections wait for one another', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => one(client)));
    expect(new Set(answers.map(String))).toEqual(new Set(['1\n']));
  });
});

describe('against a server that misbehaves', () => {
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<StoreClient> => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 300);
  };
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  test.each<[string, Parameters<typeof createServer>[1]]>([
    ['closes before it answers', (_, response) => response.destroy()],
    [
      'closes inside an answer of a known length',
      (_, response) => void response.writeHead(200, { 'Content-Length': 9 }).write('1', () => response.destroy()),
    ],
    [
      'closes inside an answer in chunks',
      (_, response) => void response.writeHead(200).write('1', () => response.destroy()),
    ],
    ['falls silent before an answer', () => {}],
    ['falls silent inside an answer', (_, response) => void response.writeHead(200).write('1')],
  ])('one that %s is unreachable', async (_, answer) => {
    const client = await listen(createServer(answer));
    await expect(one(client)).rejects.toMatchObject({ code: 'STORE__UNREACHABLE' });
    await client.close();
  });

  test('an answer that is no answer of ClickHouse is no result', async () => {
    const client = await listen(createServer((_, response) => response.writeHead(502).end('<html>Bad Gateway</html>')));
    await expect(one(client)).rejects.toMatchObject({ code: 'STORE__UNREACHABLE' });
    await client.close();
  });
});
