import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnsOf, type EventTable } from '../../../indexer/decode/event-tables.ts';
import type { Layout } from '../../../indexer/decode/layout.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { rows } from '../../../indexer/store/rows.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { blockOf, bytesOf, chainOf, smallEventTables, smallTables } from './small-chain.ts';
import { type Database, openDatabase } from './store-fixture.ts';

let server: RunningClickHouse;
let database: Database;
beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openDatabase(server.url);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

function tableOf(table: string, fields: Record<string, Layout>): EventTable {
  const layout = {
    kind: 'struct' as const,
    name: 'Event',
    fields: Object.entries(fields).map(([name, each]) => ({ name, layout: each })),
  };
  return { table, programId: bytesOf('program'), eventName: 'Event', columns: columnsOf(layout) };
}

const u64: Layout = { kind: 'integer', type: 'u64' };
const key: Layout = { kind: 'pubkey' };

function columnsOfTable(table: string) {
  return rows<{ name: string; type: string }>(
    database.client,
    'SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String} ORDER BY position',
    { database: database.client.database, table },
  );
}

describe('event tables', () => {
  it('are made once, however often and from wherever they are asked for', async () => {
    const table = tableOf('pay_out', { amount: u64, owner: key });
    await Promise.all([1, 2].map(() => ensureEventTables(database.client, [table])));
    await ensureEventTables(database.client, [table]);
    expect((await columnsOfTable('pay_out')).slice(-2)).toEqual([
      { name: 'amount', type: 'UInt64' },
      { name: 'owner', type: 'FixedString(32)' },
    ]);
  });

  it('get their views again where a process died between a new column and them', async () => {
    await ensureEventTables(database.client, [tableOf('pay_back', { amount: u64 })]);
    await database.client.define('ALTER TABLE pay_back ADD COLUMN `owner` FixedString(32)');
    await ensureEventTables(database.client, [tableOf('pay_back', { amount: u64, owner: key })]);
    for (const table of ['canonical_pay_back', 'readable_pay_back']) {
      expect((await columnsOfTable(table)).at(-1)?.name).toBe('owner');
    }
  });

  it('grow by the columns of a newer version, in the views as well, and keep those it dropped', async () => {
    await ensureEventTables(database.client, [tableOf('pay_in', { amount: u64, owner: key })]);
    await ensureEventTables(database.client, [tableOf('pay_in', { owner: key, payer: key })]);
    for (const table of ['pay_in', 'canonical_pay_in', 'readable_pay_in']) {
      expect((await columnsOfTable(table)).slice(-3).map((each) => each.name)).toEqual(['amount', 'owner', 'payer']);
    }
  });

  it('give older rows the zero value of a column that came later', async () => {
    const store = createBlockStore(database.client, smallEventTables);
    const blocks = chainOf(5n, 6, 'a', null);
    await store.commit(blocks);
    const { deposit, close } = smallTables;
    const grown = { ...close, columns: [...close.columns, ...tableOf('x', { reason: u64 }).columns] };
    await ensureEventTables(database.client, [deposit, grown]);
    await createBlockStore(database.client, [deposit, grown]).commit([blockOf(11n, 'a', blocks.at(-1) ?? null)]);
    const found = await rows<{ reason: bigint }>(database.client, 'SELECT reason FROM canonical_bank_close');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((each) => each.reason === 0n)).toBe(true);
  });

  it('refuse another type for a column that exists', async () => {
    await ensureEventTables(database.client, [tableOf('pay_back', { amount: u64 })]);
    const changed = tableOf('pay_back', { amount: { kind: 'integer', type: 'u128' } });
    await expect(ensureEventTables(database.client, [changed])).rejects.toMatchObject({
      code: 'STORE__COLUMN_TYPE_CHANGED',
    });
  });

  it('refuse names and types that are no names and types', async () => {
    const read = () => 0n;
    const bad: [string, string, string][] = [
      ['pay; DROP TABLE blocks', 'amount', 'UInt64'],
      ['pay_bad', 'a` UInt8) ENGINE = Null --', 'UInt64'],
      ['pay_bad', 'slot', 'UInt64'],
    ];
    for (const [table, name, type] of bad) {
      const eventTable = { table, columns: [{ name, type, read }] };
      await expect(ensureEventTables(database.client, [eventTable]), table).rejects.toMatchObject({
        code: 'STORE__BAD_IDENTIFIER',
      });
    }
    const typed = { table: 'pay_bad', columns: [{ name: 'amount', type: 'UInt64) ENGINE = Null --', read }] };
    await expect(ensureEventTables(database.client, [typed])).rejects.toMatchObject({ code: 'BATCH__UNKNOWN_TYPE' });
    expect(await columnsOfTable('pay_bad')).toEqual([]);
  });
});
