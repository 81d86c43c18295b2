import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { recordVersion } from '../../../indexer/store/queries/rows/record-version.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { bytesOf, chainOf, smallEventTables } from './small-chain.ts';
import { type Database, dump, openDatabase } from './store-fixture.ts';

let server: RunningClickHouse;
const databases: Database[] = [];

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterEach(async () => {
  for (const each of databases.splice(0)) await each.release();
});
afterAll(() => server.stop());

async function emptyDatabase(): Promise<StoreClient> {
  const database = await openDatabase(server.url);
  databases.push(database);
  return database.client;
}

async function dumpOfChain(blocks: readonly DecodedBlock[]): Promise<Record<string, string>> {
  const client = await emptyDatabase();
  await createBlockStore(client, smallEventTables).commit(blocks);
  return dump(client);
}

class Crash extends Error {}
const crashBeforeMarks = (step: string) => {
  if (step === 'rows_written') throw new Crash();
};

describe('commit', () => {
  it('makes head the last block and shows every row', async () => {
    const client = await emptyDatabase();
    const store = createBlockStore(client, smallEventTables);
    expect(await store.head()).toBeNull();
    const blocks = chainOf(5n, 12, 'a', null);
    await store.commit(blocks);
    expect(await store.head()).toMatchObject({ slot: 16n, parentSlot: 15n });
    const stored = await store.blocksFrom(10n);
    expect(stored.map((each) => each.slot)).toEqual([10n, 11n, 12n, 13n, 14n, 15n, 16n]);
    const lines = (await dump(client))['canonical_events']?.trim().split('\n').length;
    expect(lines).toBe(blocks.reduce((sum, each) => sum + each.events.length, 0));
  });

  it('shows nothing of blocks whose marks a crash kept back', async () => {
    const client = await emptyDatabase();
    const before = await dump(client);
    const blocks = chainOf(5n, 12, 'a', null);
    const crashing = createBlockStore(client, smallEventTables, crashBeforeMarks);
    await expect(crashing.commit(blocks)).rejects.toThrow(Crash);
    expect(await dump(client)).toEqual(before);
    expect(await crashing.head()).toBeNull();
  });

  it('leaves the same tables after a crash and a replay as without', async () => {
    const client = await emptyDatabase();
    const blocks = chainOf(5n, 12, 'a', null);
    await createBlockStore(client, smallEventTables).commit(blocks.slice(0, 6));
    await expect(
      createBlockStore(client, smallEventTables, crashBeforeMarks).commit(blocks.slice(6, 9)),
    ).rejects.toThrow(Crash);
    const restarted = createBlockStore(client, smallEventTables);
    await restarted.commit(blocks.slice(6));
    await restarted.commit(blocks.slice(3, 8));
    expect(await dump(client)).toEqual(await dumpOfChain(blocks));
  });

  it('never shows rows that a crash left of a block which the chain replaced meanwhile', async () => {
    const client = await emptyDatabase();
    const shared = chainOf(5n, 4, 'a', null);
    const lost = chainOf(9n, 4, 'lost', shared.at(-1) ?? null);
    const kept = chainOf(9n, 6, 'kept', shared.at(-1) ?? null);
    await createBlockStore(client, smallEventTables).commit(shared);
    await expect(createBlockStore(client, smallEventTables, crashBeforeMarks).commit(lost)).rejects.toThrow(Crash);
    await createBlockStore(client, smallEventTables).commit(kept);
    expect(await dump(client)).toEqual(await dumpOfChain([...shared, ...kept]));
  });

  it('takes the same blocks from two writers at once as one', async () => {
    const client = await emptyDatabase();
    const blocks = chainOf(5n, 12, 'a', null);
    const writers = [0, 1].map(() => createBlockStore(client, smallEventTables));
    await Promise.all(writers.map((each) => each.commit(blocks)));
    expect(await dump(client)).toEqual(await dumpOfChain(blocks));
  });

  it('keeps account states when the same blocks come again from a source without them', async () => {
    const client = await emptyDatabase();
    const blocks = chainOf(5n, 12, 'a', null);
    const store = createBlockStore(client, smallEventTables);
    await store.commit(blocks);
    await store.commit(blocks.map((each) => ({ ...each, accounts: [], block: { ...each.block, hasAccounts: false } })));
    expect(await dump(client)).toEqual(await dumpOfChain(blocks));
  });

  it('refuses a block that does not follow the head, and blocks that do not follow one another', async () => {
    const store = createBlockStore(await emptyDatabase(), smallEventTables);
    const blocks = chainOf(5n, 6, 'a', null);
    await store.commit(blocks.slice(0, 3));
    await expect(store.commit(blocks.slice(4))).rejects.toMatchObject({ code: 'STORE__NOT_LINKED' });
    await expect(store.commit(chainOf(8n, 1, 'b', null))).rejects.toMatchObject({ code: 'STORE__NOT_LINKED' });
    const [third, fourth, sixth] = [blocks[2], blocks[3], blocks[5]] as [DecodedBlock, DecodedBlock, DecodedBlock];
    await expect(store.commit([third, fourth, sixth])).rejects.toMatchObject({ code: 'STORE__NOT_LINKED' });
    expect((await store.head())?.slot).toBe(7n);
  });
});

describe('cancelAbove', () => {
  it('hides what is above the branch point and nothing else', async () => {
    const client = await emptyDatabase();
    const store = createBlockStore(client, smallEventTables);
    const blocks = chainOf(5n, 12, 'a', null);
    await store.commit(blocks);
    const cancelled = await store.cancelAbove(9n);
    expect(cancelled.map((each) => each.slot)).toEqual(blocks.slice(5).map((each) => each.block.slot));
    expect(cancelled[0]).toMatchObject({ blockTime: 1_700_000_010n, blockHeight: 10n, parentSlot: 9n });
    expect((await store.head())?.slot).toBe(9n);
    expect(await store.cancelAbove(9n)).toEqual([]);
    expect(await dump(client)).toEqual(await dumpOfChain(blocks.slice(0, 5)));
  });

  it('lets a cancelled block come back, be cancelled and come back again', async () => {
    const client = await emptyDatabase();
    const store = createBlockStore(client, smallEventTables);
    const shared = chainOf(5n, 4, 'a', null);
    const [left, right] = ['left', 'right'].map((branch) => chainOf(9n, 5, branch, shared.at(-1) ?? null));
    await store.commit(shared);
    for (const branch of [left, right, left, right, left]) {
      await store.cancelAbove(8n);
      await store.commit(branch as DecodedBlock[]);
    }
    expect(await dump(client)).toEqual(await dumpOfChain([...shared, ...(left as DecodedBlock[])]));
  });

  it('finds the head below more cancelled slots than one window of its search', async () => {
    const store = createBlockStore(await emptyDatabase(), smallEventTables);
    await store.commit(chainOf(5n, 300, 'a', null));
    await store.cancelAbove(6n);
    expect((await store.head())?.slot).toBe(6n);
  });

  it('refuses to cancel a finalized block', async () => {
    const store = createBlockStore(await emptyDatabase(), smallEventTables);
    const blocks = chainOf(5n, 6, 'a', null);
    await store.commit(blocks);
    await store.markFinalized(7n, (blocks[2] as DecodedBlock).block.blockhash);
    await expect(store.cancelAbove(6n)).rejects.toMatchObject({ code: 'STORE__CANCEL_FINALIZED' });
    expect((await store.cancelAbove(7n)).length).toBe(3);
  });
});

describe('markFinalized', () => {
  it('only moves forward, and only over committed blocks', async () => {
    const store = createBlockStore(await emptyDatabase(), smallEventTables);
    const blocks = chainOf(5n, 6, 'a', null);
    expect(await store.finalizedSlot()).toBeNull();
    await store.commit(blocks);
    await store.markFinalized(8n, (blocks[3] as DecodedBlock).block.blockhash);
    await store.markFinalized(6n, (blocks[1] as DecodedBlock).block.blockhash);
    expect(await store.finalizedSlot()).toBe(8n);
    await expect(store.markFinalized(9n, bytesOf('other'))).rejects.toMatchObject({ code: 'STORE__NOT_COMMITTED' });
  });
});

it('the version of the record is another one behind every mark, and behind nothing that changes no answer', async () => {
  const client = await emptyDatabase();
  const store = createBlockStore(client, smallEventTables);
  const version = () =>
    recordVersion(
      client,
      smallEventTables.map(({ table }) => table),
    );
  const versions = [await version()];
  const blocks = chainOf(5n, 4, 'a', null);
  const changes = [
    () => store.commit(blocks),
    () => store.markFinalized(6n, blocks[1]?.block.blockhash ?? new Uint8Array()),
    () => store.cancelAbove(7n),
  ];
  for (const change of changes) {
    await change();
    versions.push(await version());
  }
  expect(new Set(versions).size).toBe(versions.length);
  for (const table of ['events', 'bank_deposit']) await client.command(`INSERT INTO ${table} SELECT * FROM ${table}`);
  for (const table of ['blocks', 'cursors', 'accounts']) await client.command(`OPTIMIZE TABLE ${table} FINAL`);
  expect(await version()).toBe(versions.at(-1));
});
