/** Budgets in a real Redis, documents by their hash, and answers that were kept. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BudgetStore, createBudgetStore } from '../../api/budget/budget-store.ts';
import { readKeyFile, SCOPES, type Scope } from '../../api/budget/key-file.ts';
import { InputError } from '../../indexer/domain/errors.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningRedis, startRedis } from '../redis/start-redis.ts';
import { type RunningApi, startApi } from './start-api.ts';

const KEY = 'a-key-that-was-given';
const READER = 'a-key-that-may-read';
const EXPORTER = 'a-key-that-may-export';
const CAPACITY = 100;
/** Slow enough to stand still in a test. */
const REFILL_PER_SECOND = 0.01;
/** On a busy machine Redis may be slow; what it says is waited for all the same. */
const REDIS_PATIENCE_MS = 30_000;
const COSTS_40 = '{ events(first: 13) { edges { node { slot name } } } }';

let server: RunningClickHouse;
let redis: RunningRedis;
let database: Database;
let budgetStore: BudgetStore;
let api: RunningApi;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  [server, redis] = await Promise.all([startPreparedClickHouse('small'), startRedis()]);
  database = await openDatabase(server.url);
  budgetStore = createBudgetStore(redis.url, REDIS_PATIENCE_MS);
  const budget = { capacity: CAPACITY, refillPerSecond: REFILL_PER_SECOND };
  const large = { ...budget, capacity: 1_000_000 };
  const key = (id: string, text: string, scopes: readonly Scope[]) => ({
    ...{ id, scopes, budget: large },
    hash: Buffer.from(sha256(text), 'hex'),
  });
  const keys = [key('all', KEY, SCOPES), key('reader', READER, ['read']), key('exporter', EXPORTER, ['export'])];
  const budgets = { perAddress: budget, openScopes: ['read'] as const, keys };
  const registry = await loadProgramRegistry(database.settings);
  api = await startApi(database.client, registry, '', undefined, { budgets, budgetStore });
  await createBlockStore(database.client, smallEventTables).commit(chainOf(1n, 10, 'main', null));
  while (!budgetStore.isUp()) await sleep(20);
});
afterAll(async () => {
  await api.stop();
  budgetStore.close();
  await database.drop();
  await Promise.all([server.stop(), redis.stop()]);
});

async function post(body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
  const answer: any = await response.json();
  return { status: response.status, headers: response.headers, answer };
}
const withKey = { 'x-api-key': KEY };

describe('a budget', () => {
  it('is told with every answer, and refuses what costs more than is left', async () => {
    const first = await post({ query: COSTS_40 });
    const { points, limit, remaining } = first.answer.extensions.cost;
    expect({ points, limit, remaining }).toEqual({ points: 41, limit: CAPACITY, remaining: CAPACITY - 41 });
    expect(first.headers.get('x-query-cost')).toBe('41');
    expect(first.headers.get('ratelimit-remaining')).toBe(String(CAPACITY - 41));
    await post({ query: COSTS_40 });
    const third = await post({ query: COSTS_40 });
    expect(third.status).toBe(429);
    expect(third.answer.errors[0].extensions.code).toBe('API__RATE_LIMITED');
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(1_000);
    expect(third.answer.data ?? null).toBeNull();
  });

  it('is another for a key that is known; an unknown one is refused', async () => {
    const known = await post({ query: '{ serviceConfig { budgetPoints maxPageRows } }' }, withKey);
    expect(known.answer.data.serviceConfig).toEqual({ budgetPoints: 1_000_000, maxPageRows: 500 });
    expect((await post({ query: COSTS_40 }, { authorization: `Bearer ${KEY}` })).answer.data).toBeDefined();
    const unknown = await post({ query: COSTS_40 }, { 'x-api-key': 'guessed' });
    expect([unknown.status, unknown.answer.errors[0].extensions.code]).toEqual([401, 'API__BAD_KEY']);
  });

  it('holds for files that are open to all', async () => {
    const response = await fetch(`${api.url}/artefacts/1.json`);
    expect([response.status, response.headers.get('x-query-cost')]).toEqual([429, '2000']);
  });

  it('fills at its rate and never beyond its capacity, whoever asks at once', async () => {
    const budget = { capacity: 50, refillPerSecond: 100 };
    const at = Date.now();
    const taken = await Promise.all(Array.from({ length: 40 }, () => budgetStore.take('many', 5, budget)));
    const allowed = taken.filter((each) => each?.isAllowed).length;
    const filled = ((Date.now() - at) / 1_000) * budget.refillPerSecond;
    expect(allowed).toBeGreaterThanOrEqual(10);
    expect(allowed).toBeLessThanOrEqual(Math.floor((50 + filled) / 5));
    await sleep(700);
    expect((await budgetStore.take('many', 0, budget))?.remaining).toBe(50);
  });
});

describe('a document by its hash', () => {
  const query = '{ blocks(first: 2) { edges { node { slot } } } }';
  const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

  it('is asked for once, and found from then on', async () => {
    const unknown = await post({ extensions: persisted(query) }, withKey);
    expect(unknown.answer.errors[0]).toMatchObject({
      message: 'PersistedQueryNotFound',
      extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' },
    });
    const told = await post({ query, extensions: persisted(query) }, withKey);
    const found = await post({ extensions: persisted(query) }, withKey);
    expect(found.answer.data.blocks.edges).toHaveLength(2);
    expect(found.answer.data).toEqual(told.answer.data);
  });

  it('is refused under the hash of another', async () => {
    const { answer } = await post({ query, extensions: persisted(`${query} `) }, withKey);
    expect(answer.errors[0].extensions.code).toBe('API__BAD_REQUEST');
  });
});

describe('an answer that was kept', () => {
  it('is found while nothing changes, and never after a block was committed or replaced', async () => {
    const store = createBlockStore(database.client, smallEventTables);
    const query = '{ blocks(first: 1) { edges { node { slot blockhash } } } }';
    const newest = async () => (await post({ query }, withKey)).answer.data.blocks.edges[0].node;
    const found = async () =>
      Number(/found="true"} (\d+)/.exec(await (await fetch(`${api.url}/metrics`)).text())?.[1] ?? 0);
    let chain = chainOf(1n, 10, 'main', null);
    expect(await newest()).toMatchObject({ slot: '10' });
    const before = await found();
    await newest();
    expect(await found()).toBe(before + 1);
    for (let round = 0; round < 10; round++) {
      if (round % 3 === 2) await store.cancelAbove(BigInt(chain.length - 2));
      if (round % 3 === 2) chain = chain.slice(0, -2);
      const next = chainOf(BigInt(chain.length + 1), 1, `round ${round}`, chain.at(-1) ?? null);
      await store.commit(next);
      chain.push(...next);
      expect(await newest(), `round ${round}`).toMatchObject({ slot: String(chain.length) });
      // Of many who ask at once one is answered anew.
      const earlier = await found();
      const all = await Promise.all(Array.from({ length: 8 }, newest));
      expect(all.every(({ slot }) => slot === String(chain.length))).toBe(true);
      // A merge of parts is taken for a change.
      expect(await found()).toBeGreaterThanOrEqual(earlier + 6);
    }
    const next = chainOf(BigInt(chain.length + 1), 1, 'last', chain.at(-1) ?? null);
    await store.commit(next);
    const earlier = await found();
    await Promise.all(Array.from({ length: 8 }, newest));
    expect(await found()).toBeGreaterThanOrEqual(earlier + 5);
  });

  it('is paid for, and has the tag of what it tells', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ blocks(first: 3) { edges { node { slot } } } }')}`;
    const get = (headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${api.url}${path}`, { headers: { ...withKey, ...headers } });
    const first = await get();
    const anew = await first.json();
    const again = await get();
    const kept = await again.json();
    const etag = again.headers.get('etag') ?? '';
    expect(etag).toBe(first.headers.get('etag'));
    expect(kept.data).toEqual(anew.data);
    expect(kept.extensions.cost.remaining).toBe(anew.extensions.cost.remaining - anew.extensions.cost.points);
    for (const name of ['x-query-cost', 'ratelimit-limit', 'content-type', 'cache-control'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    const known = await get({ 'if-none-match': etag });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });
});

it('without Redis everybody is answered, and the metrics say so', async () => {
  await redis.kill();
  while (budgetStore.isUp()) await sleep(20);
  for (let index = 0; index < 5; index++)
    expect((await post({ query: COSTS_40 })).answer.data.events.edges).toBeDefined();
  const text = await (await fetch(`${api.url}/metrics`)).text();
  expect(text).toMatch(/^plumbline_api_budgets_up 0$/m);
  expect(text).toMatch(/^plumbline_api_unchecked_budgets_total [5-9]$/m);
});

describe('a scope', () => {
  const prepare =
    '{ prepareVote(owner: "11111111111111111111111111111111", proposalId: "0", choice: FOR) { __typename } }';
  const inFragment = `query { ...Inside } fragment Inside on Query { ... on Query { _meta { slot } } }`;
  const codeOf = async (query: string, key: string | null) => {
    const { status, answer } = await post({ query }, key === null ? {} : { 'x-api-key': key });
    return [status, answer.errors?.[0]?.extensions.code];
  };
  const fileStatus = async (path: string, key: string | null) => {
    const response = await fetch(`${api.url}${path}`, { headers: key === null ? {} : { 'x-api-key': key } });
    await response.arrayBuffer();
    return response.status;
  };

  it('that a key does not have is refused by name, wherever the field stands', async () => {
    expect(await codeOf('{ _meta { slot } }', READER)).toEqual([200, undefined]);
    expect(await codeOf(prepare, READER)).toEqual([403, 'API__NO_SCOPE']);
    expect(await codeOf('{ _meta { slot } }', EXPORTER)).toEqual([403, 'API__NO_SCOPE']);
    expect(await codeOf(inFragment, EXPORTER)).toEqual([403, 'API__NO_SCOPE']);
    expect(await codeOf('{ serviceConfig { maxCost } }', EXPORTER)).toEqual([200, undefined]);
  });

  it('that is not open to all needs a key', async () => {
    expect(await codeOf(prepare, null)).toEqual([401, 'API__KEY_NEEDED']);
    expect(await fileStatus('/export/blocks.csv', null)).toBe(401);
    expect(await fileStatus('/export/blocks.csv', READER)).toBe(403);
    expect(await fileStatus('/export/blocks.csv', EXPORTER)).toBe(200);
    expect(await fileStatus('/export/blocks.csv', 'guessed')).toBe(401);
    expect(await fileStatus('/price/0', EXPORTER)).toBe(403);
    expect(await fileStatus('/artefacts/1.json', null)).toBe(404);
    expect(await fileStatus('/artefacts/1.json', 'guessed')).toBe(401);
  });

  it('stands in a file beside the hash of its key; without a file everything is open', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-keys-'));
    const file = join(folder, 'keys.json');
    const entry = { id: 'accounting', sha256: sha256(KEY), scopes: ['export'], pointsPerMinute: 5 };
    writeFileSync(file, JSON.stringify({ keys: [entry] }));
    expect(readKeyFile(file)).toEqual({ withoutKey: [], keys: [entry] });
    expect(readKeyFile('').withoutKey).toEqual(SCOPES);
    writeFileSync(file, JSON.stringify({ keys: [{ ...entry, sha256: KEY }] }));
    expect(() => readKeyFile(file)).toThrow(InputError);
    writeFileSync(file, JSON.stringify({ keys: [entry, { ...entry, id: 'the-same-again' }] }));
    expect(() => readKeyFile(file)).toThrow(/each sha256 once/);
    rmSync(folder, { recursive: true });
  });
});
