/**
 * A walk through every event of a long record, forwards and backwards, while blocks arrive and forks replace the newest.
 * A million events by default; PAGING_EVENTS asks for others.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
/** Pages between two changes of the chain's end. */
const PAGES_PER_CHANGE = 20;
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

describe.each([
  ['forwards', 'first', 'after', 'hasNextPage', 'endCursor', 1n],
  ['backwards', 'last', 'before', 'hasPreviousPage', 'startCursor', -1n],
] as const)('a walk %s', (_, size, end, hasMore, cursorName, direction) => {
  it(
    `sees each of ${EVENTS} events once and in order, whatever happens at the chain's end`,
    async () => {
      let count = 0;
      let last: bigint | null = null;
      for (let cursor: string | null = null, pages = 1; ; pages++) {
        const found = await page(size, end, cursor);
        const nodes = direction > 0n ? found.edges : found.edges.toReversed();
        for (const { node } of nodes) {
          const place = BigInt(node.slot) * 1_000n + BigInt(node.transactionIndex * 10 + node.ordinal);
          // Newest first: places fall on the way forwards.
          if (last !== null && (last - place) * direction <= 0n) expect.fail(`${place} after ${last}`);
          last = place;
          count++;
        }
        if (found.pageInfo[hasMore] !== true) break;
        cursor = found.pageInfo[cursorName] as string;
        if (pages % PAGES_PER_CHANGE === 0) await changeTheEnd();
      }
      expect(count).toBe(Math.floor(EVENTS / EVENTS_PER_BLOCK) * EVENTS_PER_BLOCK);
      expect(changeCount).toBeGreaterThan(0);
    },
    HOUR_MS,
  );
});
