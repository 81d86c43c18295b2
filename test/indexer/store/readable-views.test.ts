/** What people ask in SQL, as docs/sql.md has it, and that nobody can write that way. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_QUERY_LIMITS } from '../../../api/limits/query-limits.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { type MarketDatabase, marketChain, openMarketDatabase } from '../../jobs/market/market-chain.ts';
import { startPreparedClickHouse } from './prepared-clickhouse.ts';
import { bytesOf } from './small-chain.ts';

const examples = [...readFileSync('docs/sql.md', 'utf8').matchAll(/([^\n]+)\n\n```sql\n([\s\S]+?)```/g)].map(
  ([, title = '', sql = '']) => [title, sql] as const,
);
const provider = bytesOf('provider');

let server: RunningClickHouse;
let database: MarketDatabase;
let block: DecodedBlock;

beforeAll(async () => {
  server = await startPreparedClickHouse('small');
  database = await openMarketDatabase(server.url, ['marketplace_order_settled']);
  const settled = { table: 'marketplace_order_settled', fields: { provider, gpu_seconds: 7_200n } };
  const chain = marketChain(database.tables, [{ slot: 30_000n, time: 1_700_000_000n, events: [settled, settled] }]);
  block = chain[0] as DecodedBlock;
  await createBlockStore(database.client, database.tables).commit(chain);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

async function asReader(sql: string, settings: Readonly<Record<string, string>> = {}) {
  const address = new URL(server.url);
  const given = { user: 'reader', database: database.client.database, default_format: 'JSONEachRow', ...settings };
  for (const [name, value] of Object.entries(given)) address.searchParams.set(name, value);
  const response = await fetch(address, { method: 'POST', body: sql });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: rows have the columns of their question
  const rows = (): any[] => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { status: response.status, text, rows };
}

describe('a reader', () => {
  it.each(examples)('can ask: %s', async (_, sql) => {
    const { status, text } = await asReader(sql);
    expect(text).not.toContain('DB::Exception');
    expect(status).toBe(200);
  });

  it('sees keys, hashes and signatures as people write them, and times as times', async () => {
    const { slot, blockhash, transactions } = block.block;
    const blocks = (await asReader('SELECT * FROM readable_blocks WHERE slot > 0')).rows();
    expect(blocks).toMatchObject([{ slot: Number(slot), blockhash: toBase58(blockhash), event_count: 2 }]);
    expect(blocks[0].block_time).toMatch(/^2023-11-14 22:13:20/);
    const events = (await asReader('SELECT * FROM readable_events WHERE slot > 0 ORDER BY tx_index')).rows();
    expect(events.map(({ signature }) => signature)).toEqual(transactions.map((each) => toBase58(each.signature)));
    const sums = (await asReader(examples.find(([title]) => title.startsWith('Providers'))?.[1] ?? '')).rows();
    expect(sums).toEqual([{ provider: toBase58(provider), orders: 2, gpu_hours: 4 }]);
  });

  it.each([
    "INSERT INTO cursors (name, slot, blockhash) SELECT 'finalized', 1, toFixedString('', 32)",
    'DROP VIEW readable_blocks',
    'ALTER TABLE blocks DELETE WHERE 1',
    'CREATE TABLE mine (a UInt8) ENGINE = Memory',
  ])('cannot do this: %s', async (sql) => {
    const { status, text } = await asReader(sql);
    expect(status).not.toBe(200);
    expect(text).toMatch(/READONLY|ACCESS_DENIED/);
    expect((await asReader('SELECT count() AS blocks FROM readable_blocks WHERE slot > 0')).rows()).toEqual([
      { blocks: 1 },
    ]);
  });

  it('cannot raise a limit', async () => {
    const { text } = await asReader('SELECT 1', { max_memory_usage: '100000000000' });
    expect(text).toContain('SETTING_CONSTRAINT_VIOLATION');
  });
});

it('a write through the API’s own way to ClickHouse is refused, whatever its user could do', async () => {
  const { client } = database;
  const insert = "INSERT INTO cursors (name, slot, blockhash) SELECT 'finalized', 1, toFixedString('', 32)";
  await expect(client.bytes(insert, {}, 'Null', API_QUERY_LIMITS)).rejects.toThrow(/READONLY|164/);
  await expect(client.bytes('DROP TABLE cursors', {}, 'Null', API_QUERY_LIMITS)).rejects.toThrow(/READONLY|164|SYNTAX/);
  expect((await asReader('SELECT count() AS found FROM cursors')).rows()).toEqual([{ found: 0 }]);
});

it('a question whose values make its address longer than 16 KiB is answered', async () => {
  const keys = Array.from({ length: 1_000 }, (_, index) => bytesOf(`key ${index}`));
  const found = await database.client.bytes('SELECT length({keys:Array(String)})', { keys }, 'TSV');
  expect(found.toString()).toBe('1000\n');
});
