import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecodedBlock } from '../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { type RunningApi, startApi } from './start-api.ts';

const PAGE_ROWS = 7;

interface Row {
  readonly slot: string;
  readonly key: string;
  readonly ordinal?: number;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let server: RunningClickHouse;
let database: Database;
let store: BlockStore;
let api: RunningApi;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(() => server.stop());

beforeEach(async () => {
  database = await openDatabase(server.url);
  store = createBlockStore(database.client, smallEventTables);
  api = await startApi(database.client, await loadProgramRegistry(database.settings));
  return async () => {
    await api.stop();
    await database.drop();
  };
});

const lists = {
  events: 'slot key: signature ordinal',
  blocks: 'slot key: blockhash',
} as const;
type List = keyof typeof lists;

const expected: Readonly<Record<List, (chain: readonly DecodedBlock[]) => string[]>> = {
  events: (chain) =>
    chain.toReversed().flatMap(({ block, events }) =>
      events
        .toSorted((a, b) => b.transactionIndex - a.transactionIndex || b.position - a.position)
        .map((event) => {
          const { signature } = block.transactions.find((each) => each.index === event.transactionIndex) ?? {};
          return `${block.slot}/${toBase58(signature ?? new Uint8Array(64))}/${event.ordinal}`;
        }),
    ),
  blocks: (chain) => chain.toReversed().map(({ block }) => `${block.slot}/${toBase58(block.blockhash)}/`),
};

async function page(list: List, after: string | null, atSlot: bigint | null = null) {
  const text = `query ($after: String, $atSlot: U64) { ${list}(first: ${PAGE_ROWS}, after: $after, atSlot: $atSlot) {
    edges { cursor node { ${lists[list]} } } pageInfo { hasNextPage endCursor } } }`;
  const reply = await api.ask(text, { after, atSlot: atSlot === null ? null : String(atSlot) });
  const codes = reply.errors?.map((each) => each.extensions?.code) ?? [];
  return { page: (reply.data?.[list] ?? null) as Page | null, codes };
}

/** All pages of a walk; `between` happens after each. Ends with the codes of the page that failed, if one did. */
async function walk(list: List, between: (pageCount: number) => Promise<unknown>, atSlot: bigint | null = null) {
  const seen: string[] = [];
  let after: string | null = null;
  for (let pageCount = 1; ; pageCount++) {
    const { page: found, codes }: Awaited<ReturnType<typeof page>> = await page(list, after, atSlot);
    if (found === null) return { seen, codes };
    seen.push(...found.edges.map(({ node }) => `${node.slot}/${node.key}/${node.ordinal ?? ''}`));
    if (!found.pageInfo.hasNextPage) return { seen, codes };
    after = found.pageInfo.endCursor;
    await between(pageCount);
  }
}

/** All pages from the list's end to its beginning; `between` happens after each. */
async function walkBack(list: List, between: (pageCount: number) => Promise<unknown>) {
  const text = `query ($before: String) { ${list}(last: ${PAGE_ROWS}, before: $before) { totalCount
    edges { cursor node { ${lists[list]} } } pageInfo { hasPreviousPage hasNextPage startCursor } } }`;
  const pages: string[][] = [];
  for (let before: string | null = null, pageCount = 1; ; pageCount++) {
    const reply = await api.ask(text, { before });
    // biome-ignore lint/suspicious/noExplicitAny: the shape of the question
    const found: any = reply.data?.[list];
    if (!found) return { seen: pages.reverse().flat(), codes: reply.errors?.map((each) => each.extensions?.code) };
    pages.push(found.edges.map(({ node }: { node: Row }) => `${node.slot}/${node.key}/${node.ordinal ?? ''}`));
    expect(found.pageInfo.hasNextPage).toBe(before !== null);
    if (!found.pageInfo.hasPreviousPage)
      return { seen: pages.reverse().flat(), codes: [], count: Number(found.totalCount) };
    before = found.pageInfo.startCursor;
    await between(pageCount);
  }
}

const main = chainOf(100n, 40, 'main', null);
const later = chainOf(140n, 12, 'main', main.at(-1) ?? null);

describe.each(['events', 'blocks'] as const)('a walk over %s', (list) => {
  it('sees every row of its snapshot once while blocks arrive', async () => {
    await store.commit(main);
    const rest = [...later];
    const { seen, codes } = await walk(list, () => store.commit(rest.splice(0, 3)));

    expect(codes).toEqual([]);
    expect(seen).toEqual(expected[list](main));
    expect(new Set(seen).size).toBe(seen.length);
    expect(rest).toHaveLength(0);
  });

  it('backwards sees the same rows in the same order, and counts them, while blocks arrive', async () => {
    await store.commit(main);
    const rest = [...later];
    const { seen, codes, count } = await walkBack(list, () => store.commit(rest.splice(0, 3)));

    expect(codes).toEqual([]);
    expect(seen).toEqual(expected[list](main));
    expect(count).toBe(seen.length);
    expect(rest).toHaveLength(0);
  });

  it('backwards ends with a code when a fork replaces the block it began at', async () => {
    await store.commit(main);
    const { seen, codes } = await walkBack(list, async (pageCount) => {
      if (pageCount !== 2) return;
      await store.cancelAbove(129n);
      await store.commit(chainOf(130n, 20, 'fork', main[29] ?? null));
    });

    expect(codes).toEqual(['API__SNAPSHOT_REPLACED']);
    expect(seen).toEqual(expected[list](main).slice(-2 * PAGE_ROWS));
  });

  it('ends with a code, and no wrong row, when a fork replaces the block it began at', async () => {
    await store.commit(main);
    const fork = chainOf(130n, 20, 'fork', main[29] ?? null);
    const { seen, codes } = await walk(list, async (pageCount) => {
      if (pageCount !== 2) return;
      await store.cancelAbove(129n);
      await store.commit(fork);
    });

    expect(codes).toEqual(['API__SNAPSHOT_REPLACED']);
    expect(seen).toEqual(expected[list](main).slice(0, 2 * PAGE_ROWS));
  });

  it('at a slot below the fork goes on as if there were none', async () => {
    await store.commit(main);
    const fork = chainOf(130n, 20, 'fork', main[29] ?? null);
    const switchOver = async (pageCount: number) => {
      if (pageCount !== 1) return;
      await store.cancelAbove(129n);
      await store.commit(fork);
    };
    const { seen, codes } = await walk(list, switchOver, 129n);

    expect(codes).toEqual([]);
    expect(seen).toEqual(expected[list](main.slice(0, 30)));
  });
});

it('a walk over an empty ledger ends at once', async () => {
  expect(await walk('events', async () => expect.fail('there is no next page'))).toEqual({ seen: [], codes: [] });
});

it('a slot that is not committed yet is refused, and so are cursors that are none', async () => {
  await store.commit(main);
  const { page: first } = await page('events', null);
  const cursor = first?.pageInfo.endCursor ?? '';
  const parts = Buffer.from(cursor, 'base64url').toString();
  const forged = (text: string) => Buffer.from(text).toString('base64url');

  expect((await page('events', null, 10_000n)).codes).toEqual(['API__FUTURE_SLOT']);
  for (const after of [
    ...['', 'x', '../../etc/passwd', forged('1'), forged(`${parts}.1`), forged(parts.replace(/\.\d+$/, '.-1'))],
    ...[forged(parts.replace(/\.\d+$/, '.4294967296')), forged(`99999999999999999999.${parts}`), 'A'.repeat(20_000)],
    ...[forged(parts.replace(/\.\d+\.\d+$/, ".1' OR 1.1"))],
  ]) {
    expect((await page('events', after)).codes, after.slice(0, 50)).toEqual(['API__BAD_CURSOR']);
  }
  expect((await page('blocks', cursor)).codes).toEqual(['API__BAD_CURSOR']);
});
