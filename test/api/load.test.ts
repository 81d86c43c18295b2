/** What the API does with more than it can run at once: turns, answers of earlier states with their age, and refusals. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MOST_AGE_MS } from '../../api/answers/kept-answers.ts';
import { SCOPES } from '../../api/budget/key-file.ts';
import { UpstreamError } from '../../indexer/domain/errors.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningApi, startApi } from './start-api.ts';

const AT_ONCE = 2;
/** Of one caller's operations that may wait. */
const MOST_OF_CALLER = 256;
/** Longer than an operation may wait before the load counts as one. */
const LATE_MS = 500;
/** Keys of callers, and the SHA-256 of each. */
const KEYS = { crowd: 'ab', guest: 'cd' } as const;
const NEWEST = '{ blocks(first: 1) { edges { node { slot } } } }';
const filler = (count: number) => `{ deadAlerts(first: ${count}) { id } }`;

let server: RunningClickHouse;
let database: Database;
let api: RunningApi;
let chain: ReturnType<typeof chainOf>;
/** Questions about dead alerts wait for this. */
let held: Promise<void> | null = null;
let release = (): void => undefined;
let underWay = 0;
let mostUnderWay = 0;
let askedLimits: unknown[] = [];
let mayAskBlocks = true;
let passMs: (ms: number) => void;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openDatabase(server.url);
  const registry = await loadProgramRegistry(database.settings);
  chain = chainOf(1n, 10, 'main', null);
  await createBlockStore(database.client, smallEventTables).commit(chain);
  const budget = { capacity: 1_000_000, refillPerSecond: 1_000 };
  const keys = Object.entries(KEYS).map(([id, text]) => ({
    ...{ id, scopes: SCOPES, budget },
    hash: createHash('sha256').update(text).digest(),
  }));
  const budgets = { perAddress: budget, openScopes: SCOPES, keys };
  api = await startApi(holding(database.client), registry, '', undefined, { budgets });
});
afterEach(() => {
  release();
  vi.restoreAllMocks();
  mayAskBlocks = true;
});
afterAll(async () => {
  await api.stop();
  await database.drop();
  await server.stop();
});

/** The real store, whose answers about dead alerts come when they are released. */
function holding(store: StoreClient): StoreClient {
  return {
    ...store,
    async bytes(sql, params, format, limits) {
      if (!mayAskBlocks && sql.includes('canonical_blocks')) throw new UpstreamError('STORE__BUSY', 'not now');
      if (!sql.includes('current_webhook_alerts')) return store.bytes(sql, params, format, limits);
      askedLimits.push(params['limit']);
      underWay++;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      try {
        await held;
        return await store.bytes(sql, params, format, limits);
      } finally {
        underWay--;
      }
    },
  };
}

function hold(): void {
  held = new Promise((resolve) => {
    release = () => {
      held = null;
      resolve();
    };
  });
  mostUnderWay = 0;
  askedLimits = [];
}

async function ask(
  query: string,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
  variables: Readonly<Record<string, unknown>> = {},
) {
  const response = await fetch(`${api.url}/graphql`, {
    ...{ method: 'POST', body: JSON.stringify({ query, variables }), ...(signal ? { signal } : {}) },
    headers: { 'content-type': 'application/json', ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers have the shape of their questions
  const answer: any = await response.json();
  return { status: response.status, headers: response.headers, answer, age: response.headers.get('age') };
}
type Asked = Awaited<ReturnType<typeof ask>>;
const slotOf = ({ answer }: Asked) => Number(answer.data.blocks.edges[0].node.slot);

async function commitNext(): Promise<number> {
  const next = chainOf(BigInt(chain.length + 1), 1, 'main', chain.at(-1) ?? null);
  await createBlockStore(database.client, smallEventTables).commit(next);
  chain.push(...next);
  return chain.length;
}

/** As many operations as are run at once, and one that waits too long; each is another one. */
let fillerCount = 0;
async function fill(): Promise<Promise<Asked>[]> {
  hold();
  const asked = Array.from({ length: AT_ONCE + 1 }, () => ask(filler(++fillerCount)));
  await vi.waitFor(() => expect(underWay).toBe(AT_ONCE));
  await vi.waitFor(async () => expect(await metric('waiting_operations')).toBe(1), { timeout: 10_000 });
  passMs(LATE_MS);
  return asked;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  return Number(text.split(`\nplumbline_api_${name} `)[1]?.split('\n')[0]);
}

describe('under a light load', () => {
  it('every answer is of the newest state, also where a page asks for many things at once', async () => {
    for (let round = 0; round < 3; round++) {
      const newest = await commitNext();
      const sizes = Array.from({ length: 8 }, (_, index) => index + 1);
      const all = await Promise.all(sizes.map((size) => ask(`{ blocks(first: ${size}) { edges { node { slot } } } }`)));
      expect(all.map(slotOf)).toEqual(sizes.map(() => newest));
      expect(all.map(({ age }) => age)).toEqual(sizes.map(() => null));
    }
  });
});

describe('while more is asked for than can be run', () => {
  beforeEach(stopClock);

  it('two operations are run at a time, each once whoever asks, and all are answered', async () => {
    hold();
    const asked = Array.from({ length: 6 }, () => ++fillerCount).flatMap((count) => [
      ask(filler(count)),
      ask(filler(count)),
    ]);
    await vi.waitFor(() => expect(underWay).toBe(AT_ONCE));
    await sleep(100);
    expect(underWay).toBe(AT_ONCE);
    release();
    expect((await Promise.all(asked)).map(({ answer }) => answer)).toEqual(
      asked.map(() => ({ data: { deadAlerts: [] } })),
    );
    expect(mostUnderWay).toBe(AT_ONCE);
    expect(askedLimits).toHaveLength(6);
  });

  it('an answer of a state shortly before is given at once with its age, and anew to those who come later', async () => {
    const before = slotOf(await ask(NEWEST));
    const newest = await commitNext();
    const fillers = await fill();
    const agedBefore = await metric('aged_answers_total');
    const all = await Promise.all([ask(NEWEST), ask(NEWEST)]);
    for (const { answer, age, headers } of all) {
      expect(answer.data.blocks.edges[0].node.slot).toBe(String(before));
      expect(answer.extensions.ageMs).toBe(LATE_MS);
      expect(Number(age)).toBe(Math.ceil(answer.extensions.ageMs / 1_000));
      expect(headers.get('etag')).not.toBeNull();
    }
    expect(await metric('aged_answers_total')).toBe(agedBefore + 2);
    const waitedBefore = await metric('turn_wait_seconds_sum');
    release();
    await Promise.all(fillers);
    expect(await metric('turn_wait_seconds_sum')).toBeCloseTo(waitedBefore + LATE_MS / 1_000, 6);
    // Nothing was written meanwhile: the one who comes is answered with what was run for those before.
    const kept = await metric('cached_answers_total{found="true"}');
    const later = await ask(NEWEST);
    expect([slotOf(later), later.age]).toEqual([newest, null]);
    expect(await metric('cached_answers_total{found="true"}')).toBe(kept + 1);
  });

  it.each(['no-cache', 'max-age=0', 'max-age=1'])(
    'who asks for %s waits for its turn instead',
    async (cacheControl) => {
      await ask(NEWEST);
      const newest = await commitNext();
      const fillers = await fill();
      passMs(1_500);
      const asked = ask(NEWEST, { 'cache-control': cacheControl });
      expect(await Promise.race([asked, sleep(100)])).toBeUndefined();
      release();
      const answer = await asked;
      expect([slotOf(answer), answer.age]).toEqual([newest, null]);
      await Promise.all(fillers);
    },
  );

  it('nothing older than the bound is given', async () => {
    await ask(NEWEST);
    const newest = await commitNext();
    const fillers = await fill();
    passMs(MOST_AGE_MS);
    const asked = ask(NEWEST);
    expect(await Promise.race([asked, sleep(100)])).toBeUndefined();
    release();
    expect(slotOf(await asked)).toBe(newest);
    await Promise.all(fillers);
  });

  it('a run for those who come later that fails is told to nobody, and the next one is another', async () => {
    await ask(NEWEST);
    const newest = await commitNext();
    const fillers = await fill();
    expect((await ask(NEWEST)).age).not.toBeNull();
    mayAskBlocks = false;
    release();
    await Promise.all(fillers);
    expect((await ask(NEWEST)).answer.errors[0].extensions.code).toBe('API__UNAVAILABLE');
    mayAskBlocks = true;
    expect(slotOf(await ask(NEWEST))).toBe(newest);
  });

  it('an operation that nobody waits for any more is not run', async () => {
    const fillers = await fill();
    const gone = new AbortController();
    const unwanted = ++fillerCount;
    const asked = ask(filler(unwanted), {}, gone.signal);
    await sleep(100);
    gone.abort();
    await expect(asked).rejects.toThrow();
    await sleep(100);
    release();
    await Promise.all(fillers);
    await ask(NEWEST, { 'cache-control': 'no-cache' });
    expect(askedLimits).not.toContain(unwanted);
  });

  it('a subscription begins all the same', async () => {
    const fillers = await fill();
    const query = encodeURIComponent('subscription { head { slot } }');
    const gone = new AbortController();
    const headers = { accept: 'text/event-stream' };
    const stream = await fetch(`${api.url}/graphql?query=${query}`, { headers, signal: gone.signal });
    let told = '';
    for await (const chunk of stream.body ?? []) {
      told += Buffer.from(chunk).toString();
      if (told.includes('event: next')) break;
    }
    expect(told).toContain(`"slot":"${chain.length}"`);
    gone.abort();
    release();
    await Promise.all(fillers);
  });

  it('a thousand operations of one caller neither starve another nor are all kept waiting', {
    timeout: 120_000,
  }, async () => {
    const fillers = await fill();
    const heapBefore = process.memoryUsage().heapUsed;
    const gone = new AbortController();
    const query =
      'query ($first: Int!, $atSlot: U64) { blocks(first: $first, atSlot: $atSlot) { edges { node { slot } } } }';
    const outcomes: { status: number; code: string; retryAfter: string | null }[] = [];
    for (let index = 0; index < 1_000; index++) {
      const variables = { first: 1 + (index % 500), atSlot: String(1 + (index % 3)) };
      const asked = ask(query, { 'x-api-key': KEYS.crowd }, gone.signal, variables);
      const note = ({ status, answer, headers }: Asked) =>
        outcomes.push({ status, code: answer.errors?.[0].extensions.code, retryAfter: headers.get('retry-after') });
      void asked.then(note, () => undefined);
    }
    const most = { timeout: 60_000, interval: 100 };
    await vi.waitFor(() => expect(outcomes.length).toBeGreaterThanOrEqual(1_000 - MOST_OF_CALLER), most);
    const refusal = { status: 503, code: 'API__BUSY', retryAfter: '2' };
    expect(new Set(outcomes.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(refusal)]));
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(256 * 1024 * 1024);
    const guest = ask('{ blocks(first: 7) { edges { node { slot } } } }', { 'x-api-key': KEYS.guest });
    await sleep(50);
    release();
    expect(slotOf(await guest)).toBe(chain.length);
    expect(outcomes.filter(({ status }) => status === 200).length).toBeLessThan(MOST_OF_CALLER / 4);
    gone.abort();
    await Promise.all(fillers);
  });
});

/** The clock that ages and waits are measured by stands still but for what a test lets pass: a busy machine changes nothing. */
function stopClock(): void {
  let nowMs = performance.now();
  passMs = (ms) => {
    nowMs += ms;
  };
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
}
