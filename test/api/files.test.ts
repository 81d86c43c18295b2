/** Exports, prices and wallets as files: against the record they are of. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FollowedRegistry } from '../../api/followed-registry.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import type { BlockStore } from '../../indexer/store/block-store.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { insertIdl } from '../../indexer/store/queries/rows/idls.ts';
import { rows } from '../../indexer/store/rows.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf, chainOf, smallEventTables } from '../indexer/store/small-chain.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { read } from '../repository/tracked-files.ts';
import { type RunningApi, startApi } from './start-api.ts';

const chain = chainOf(1n, 60, 'main', null);
const deposits = chain.flatMap(({ block, events }) =>
  events.filter(({ name }) => name === 'DepositEvent').map((event) => ({ slot: block.slot, event })),
);

let server: RunningClickHouse;
let database: Database;
let store: BlockStore;
let api: RunningApi;
let folder: string;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openDatabase(server.url);
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-exports-'));
  store = createBlockStore(database.client, smallEventTables);
  await store.commit(chain);
  const last = chain[39]?.block;
  await store.markFinalized(last?.slot ?? 0n, last?.blockhash ?? new Uint8Array(32));
  const registry = await loadProgramRegistry(database.settings);
  const tables = [...registry.tables, ...smallEventTables] as typeof registry.tables;
  api = await startApi(database.client, { ...registry, tables });
});
afterAll(async () => {
  await api.stop();
  await database.drop();
  await Promise.all([server.stop(), rm(folder, { recursive: true, force: true })]);
});

const get = (where: string, headers: Record<string, string> = {}) => fetch(`${api.url}${where}`, { headers });
/** Head and rows; a row begins with its slot, and a text in it may have lines of its own. */
const lines = async (where: string) => (await (await get(where)).text()).trimEnd().split(/\n(?=\d+,")/);

describe('an export', () => {
  it('of an event has all its fields, in chain order, and nothing of replaced blocks', async () => {
    const [head, ...found] = await lines('/export/bank_deposit.csv');
    expect(head).toContain('"owner","amount","total"');
    expect(found).toHaveLength(deposits.length);
    const amounts = found.map((line) => /,(\d{19,20}),"1701/.exec(line)?.[1]);
    expect(amounts).toEqual(deposits.map(({ event }) => String(event.fields['amount'])));
  });

  it('is filtered by any column, with values that are bound', async () => {
    const [some] = deposits;
    const owner = toBase58(some?.event.fields['owner'] as Uint8Array);
    expect(await lines(`/export/bank_deposit.csv?owner=${owner}`)).toHaveLength(2);
    const most = (1n << 64n) - 1n;
    const expected = deposits.filter(({ event }) => (event.fields['amount'] as bigint) < most);
    expect(await lines(`/export/bank_deposit.csv?amount.lt=${most}`)).toHaveLength(1 + expected.length);
    const inRange = deposits.filter(({ slot }) => slot >= 10n && slot <= 20n);
    expect(await lines('/export/bank_deposit.csv?fromSlot=10&toSlot=20')).toHaveLength(1 + inRange.length);
    const program = toBase58(bytesOf('program'));
    const transactions = chain.flatMap(({ block }) => block.transactions);
    expect(await lines(`/export/instructions.csv?program=${program}&failed=0`)).toHaveLength(
      1 + transactions.filter(({ error }) => error === null).length,
    );
  });

  it.each(['parquet', 'arrow'])('as %s holds the same rows as the record', async (format) => {
    const file = path.join(folder, `events.${format}`);
    await writeFile(file, Buffer.from(await (await get(`/export/events.${format}`)).arrayBuffer()));
    const read = `SELECT count() AS found, uniqExact(slot, tx_index, ix_path, ordinal) AS distinct, sum(slot) AS slots
FROM file('${file}', ${format === 'arrow' ? 'Arrow' : 'Parquet'})`;
    const [found] = await rows<Record<string, bigint>>(database.client, read);
    const all = chain.flatMap(({ block, events }) => events.map(() => block.slot));
    const slots = all.reduce((sum, slot) => sum + slot, 0n);
    expect(found).toEqual({ found: BigInt(all.length), distinct: BigInt(all.length), slots });
  });

  it('of final blocks never changes, and is not sent again to who has it', async () => {
    const first = await get('/export/events.csv?toSlot=40');
    expect(first.headers.get('cache-control')).toContain('immutable');
    expect(first.headers.get('x-snapshot-slot')).toBe('40');
    const etag = first.headers.get('etag') ?? '';
    expect((await get('/export/events.csv?toSlot=40', { 'if-none-match': etag })).status).toBe(304);
    const newest = await get('/export/events.csv');
    expect(newest.headers.get('cache-control')).toBe('no-cache');
    await store.commit(chainOf(61n, 1, 'later', chain.at(-1) ?? null));
    const again = await get('/export/events.csv', { 'if-none-match': newest.headers.get('etag') ?? '' });
    expect([again.status, again.headers.get('x-snapshot-slot')]).toEqual([200, '61']);
  });

  it.each([
    ['/export/nothing.csv', 404, 'API__NO_DATASET'],
    ['/export/events.csv?slots=1', 400, 'API__BAD_FILTER'],
    ['/export/events.csv?slot.or=1', 400, 'API__BAD_FILTER'],
    ['/export/events.csv?slot=1%20OR%201', 400, 'STORE__BAD_FILTER'],
    ['/export/events.csv?program=me', 400, 'STORE__BAD_FILTER'],
    ['/export/events.csv?toSlot=1000', 400, 'API__FUTURE_SLOT'],
    ['/export/events.csv?fromSlot=-1', 400, 'API__BAD_VALUE'],
    ['/export/events.csv?toSlot=3&toSlot=900', 400, 'API__BAD_VALUE'],
    ['/export/events.csv?slot.ge.x=1', 400, 'API__BAD_FILTER'],
    ['/export/events.csv?slot.constructor=1', 400, 'API__BAD_FILTER'],
    ['/price/H9000', 404, 'API__NO_MODEL'],
  ])('%s is refused with a code', async (where, status, code) => {
    const response = await get(where);
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  });
});

it('an export of blocks that a backfill can add to is not called final, and is another one afterwards', async () => {
  const own = await openDatabase(server.url);
  const written = createBlockStore(own.client, smallEventTables);
  const registry = await loadProgramRegistry(own.settings);
  const other = await startApi(own.client, registry);
  const all = chainOf(5n, 12, 'main', null);
  await written.commit(all);
  const last = all.at(-1)?.block;
  await written.markFinalized(last?.slot ?? 0n, last?.blockhash ?? new Uint8Array(32));
  const marks = (sign: number) =>
    own.client.command(`INSERT INTO blocks SELECT * REPLACE (${sign} AS sign, generation + 1 AS generation)
FROM blocks FINAL WHERE slot IN (11, 12)`);
  // As if two blocks had not arrived.
  await marks(-1);
  const head = async (query: string) => {
    const response = await fetch(`${other.url}/export/events.csv?${query}`);
    await response.text();
    return { isForEver: response.headers.get('cache-control') !== 'no-cache', etag: response.headers.get('etag') };
  };
  const before = await head('fromSlot=6&toSlot=15');
  expect(before.isForEver).toBe(false);
  // Without a gap, but the blocks before the record's first may still come.
  expect([await head('fromSlot=5&toSlot=9'), await head('toSlot=9')]).toMatchObject([
    { isForEver: false },
    { isForEver: false },
  ]);
  expect((await head('fromSlot=6&toSlot=9')).isForEver).toBe(true);
  await marks(1);
  const after = await head('fromSlot=6&toSlot=15');
  expect(after.isForEver).toBe(true);
  expect(after.etag).not.toBe(before.etag);
  await other.stop();
  await own.drop();
});

it('a wallet as CSV says what holds for an address, also when that is nothing', async () => {
  const response = await get(`/wallet/${toBase58(bytesOf('nobody'))}.csv`);
  expect(response.headers.get('content-type')).toContain('text/csv');
  expect((await response.text()).split('\r\n')[0]).toBe(
    'wallet,slot,block_time,kind,account,pool,token,amount_base_units,ready_at',
  );
});

it('the events of a program whose IDL was added are known from then on', async () => {
  const own = await loadProgramRegistry(database.settings);
  const followed = new FollowedRegistry(own, database.settings, database.client);
  await followed.look();
  expect(followed.registry).toBe(own);
  const program = toBase58(bytesOf('a program of others'));
  const content = read('programs/governance/idl.json');
  await insertIdl(database.client, { program, prefix: 'others', fromSlot: 5n, content });
  await followed.look();
  expect(followed.registry.tables.filter(({ table }) => table.startsWith('others_')).length).toBeGreaterThan(10);
  expect(followed.registry.program(bytesOf('a program of others'))).not.toBeNull();
  expect(followed.registry.tables.map(({ table }) => table)).toEqual(
    expect.arrayContaining(own.tables.map(({ table }) => table)),
  );
});
