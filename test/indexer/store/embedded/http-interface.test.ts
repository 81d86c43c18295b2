/** The HTTP interface itself: statuses, headers, formats byte for byte, users, limits. */
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../../clickhouse/start-clickhouse.ts';

let server: RunningClickHouse;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-users-'));
  const usersFile = path.join(folder, 'users.json');
  writeFileSync(usersFile, JSON.stringify({ reader: { password: 'read it' } }));
  server = await startEmbeddedClickHouse({
    sessions: 3,
    extraArguments: ['--users-file', usersFile, '--max-waiting', '3'],
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

async function ask(search: Record<string, string>, init: RequestInit & { duplex?: 'half' } = {}): Promise<Asked> {
  const response = await fetch(`${server.url}/?${new URLSearchParams(search)}`, { method: 'POST', ...init });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
}
const post = (body: string | Uint8Array<ArrayBuffer>): Promise<Asked> => ask({}, { body });
const reader = { headers: { 'X-ClickHouse-User': 'reader', 'X-ClickHouse-Key': 'read it' } };
const tableName = (): string => `t_${randomUUID().replaceAll('-', '')}`;

describe('requests', () => {
  test('ping and the bare address answer without a query', async () => {
    for (const place of ['/ping', '/replicas_status', '/']) {
      const response = await fetch(server.url + place);
      expect([response.status, await response.text()]).toEqual([200, 'Ok.\n']);
    }
  });

  test('an address that is none is refused, and ends nothing', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const request = http.get({ host: '127.0.0.1', port, path: '//' }, ({ statusCode }) => resolve(statusCode));
      request.once('error', reject);
    });
    expect(status).toBe(400);
    expect((await fetch(`${server.url}/ping`)).status).toBe(200);
  });

  test('the query may be in the URL, in the body, or begin in one and end in the other', async () => {
    expect((await ask({ query: 'SELECT 1' })).text).toBe('1\n');
    expect((await post('SELECT 1')).text).toBe('1\n');
    expect((await ask({ query: 'SELECT' }, { body: '1' })).text).toBe('1\n');
  });

  test('the reply names the query, the format and the rows', async () => {
    const { headers } = await ask({ query: 'SELECT 1 FORMAT JSONEachRow', query_id: 'my-id' });
    expect(headers.get('x-clickhouse-query-id')).toBe('my-id');
    expect(headers.get('x-clickhouse-format')).toBe('JSONEachRow');
    expect(JSON.parse(headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ result_rows: '1' });
  });

  test.each([
    ['SELECT * FROM nowhere', 404, '60', '(UNKNOWN_TABLE)'],
    ['SELECT 1 FROM', 400, '62', '(SYNTAX_ERROR)'],
    ['SELECT 1; SELECT 2', 400, '62', '(SYNTAX_ERROR)'],
    ['SELECT 1 FORMAT Nope', 404, '73', '(UNKNOWN_FORMAT)'],
    ["SELECT toUInt8('x')", 400, '6', '(CANNOT_PARSE_TEXT)'],
    ["SELECT 1 INTO OUTFILE '/tmp/x'", 500, '358', '(INTO_OUTFILE_NOT_ALLOWED)'],
  ])('%s answers %i with code %s', async (query, status, code, name) => {
    const answer = await post(query);
    expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([status, code]);
    expect(answer.text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: `));
    expect(answer.text).toContain(name);
  });

  test('GET reads and does not write', async () => {
    expect((await ask({ query: 'SELECT 1', max_threads: '1' }, { method: 'GET' })).text).toBe('1\n');
    const write = await ask(
      { query: `CREATE TABLE ${tableName()} (a UInt8) ENGINE = Memory`, readonly: '0' },
      { method: 'GET' },
    );
    expect(write.headers.get('x-clickhouse-exception-code')).toBe('164');
  });

  test('with wait_end_of_query an error comes by status, even after much output', async () => {
    const query = 'SELECT throwIf(number = 3000000) FROM numbers(10000000) SETTINGS max_block_size = 1000';
    expect((await ask({ query, wait_end_of_query: '1' })).status).toBe(500);
    expect((await ask({ query: 'SELECT 7 FORMAT JSONEachRow', wait_end_of_query: '1' })).text).toBe('{"7":7}\n');
  });
});

describe('formats', () => {
  const allTypes = 'a UInt64, b String, c FixedString(32), d Array(Nullable(Int128)), e DateTime64(3)';
  // Arrow, ORC and Parquet have no Int128 and no fixed strings; JSON replaces bytes that are not UTF-8.
  const narrowTypes = 'a UInt64, b String, e DateTime64(3)';
  const textTypes = 'a UInt64, d Array(Nullable(Int128)), e DateTime64(3)';
  const typesOfFormat: Readonly<Record<string, string>> = {
    RowBinary: allTypes,
    RowBinaryWithNamesAndTypes: allTypes,
    Native: allTypes,
    Parquet: narrowTypes,
    Arrow: narrowTypes,
    ArrowStream: narrowTypes,
    ORC: narrowTypes,
    CSVWithNames: allTypes,
    TabSeparatedWithNamesAndTypes: allTypes,
    JSONEachRow: allTypes,
    JSON: textTypes,
    Values: allTypes,
  };

  test.each(Object.entries(typesOfFormat))(
    '%s goes out and in again, 100,000 rows with every byte',
    async (format, types) => {
      const table = tableName();
      await post(`CREATE TABLE ${table} (${types}) ENGINE = MergeTree ORDER BY a`);
      const source = tableName();
      await post(
        `CREATE TABLE ${source} ENGINE = MergeTree ORDER BY a AS SELECT * FROM generateRandom('${types}', 42, 12, 3) LIMIT 100000`,
      );
      const out = await post(`SELECT * FROM ${source} FORMAT ${format}`);
      const body = new Uint8Array(out.bytes);
      expect((await ask({ query: `INSERT INTO ${table} FORMAT ${format}` }, { body })).text).toBe('');
      const sumOf = (name: string) => post(`SELECT count(), sum(cityHash64(*)) FROM ${name}`);
      expect((await sumOf(table)).text).toBe((await sumOf(source)).text);
      const query = `SELECT * FROM ${source} ORDER BY a LIMIT 1000 FORMAT ${format} SETTINGS output_format_write_statistics = 0`;
      const streamed = (await ask({ query })).bytes;
      for (const max_result_bytes of ['0', '30000000'])
        expect((await ask({ query, wait_end_of_query: '1', max_result_bytes })).bytes.equals(streamed)).toBe(true);
    },
  );

  test('a result beyond its own limit of bytes is refused, not cut', async () => {
    const query = 'SELECT toString(number) FROM numbers(1000000) FORMAT RowBinary';
    for (const max_result_bytes of ['1000000', '67108864', '67108865']) {
      const { headers, bytes } = await ask({ query, wait_end_of_query: '1', max_result_bytes });
      const code = headers.get('x-clickhouse-exception-code');
      expect([max_result_bytes, code, code === null && bytes.length]).toEqual(
        max_result_bytes === '1000000' ? ['1000000', '396', false] : [max_result_bytes, null, 6_888_890],
      );
    }
  });

  test('data that follows its query in one body is taken byte for byte', async () => {
    const table = tableName();
    await post(`CREATE TABLE ${table} (a FixedString(64)) ENGINE = Memory`);
    const data = randomBytes(64 * 5000);
    await post(new Uint8Array(Buffer.concat([Buffer.from(`INSERT INTO ${table} FORMAT RowBinary\n`), data])));
    expect((await post(`SELECT * FROM ${table} FORMAT RowBinary`)).bytes.equals(data)).toBe(true);
  });

  test('input() reads the data too', async () => {
    const table = tableName();
    await post(`CREATE TABLE ${table} (a UInt64) ENGINE = Memory`);
    await ask(
      { query: `INSERT INTO ${table} SELECT a * 2 FROM input('a UInt64, b String') WHERE b = 'x' FORMAT CSV` },
      { body: '1,x\n2,y\n3,x\n' },
    );
    expect((await post(`SELECT * FROM ${table} ORDER BY a`)).text).toBe('2\n6\n');
  });

  test('VALUES, with its strings, and an empty body', async () => {
    const table = tableName();
    await post(`CREATE TABLE ${table} (a UInt8, b String) ENGINE = Memory`);
    await post(`INSERT INTO ${table} VALUES (1, 'a;b'), (2, 'it\\'s') -- FORMAT CSV`);
    expect((await ask({ query: `INSERT INTO ${table} FORMAT JSONEachRow` }, { body: '' })).status).toBe(200);
    expect((await post(`SELECT b FROM ${table} ORDER BY a FORMAT TSVRaw`)).text).toBe("a;b\nit's\n");
  });

  test('gzip in both directions', async () => {
    const table = tableName();
    await post(`CREATE TABLE ${table} (a UInt64) ENGINE = Memory`);
    const body = new Uint8Array(gzipSync('1\n2\n3\n'));
    await ask({ query: `INSERT INTO ${table} FORMAT CSV` }, { body, headers: { 'Content-Encoding': 'gzip' } });
    const search = {
      query: `SELECT number + a FROM ${table} ARRAY JOIN range(50000) AS number`,
      enable_http_compression: '1',
    };
    const answer = await ask(search, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.text.trimEnd().split('\n')).toHaveLength(150_000);
    const broken = await ask(
      { query: `INSERT INTO ${table} FORMAT CSV` },
      { body: 'no gzip', headers: { 'Content-Encoding': 'gzip' } },
    );
    expect(broken.headers.get('x-clickhouse-exception-code')).toBe('354');
  });

  test('a body that breaks off inserts nothing', async () => {
    const table = tableName();
    await post(`CREATE TABLE ${table} (a UInt64) ENGINE = Memory`);
    const { hostname, port } = new URL(server.url);
    const path = `/?${new URLSearchParams({ query: `INSERT INTO ${table} FORMAT CSV` })}`;
    const request = http.request({ hostname, port, path, method: 'POST', headers: { 'Content-Length': '1000' } });
    request.on('error', () => {});
    await new Promise<void>((sent) => request.write('1\n2\n', () => sent()));
    request.destroy();
    expect((await post(`SELECT count() FROM ${table}`)).text).toBe('0\n');
  });

  test('a result larger than memory would like streams to a slow reader while others are served', async () => {
    const slow = await fetch(
      `${server.url}/?query=${encodeURIComponent('SELECT * FROM numbers(40000000) FORMAT RowBinary')}`,
    );
    expect((await post('SELECT 1')).text).toBe('1\n');
    let size = 0;
    for await (const chunk of slow.body ?? []) size += chunk.length;
    expect(size).toBe(40_000_000 * 8);
  });
});

describe('users', () => {
  test('a wrong password and an unknown user look alike', async () => {
    for (const user of ['reader', 'nobody']) {
      const answer = await ask({ query: 'SELECT 1' }, { headers: { Authorization: `Basic ${btoa(`${user}:wrong`)}` } });
      expect([answer.status, answer.headers.get('x-clickhouse-exception-code')]).toEqual([403, '516']);
    }
  });

  test.each([{ origin: 'https://somewhere.example' }, { 'sec-fetch-site': 'cross-site' }])(
    'a page in a browser (%j) is refused as a user without a password, and not as one with',
    async (sent) => {
      const status = (path: string, headers: http.OutgoingHttpHeaders) =>
        new Promise((resolve, reject) => {
          const request = http.request(server.url + path, { method: 'POST', headers: { ...headers, ...sent } });
          request.once('response', (answer) => resolve(answer.resume().headers['x-clickhouse-exception-code'] ?? null));
          request.once('error', reject).end('CREATE TABLE planted (a UInt8) ENGINE = Memory');
        });
      expect(await status('/', {})).toBe('516');
      expect((await post('EXISTS TABLE planted')).text).toBe('0\n');
      // Known, and held to reading.
      expect(await status('/', reader.headers)).toBe('164');
    },
  );

  test('a reader reads by header, basic authentication or URL', async () => {
    expect((await ask({ query: 'SELECT 1' }, reader)).text).toBe('1\n');
    expect(
      (await ask({ query: 'SELECT 2' }, { headers: { Authorization: `Basic ${btoa('reader:read it')}` } })).text,
    ).toBe('2\n');
    expect((await ask({ query: 'SELECT 3', user: 'reader', password: 'read it' })).text).toBe('3\n');
  });

  test.each([
    'CREATE TABLE z (a UInt8) ENGINE = Memory',
    'INSERT INTO system.one VALUES (1)',
    'DROP DATABASE default',
    'KILL QUERY WHERE 1',
    'SYSTEM FLUSH LOGS',
    'SET readonly = 0',
    'SELECT 1 SETTINGS readonly = 0',
    'SELECT 1 SETTINGS max_execution_time = 0',
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT file('/etc/passwd')",
    "SELECT `file` /**/ ('/etc/passwd')",
    "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
    "SELECT * FROM executable('x', 'TSV', 'a String')",
    "SELECT * FROM remote('127.0.0.1', system.one)",
    "EXPLAIN SELECT 1 INTO OUTFILE '/tmp/x'",
  ])('a reader is refused %s', async (query) => {
    const answer = await ask({ query }, reader);
    expect(answer.status).not.toBe(200);
    expect(['164', '358', '497']).toContain(answer.headers.get('x-clickhouse-exception-code'));
  });

  test('a reader can lower its limits and not raise them', async () => {
    expect((await ask({ query: "SELECT toUInt32(getSetting('max_execution_time'))" }, reader)).text).toBe('30\n');
    expect(
      (await ask({ query: "SELECT toUInt32(getSetting('max_execution_time'))", max_execution_time: '5' }, reader)).text,
    ).toBe('5\n');
    for (const setting of [
      { max_execution_time: '31' },
      { max_execution_time: '0' },
      { max_memory_usage: 'x' },
      { readonly: '0' },
    ]) {
      const answer = await ask({ query: 'SELECT 1', ...setting }, reader);
      expect(['452', '164']).toContain(answer.headers.get('x-clickhouse-exception-code'));
    }
  });

  test('a reader is held in a session too', async () => {
    const session = { session_id: randomUUID() };
    expect((await ask({ ...session, query: 'SELECT 1' }, reader)).text).toBe('1\n');
    const write = await ask({ ...session, query: 'CREATE TEMPORARY TABLE z (a UInt8)' }, reader);
    expect(write.headers.get('x-clickhouse-exception-code')).toBe('164');
  });
});

describe('many at once', () => {
  test('past the queue the answer is code 202, and all others are served', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask({ query: 'SELECT sleep(2) FORMAT Null' })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBe(12 - 2 - 3);
    for (const { headers } of refused) expect(headers.get('x-clickhouse-exception-code')).toBe('202');
  });

  test('a session runs one query at a time, and one id names one query', async () => {
    const session_id = randomUUID();
    const both = await Promise.all([1, 2].map(() => ask({ session_id, query: 'SELECT sleep(2)' })));
    expect(both.map(({ headers }) => headers.get('x-clickhouse-exception-code')).sort()).toEqual(['373', null]);
    const same = await Promise.all([1, 2].map(() => ask({ query_id: 'same', query: 'SELECT sleep(2)' })));
    expect(same.map(({ headers }) => headers.get('x-clickhouse-exception-code')).sort()).toEqual(['216', null]);
  });

  test('a long query does not hold up short ones', async () => {
    const leave = new AbortController();
    const endless = { query: 'SELECT count() FROM numbers(1000000000000) WHERE number % 3 = 1', query_id: 'endless' };
    const long = ask(endless, { signal: leave.signal });
    const isRunning = "SELECT count() FROM system.processes WHERE Settings['log_comment'] = 'endless'";
    await expect.poll(async () => (await post(isRunning)).text, { timeout: 20_000 }).toBe('1\n');
    for (let round = 0; round < 20; round += 1) expect((await post('SELECT 1')).text).toBe('1\n');
    expect((await post(isRunning)).text).toBe('1\n');
    leave.abort();
    await expect(long).rejects.toThrow('aborted');
    await expect.poll(async () => (await post(isRunning)).text, { timeout: 20_000 }).toBe('0\n');
  });
});
