/**
 * Walks through every event of a long record, forwards and backwards at the same time, while blocks arrive and forks replace
 * the newest. A million events by default; PAGING_EVENTS asks for others.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillApiRecord } from '../../bench/load/api-record.ts';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { type RunningApi, startApi } from '../api/start-api.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';

const EVENTS = Number(process.env['PAGING_EVENTS'] ?? 1_000_000);
const PAGE_ROWS = 500;
const EVENTS_PER_BLOCK = 10;
/** Between two changes of the chain's end, besides the time that each takes. */
const MS_PER_CHANGE = 500;
const HOUR_MS = 3_600_000;

let server: RunningClickHouse;
let database: Database;
let store: BlockStore;
let api: RunningApi;
let headSlot = 0n;
let changeCount = 0;

beforeAll(async () => {
  server = await startEmbeddedClickHouse();
  database = await openDatabase(server.url);
  const registry = await loadProgramRegistry(database.settings);
  await ensureEventTables(database.client, registry.tables);
  const [, marketplace, exchange] = registry.programs.map(({ id }) => id);
  if (!marketplace || !exchange) throw new Error('no programs');
  headSlot = BigInt(await fillApiRecord(database.client, EVENTS, { marketplace, exchange }));
  store = createBlockStore(database.client, smallEventTables);
  api = await startApi(database.client, registry);
}, HOUR_MS);
afterAll(async () => {
  await api.stop();
  await database.drop();
  await server.stop();
});

/** Blocks above the record: others, of another number, instead of those that came before. */
async function changeTheEnd(): Promise<void> {
  changeCount++;
  await store.cancelAbove(headSlot);
  const head = await store.head();
  if (head === null) throw new Error('the record is gone');
  const parent = { block: { slot: head.slot, blockhash: head.blockhash } } as unknown as DecodedBlock;
  await store.commit(chainOf(headSlot + 1n, 1 + (changeCount % 5), `change ${changeCount}`, parent));
}

interface Page {
  readonly edges: readonly {
    readonly node: { readonly slot: string; readonly transactionIndex: number; readonly ordinal: number };
  }[];
  readonly pageInfo: Readonly<Record<string, string | boolean | null>>;
}

async function page(size: string, end: string, cursor: string | null): Promise<Page> {
  const beside = cursor === null ? '' : `, ${end}: "${cursor}"`;
  const { data, errors } = await api.ask(`{ events(${size}: ${PAGE_ROWS}${beside}, atSlot: "${headSlot}") {
    edges { node { slot transactionIndex ordinal } }
    pageInfo { hasNextPage endCursor hasPreviousPage startCursor } } }`);
  expect(errors).toBeUndefined();
  return data?.['events'] as Page;
}

/** Goes on changing the chain's end until it is told to stop; each change is waited for. */
async function changeWhile(walks: Promise<unknown>): Promise<void> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  walks.then(over, over);
  while (!isOver) {
    await changeTheEnd();
    await sleep(MS_PER_CHANGE);
  }
}

/** @returns how many events were seen. @throws where one comes out of its order, twice among them */
async function walk({ size, end, hasMore, cursorName, direction }: Direction): Promise<number> {
  let count = 0;
  let last: bigint | null = null;
  for (let cursor: string | null = null; ; ) {
    const found = await page(size, end, cursor);
    const nodes = direction > 0n ? found.edges : found.edges.toReversed();
    for (const { node } of nodes) {
      const place = BigInt(node.slot) * 1_000n + BigInt(node.transactionIndex * 10 + node.ordinal);
      // Newest first: places fall on the way forwards.
      if (last !== null && (last - place) * direction <= 0n) expect.fail(`${place} after ${last} on the way ${end}`);
      last = place;
      count++;
    }
    if (found.pageInfo[hasMore] !== true) return count;
    cursor = found.pageInfo[cursorName] as string;
  }
}

interface Direction {
  readonly size: string;
  readonly end: string;
  readonly hasMore: string;
  readonly cursorName: string;
  readonly direction: bigint;
}
const FORWARDS = { size: 'first', end: 'after', hasMore: 'hasNextPage', cursorName: 'endCursor', direction: 1n };
const BACKWARDS = {
  size: 'last',
  end: 'before',
  hasMore: 'hasPreviousPage',
  cursorName: 'startCursor',
  direction: -1n,
};

it(
  `walks both ways see each of ${EVENTS} events once and in order, whatever happens at the chain's end`,
  async () => {
    const walks = Promise.all([walk(FORWARDS), walk(BACKWARDS)]);
    await changeWhile(walks);
    const all = Math.floor(EVENTS / EVENTS_PER_BLOCK) * EVENTS_PER_BLOCK;
    expect(await walks).toEqual([all, all]);
    // Pages of 500: at least one change for every hundred of them, however quick they are.
    expect(changeCount).toBeGreaterThanOrEqual(Math.max(2, Math.floor(EVENTS / PAGE_ROWS / 100)));
  },
  HOUR_MS,
);
