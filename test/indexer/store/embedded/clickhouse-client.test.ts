/** Everything that @clickhouse/client does against a server works against the embedded one. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../../clickhouse/start-clickhouse.ts';

let server: RunningClickHouse;
let client: ReturnType<typeof createClient>;
const connect = (options: Parameters<typeof createClient>[0] = {}) =>
  createClient({ url: server.url, log: { level: ClickHouseLogLevel.OFF }, ...options });

beforeAll(async () => {
  server = await startEmbeddedClickHouse();
  client = connect();
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

async function newTable(columns: string): Promise<string> {
  const table = `t_${randomUUID().replaceAll('-', '')}`;
  await client.command({ query: `CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()` });
  return table;
}
const rowsOf = async (query: string): Promise<unknown[]> =>
  (await client.query({ query, format: 'JSONEachRow' })).json();

describe('queries', () => {
  test('ping answers', async () => {
    expect(await client.ping()).toEqual({ success: true });
    expect(await client.ping({ select: true })).toEqual({ success: true });
  });

  test.each(['JSON', 'JSONCompact', 'JSONStrings', 'JSONColumnsWithMetadata'] as const)(
    '%s is one whole document',
    async (format) => {
      const result = await client.query({ query: 'SELECT number FROM numbers(500000)', format });
      expect(await result.json()).toMatchObject({ rows: 500_000 });
    },
  );

  test('an empty result keeps its meta', async () => {
    const result = await client.query({ query: 'SELECT 1 AS x WHERE 0', format: 'JSON' });
    expect(await result.json()).toMatchObject({ meta: [{ name: 'x', type: 'UInt8' }], data: [], rows: 0 });
  });

  test('a stream of rows is complete and in order', async () => {
    const result = await client.query({
      query: 'SELECT toString(number) AS n FROM numbers(300000)',
      format: 'JSONEachRow',
    });
    let next = 0;
    let misplacedCount = 0;
    for await (const rows of result.stream<{ n: string }>()) {
      for (const row of rows) {
        if (row.json().n !== String(next)) misplacedCount += 1;
        next += 1;
      }
    }
    expect(misplacedCount).toBe(0);
    expect(next).toBe(300_000);
  });

  test('responses and requests can be compressed', async () => {
    const compressed = connect({ compression: { request: true, response: true } });
    const table = await newTable('a UInt64');
    await compressed.insert({ table, values: Array.from({ length: 5000 }, (_, a) => ({ a })), format: 'JSONEachRow' });
    const result = await compressed.query({
      query: `SELECT a FROM ${table} ARRAY JOIN range(20) ORDER BY a`,
      format: 'JSONCompactEachRow',
    });
    expect(await result.json()).toHaveLength(100_000);
    await compressed.close();
  });
});

describe('query parameters', () => {
  test('values of every kind arrive as they were', async () => {
    const query_params = {
      big: 18446744073709551615n,
      list: [1n, 2n, 9007199254740993n],
      text: 'it\'s "quoted"\t\\tab\n\\N `x` {y:String} ü 🚀',
      none: null,
      texts: ["a'b", 'c\\d', 'e\tf', 'g\nh'],
      table: 'one',
    };
    const query = `SELECT {big:UInt64} AS big, {list:Array(UInt64)} AS list, {text:String} AS text,
      {none:Nullable(String)} AS none, {texts:Array(String)} AS texts FROM system.{table:Identifier}`;
    const result = await client.query({
      query,
      query_params,
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    const expected = { big: '18446744073709551615', list: ['1', '2', '9007199254740993'], text: query_params.text };
    expect(await result.json()).toEqual([{ ...expected, none: null, texts: query_params.texts }]);
  });

  test('any string comes back unchanged', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'\\\'"`\t\n\r;{}-/*$ aN0é🚀') });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const result = await client.query({
          query: 'SELECT {v:String} AS v',
          query_params: { v: value },
          format: 'JSONEachRow',
        });
        expect(await result.json()).toEqual([{ v: value }]);
      }),
      { numRuns: 60 },
    );
  });

  test('a parameter that is missing, or not of its type, is an error', async () => {
    await expect(client.query({ query: 'SELECT {x:UInt8}' })).rejects.toMatchObject({ code: '456' });
    await expect(client.query({ query: 'SELECT {x:UInt8}', query_params: { x: 'a' } })).rejects.toMatchObject({
      code: '457',
    });
  });
});

describe('inserts', () => {
  test('arrays, streams, columns and settings', async () => {
    const table = await newTable("a UInt64, b String DEFAULT 'd'");
    const first = await client.insert({
      table,
      values: [{ a: '18446744073709551615', b: "x'\n" }],
      format: 'JSONEachRow',
    });
    expect(first.summary?.written_rows).toBe('1');
    await client.insert({
      table,
      values: Readable.from([
        [1, 'x'],
        [2, 'y'],
      ]),
      format: 'JSONCompactEachRow',
    });
    await client.insert({ table, values: [[3]], columns: ['a'], format: 'JSONCompactEachRow' });
    await client.insert({ table, values: Readable.from(['4\tz\n'], { objectMode: false }), format: 'TabSeparated' });
    expect(await rowsOf(`SELECT toString(a) AS a, b FROM ${table} ORDER BY ${table}.a`)).toEqual([
      { a: '1', b: 'x' },
      { a: '2', b: 'y' },
      { a: '3', b: 'd' },
      { a: '4', b: 'z' },
      { a: '18446744073709551615', b: "x'\n" },
    ]);
  });

  test('a stream of 300,000 rows arrives whole', async () => {
    const table = await newTable('a UInt64');
    const rows = function* () {
      for (let a = 0; a < 300_000; a += 1) yield { a };
    };
    await client.insert({ table, values: Readable.from(rows()), format: 'JSONEachRow' });
    expect(await rowsOf(`SELECT count() = 300000 AND sum(a) = 44999850000 AS ok FROM ${table}`)).toEqual([{ ok: 1 }]);
  });

  test('a row that cannot be read leaves nothing behind', async () => {
    const table = await newTable('a UInt8');
    const values = [{ a: 1 }, { a: 'no number' }];
    await expect(client.insert({ table, values, format: 'JSONEachRow' })).rejects.toMatchObject({ code: '27' });
    expect(await rowsOf(`SELECT count() = 0 AS ok FROM ${table}`)).toEqual([{ ok: 1 }]);
  });

  test('a repeated deduplication token writes once', async () => {
    const table = `t_${randomUUID().replaceAll('-', '')}`;
    const settings = 'SETTINGS non_replicated_deduplication_window = 100';
    await client.command({ query: `CREATE TABLE ${table} (a UInt8) ENGINE = MergeTree ORDER BY a ${settings}` });
    for (const token of ['one', 'one', 'two']) {
      await client.insert({
        table,
        values: [{ a: 1 }],
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token: token },
      });
    }
    expect(await rowsOf(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: 2 }]);
  });
});

describe('settings, sessions and cancelling', () => {
  test('settings of one query never reach another', async () => {
    const query = "SELECT getSetting('max_block_size') AS size, getSetting('log_comment') AS comment";
    const mine = Array.from({ length: 40 }, async (_, index) => {
      const clickhouse_settings =
        index % 2 === 0 ? { max_block_size: String(1000 + index), log_comment: `c${index}` } : {};
      const result = await client.query({
        query,
        format: 'JSONEachRow',
        clickhouse_settings,
        query_id: `leak-${index}`,
      });
      const [row] = await result.json<{ size: string | number; comment: string }>();
      const expected = index % 2 === 0 ? [1000 + index, `c${index}`] : [65409, `leak-${index}`];
      expect([Number(row?.size), row?.comment]).toEqual(expected);
    });
    await Promise.all(mine);
  });

  test('a session keeps its settings and temporary tables, others do not see them', async () => {
    const session = connect({ session_id: randomUUID() });
    await session.command({ query: 'SET max_block_size = 1234' });
    await session.command({ query: 'CREATE TEMPORARY TABLE mine (a UInt8)' });
    await session.insert({
      table: 'mine',
      values: [{ a: 7 }],
      format: 'JSONEachRow',
      clickhouse_settings: { max_block_size: '99' },
    });
    const own = await session.query({
      query: "SELECT a, toUInt32(getSetting('max_block_size')) AS s FROM mine",
      format: 'JSONEachRow',
    });
    expect(await own.json()).toEqual([{ a: 7, s: 1234 }]);
    await expect(client.query({ query: 'SELECT * FROM mine' })).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    });
    await session.close();
  });

  test('an aborted query is stopped in the engine', async () => {
    const abort = new AbortController();
    const query_id = randomUUID();
    const endless = client.query({
      query: 'SELECT count() FROM numbers(1000000000000) WHERE number % 3 = 1',
      abort_signal: abort.signal,
      query_id,
    });
    const count = async (): Promise<unknown> => {
      const query = "SELECT count() AS n FROM system.processes WHERE Settings['log_comment'] = {id:String}";
      const result = await client.query({ query, query_params: { id: query_id }, format: 'JSONEachRow' });
      return (await result.json<{ n: number }>())[0]?.n;
    };
    await expect.poll(count, { timeout: 25_000 }).toBe(1);
    abort.abort();
    await expect(endless).rejects.toThrow('aborted');
    await expect.poll(count, { timeout: 25_000 }).toBe(0);
  });

  test('a database that is named is used', async () => {
    const system = connect({ database: 'system' });
    expect(
      await (await system.query({ query: 'SELECT currentDatabase() AS d', format: 'JSONEachRow' })).json(),
    ).toEqual([{ d: 'system' }]);
    await system.close();
    const missing = connect({ database: 'nowhere' });
    await expect(missing.command({ query: 'SELECT 1' })).rejects.toMatchObject({
      code: '81',
      type: 'UNKNOWN_DATABASE',
    });
    await missing.close();
  });
});

describe('errors', () => {
  test.each([
    ['SELECT * FROM nowhere', '60', 'UNKNOWN_TABLE'],
    ['selec 1', '62', 'SYNTAX_ERROR'],
    ['SELECT nothing', '47', 'UNKNOWN_IDENTIFIER'],
    ['SELECT absentFunction()', '46', 'UNKNOWN_FUNCTION'],
    ['CREATE TABLE x (a Nope) ENGINE = Memory', '50', 'UNKNOWN_TYPE'],
  ])('%s is ClickHouseError %s', async (query, code, type) => {
    await expect(client.command({ query })).rejects.toMatchObject({ name: 'Error', code, type });
  });

  test('an error in the middle of a stream is raised at the reader', async () => {
    const query = 'SELECT number, throwIf(number = 3000000) FROM numbers(10000000) SETTINGS max_block_size = 1000';
    const read = async (): Promise<void> => {
      for await (const _ of (await client.query({ query, format: 'JSONEachRow' })).stream());
    };
    await expect(read()).rejects.toMatchObject({ code: '395', type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' });
  });

  test('time and row limits hold', async () => {
    const slow = {
      query: 'SELECT count() FROM numbers(1000000000000) WHERE number % 3 = 1',
      clickhouse_settings: { max_execution_time: 1 },
    };
    await expect(client.query(slow)).rejects.toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
    const many = { query: 'SELECT * FROM numbers(1000)', clickhouse_settings: { max_rows_to_read: '10' } };
    await expect(client.query(many)).rejects.toMatchObject({ code: '158', type: 'TOO_MANY_ROWS' });
    await expect(client.query({ query: 'SELECT 1', clickhouse_settings: { nope: 1 } as never })).rejects.toMatchObject({
      code: '115',
    });
  });
});
