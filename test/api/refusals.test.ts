import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_QUERY_LIMITS } from '../../api/limits/query-limits.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createStoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningApi, startApi } from './start-api.ts';

const MEBIBYTE = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const MOST_REFUSAL_MS = 100;

let server: RunningClickHouse;
let database: Database;
let api: RunningApi;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openDatabase(server.url);
  api = await startApi(database.client, await loadProgramRegistry(database.settings));
});
afterAll(async () => {
  await api.stop();
  await database.drop();
  await server.stop();
});

async function post(body: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The codes of an answer without data. */
async function refusal(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown[]> {
  const { data, errors } = await api.ask(query, variables);
  expect(data ?? null).toBeNull();
  return [...new Set(errors?.map((each) => each.extensions?.code) ?? [])];
}

/** Processor time of the cheapest of several tries, of whoever asks and of the API: the clock would tell of other work too. */
async function costMs(run: () => Promise<unknown>): Promise<number> {
  let cheapest = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 10 && cheapest > MOST_REFUSAL_MS / 2; attempt++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    cheapest = Math.min(cheapest, (user + system) / 1_000);
  }
  return cheapest;
}

function nested(levels: number): unknown {
  return Array.from({ length: levels }).reduce((inner) => ({ inner }), {});
}

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, i) => text(i));
const key = '9x'.padEnd(43, '1');

/** Fragments of which each spreads the next twice. */
function doubling(length: number): string {
  const links = times(length, (i) => `fragment F${i} on Meta { ...F${i + 1} ...F${i + 1} }`);
  return `{ _meta { ...F0 } } ${links.join('\n')} fragment F${length} on Meta { slot }`;
}

function filtered(name: string, field: string, is: string, value: string): string {
  return `{ events(first: 1, ${name} where: [{ field: "${field}", is: ${is}, values: ["${value}"] }]) { edges { cursor } } }`;
}

function called(conditions: number, values: number): string {
  const condition = `{ name: "a", values: [${times(values, (i) => `"${i}"`).join(' ')}] }`;
  return `{ instructions(first: 1, args: [${times(conditions, () => condition).join(' ')}]) { edges { cursor } } }`;
}

function fragmentFlood(count: number): string {
  return `{ _meta { slot } } ${times(count, (i) => `fragment F${i} on Meta { slot }`).join(' ')}`;
}

function circle(length: number): string {
  const links = times(length, (i) => `fragment F${i} on Meta { ...F${(i + 1) % length} }`);
  return `{ _meta { ...F0 } } ${links.join(' ')}`;
}

const everything =
  '{ transactions(first: 500) { edges { node { instructions { name accounts { name address } } events { name fields } } } } }';

const documents: readonly (readonly [name: string, code: string, query: string])[] = [
  ['a deep one', 'API__TOO_MANY_FIELDS', `{ ${'_meta { '.repeat(600)} slot ${'}'.repeat(600)} }`],
  ['a longer one', 'API__TOO_MANY_TOKENS', `{ ${'_meta { '.repeat(5_000)} slot ${'}'.repeat(5_000)} }`],
  ['a wide one', 'API__TOO_MANY_FIELDS', `{ _meta { ${'slot '.repeat(1_500)} } }`],
  [
    'root fields under 1,000 aliases',
    'API__TOO_MANY_TOKENS',
    `{ ${times(1_000, (i) => `a${i}: _meta { slot }`).join(' ')} }`,
  ],
  ['root fields under 16 aliases', 'API__TOO_MANY_ROOTS', `{ ${times(16, (i) => `a${i}: _meta { slot }`).join(' ')} }`],
  ['one field under 31 aliases', 'API__TOO_MANY_ALIASES', `{ _meta { ${times(31, (i) => `a${i}: slot`).join(' ')} } }`],
  ['a huge page', 'API__BAD_PAGE', '{ events(first: 2147483647) { edges { cursor } } }'],
  ['a page of nothing', 'API__BAD_PAGE', '{ events(first: 0) { edges { cursor } } }'],
  ['a negative page', 'API__BAD_PAGE', '{ blocks(first: -5) { edges { cursor } } }'],
  ['no first', 'API__BAD_PAGE', '{ events { edges { cursor } } }'],
  ['no first of a list that goes one way', 'API__INVALID_QUERY', '{ orders { edges { cursor } } }'],
  ['a page both ways', 'API__BAD_PAGE', '{ events(first: 1, last: 1) { edges { cursor } } }'],
  ['a filter without an event', 'API__BAD_FILTER', filtered('', 'pool', 'EQ', '1')],
  ['nine conditions on arguments', 'API__BAD_FILTER', called(9, 1)],
  ['an argument of 21 values', 'API__BAD_FILTER', called(1, 21)],
  ['a filter by no field', 'API__BAD_FILTER', filtered('name: "StakeEvent"', '1 OR 1', 'EQ', '1')],
  ['a filter by a number that is none', 'STORE__BAD_FILTER', filtered('name: "StakeEvent"', 'epoch', 'EQ', '1) OR (1')],
  ['a filter by a key that is none', 'STORE__BAD_FILTER', filtered('name: "StakeEvent"', 'owner', 'EQ', 'me')],
  ['a filter by order of keys', 'STORE__BAD_FILTER', filtered('name: "StakeEvent"', 'owner', 'LT', key)],
  [
    'ten full pages',
    'API__TOO_COMPLEX',
    `{ ${times(10, (i) => `a${i}: events(first: 500) { edges { node { slot name fields signature } } }`).join(' ')} }`,
  ],
  [
    'a circle of fragments',
    'API__INVALID_QUERY',
    '{ _meta { ...A } } fragment A on Meta { ...B } fragment B on Meta { ...A }',
  ],
  ['a fragment in itself', 'API__INVALID_QUERY', '{ ...A } fragment A on Query { _meta { slot } ...A }'],
  ['doubling fragments', 'API__TOO_MANY_FIELDS', doubling(60)],
  ['doubling fragments without end', 'API__TOO_MANY_TOKENS', doubling(500)],
  [
    'introspection many times',
    'API__TOO_MANY_ROOTS',
    `{ ${times(40, (i) => `a${i}: __schema { types { name } }`).join(' ')} }`,
  ],
  [
    'introspection in a circle',
    'API__INVALID_QUERY',
    `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} } '.repeat(8)} } } }`,
  ],
  [
    'directives by the hundred on one field',
    'API__INVALID_QUERY',
    `{ _meta { slot ${'@include(if: true) '.repeat(250)} } }`,
  ],
  ['five hundred fragments that nobody spreads', 'API__TOO_MANY_TOKENS', fragmentFlood(500)],
  ['a hundred fragments in a circle', 'API__INVALID_QUERY', circle(100)],
  [
    'a deep introspection of types',
    'API__INVALID_QUERY',
    `{ __schema { types { ${'ofTypes { '.repeat(90)} name ${'}'.repeat(90)} } } }`,
  ],
  ['transactions with all they have, by the page', 'API__TOO_COMPLEX', everything],
  ['six counts', 'API__TOO_COMPLEX', `{ ${times(6, (i) => `a${i}: events(first: 1) { totalCount }`).join(' ')} }`],
  ['many directives', 'API__TOO_MANY_TOKENS', `{ _meta { slot ${'@include(if: true) '.repeat(1_000)} } }`],
  ['an unknown field', 'API__INVALID_QUERY', '{ nothing }'],
  ['a mutation', 'API__READ_ONLY', 'mutation { drop }'],
  ['no GraphQL', 'API__SYNTAX', 'SELECT * FROM events'],
  ['two subscriptions at once', 'API__INVALID_QUERY', 'subscription { events { cursor } incidents { cursor } }'],
  ['an empty text', 'API__SYNTAX', ''],
  ['a number that is too wide', 'API__BAD_VALUE', '{ rewardEpoch(number: "18446744073709551616") { state } }'],
  ['a negative number', 'API__BAD_VALUE', '{ rewardEpoch(number: -1) { state } }'],
  ['a key that is too short', 'API__BAD_VALUE', '{ pool(address: "abc") { name } }'],
  ['a key that is no base58', 'API__BAD_VALUE', `{ pool(address: "0${key}") { name } }`],
  ['a slot to come', 'API__FUTURE_SLOT', '{ pools(first: 1, atSlot: "99") { edges { cursor } } }'],
];

describe('a document is refused with a code:', () => {
  it.each(documents)('%s', async (_, code, query) => {
    expect(await refusal(query)).toEqual([code]);
    expect(await costMs(() => api.ask(query))).toBeLessThan(MOST_REFUSAL_MS);
  });

  it.each([
    ['a list for a key', { address: [key] }],
    ['an object for a key', { address: { length: 32 } }],
    ['a number for a key', { address: 7 }],
    ['nothing for a key', {}],
    ['a very long key', { address: '1'.repeat(50_000) }],
    ['a list of thousands for a key', { address: times(5_000, () => '1') }],
    ['an object of many levels for a key', { address: nested(2_000) }],
    ['five thousand variables that nobody named', Object.fromEntries(times(5_000, (i) => `v${i}`).map((v) => [v, 1]))],
  ])('%s', async (_, variables) => {
    const query = 'query ($address: PublicKey!) { pool(address: $address) { name } }';
    expect(await refusal(query, variables)).toEqual(['API__BAD_VALUE']);
    expect(await costMs(() => api.ask(query, variables))).toBeLessThan(MOST_REFUSAL_MS);
  });

  it('a filter with ten thousand values', async () => {
    const where = [{ field: 'epoch', is: 'EQ', values: times(10_000, (i) => `${i % 10}`) }];
    const query =
      'query ($where: [FieldFilter!]) { events(first: 1, name: "StakeEvent", where: $where) { edges { cursor } } }';
    expect(await refusal(query, { where })).toEqual(['STORE__BAD_FILTER']);
    expect(await costMs(() => api.ask(query, { where }))).toBeLessThan(MOST_REFUSAL_MS);
  });

  it('but what a tool asks of the schema is answered', async () => {
    expect((await api.ask(getIntrospectionQuery())).errors).toBeUndefined();
  });
});

describe('a request is refused with a code:', () => {
  it.each([
    ['malformed JSON', '{"query":', 'API__BAD_REQUEST'],
    ['JSON that is no object', '7', 'API__BAD_REQUEST'],
    ['null', 'null', 'API__BAD_REQUEST'],
    ['a batch', JSON.stringify(times(100, () => '').map(() => ({ query: '{ _meta { slot } }' }))), 'API__BAD_REQUEST'],
    ['a query that is no text', '{"query":{"a":1}}', 'API__BAD_REQUEST'],
    ['variables that are no object', '{"query":"{ _meta { slot } }","variables":"a"}', 'API__BAD_REQUEST'],
  ])('%s', async (_, body, code) => {
    const { text } = await post(body);
    expect(JSON.parse(text).errors[0].extensions.code).toBe(code);
  });

  it('10 MiB that are announced', async () => {
    const said = await sendSpaces(10 * MEBIBYTE, `Content-Length: ${10 * MEBIBYTE}`, (chunk) => chunk);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toContain('API__TOO_LARGE');
  });

  it('10 MiB that are not announced', async () => {
    const asChunk = (chunk: string) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
    const said = await sendSpaces(10 * MEBIBYTE, 'Transfer-Encoding: chunked', asChunk);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toContain('API__TOO_LARGE');
  });

  it('forms with files', async () => {
    const body = new FormData();
    body.set('operations', '{"query":"{ _meta { slot } }"}');
    const response = await fetch(`${api.url}/graphql`, { method: 'POST', body });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });
});

describe('a failure on our side', () => {
  it('is named with an id and no word about what failed', async () => {
    const closed = createStoreClient({ ...database.settings, CLICKHOUSE_URL: 'http://127.0.0.1:1' });
    const broken = await startApi(closed, await loadProgramRegistry(database.settings));
    const { errors } = await broken.ask('{ _meta { slot } }');
    await broken.stop();
    expect(errors?.[0]?.extensions?.code).toBe('API__UNAVAILABLE');
    expect(errors?.[0]?.message).toMatch(/^The ledger cannot be read right now, try again \([0-9a-f-]{36}\)$/);
  });

  it('does not tell SQL, tables or addresses when the database is not migrated', async () => {
    const unknown = createStoreClient({ ...database.settings, CLICKHOUSE_DATABASE: 'nowhere' });
    const broken = await startApi(unknown, await loadProgramRegistry(database.settings));
    const { errors } = await broken.ask('{ _meta { slot } providers(first: 1) { edges { cursor } } }');
    const ready = await (await fetch(`${broken.url}/readyz`)).text();
    await broken.stop();
    for (const text of [JSON.stringify(errors), ready])
      expect(text).not.toMatch(/SELECT|nowhere|canonical|127\.0\.0\.1/);
    expect(new Set(errors?.map((each) => each.extensions?.code))).toEqual(new Set(['API__INTERNAL']));
  });
});

describe('what the API may ask of ClickHouse', () => {
  it.each(['DROP TABLE blocks', 'TRUNCATE TABLE blocks', 'INSERT INTO cursors SELECT * FROM cursors'])(
    'is not %s',
    async (sql) => {
      const client = createStoreClient(database.settings, { limits: API_QUERY_LIMITS });
      await expect(client.bytes(sql, {}, 'Null', API_QUERY_LIMITS)).rejects.toThrow(/READONLY|readonly/);
      await client.close();
    },
  );

  it('ends where its memory ends, as something that is too large', async () => {
    const client = createStoreClient(database.settings, { limits: API_QUERY_LIMITS });
    const greedy = client.bytes('SELECT length(groupArray(number)) FROM numbers(1000000000)', {}, 'RowBinary');
    await expect(greedy).rejects.toMatchObject({ code: 'STORE__QUERY_TOO_LARGE' });
    await client.close();
  });
});

it('answers are counted by code', async () => {
  await api.ask('{ _meta { slot } }');
  const text = await (await fetch(`${api.url}/metrics`)).text();
  expect(text).toMatch(/^plumbline_api_answers_total [1-9]\d*$/m);
  expect(text).toMatch(/^plumbline_api_errors_total\{code="API__SYNTAX"\} [1-9]\d*$/m);
  expect(text).toMatch(/^plumbline_api_request_duration_seconds_bucket\{le="\+Inf"\} [1-9]\d*$/m);
});

it('what is admitted costs what was reckoned, asked anew or kept, and what is refused costs nothing', async () => {
  const points = async () =>
    Number(/^plumbline_api_cost_points_total (\d+)$/m.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1]);
  const before = await points();
  // A page of 100 rows: the field, and for each the edge, its row and a field of it.
  const query = '{ blocks(first: 100) { edges { node { slot } } } }';
  await api.ask(query);
  const once = (await points()) - before;
  await api.ask(query);
  expect(await points()).toBe(before + 2 * once);
  expect(once).toBeGreaterThan(200);
  for (const refused of ['{ nothing }', 'mutation { drop }', '{ six', everything]) await api.ask(refused);
  expect(await points()).toBe(before + 2 * once);
});

it('no other origin is let in', async () => {
  const { headers } = await post('{"query":"{ _meta { slot } }"}', { origin: 'https://elsewhere.example' });
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

/** A body of spaces written on a bare socket; what the server said until it closed. */
function sendSpaces(byteCount: number, header: string, framed: (chunk: string) => string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${header}\r\n\r\n`);
      for (let sent = 0; sent < byteCount; sent += CHUNK_BYTES) socket.write(framed(' '.repeat(CHUNK_BYTES)));
    });
    socket.on('data', (data) => {
      said += data.toString();
      // A server that only answered would be waiting for the rest.
      if (said.includes('}]}')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(said));
  });
}
