/** The whole indexer over a real chain and a real ClickHouse: it starts, serves its status, stops, and says why it cannot. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { runIndexer } from '../../indexer/main.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { type RunningLocalnet, startLocalnet } from '../localnet/start.ts';
import { startPreparedClickHouse } from './store/prepared-clickhouse.ts';
import { type Database, openDatabase } from './store/store-fixture.ts';

const STAKING = 'stkxmBvNyGRH6FWi4tjFtPpL9XmwnT9ZpqrQnUogvHG';
const nobodyListens = 'http://127.0.0.1:1';

let clickhouse: RunningClickHouse;
let database: Database;
let net: RunningLocalnet;

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
  database = await openDatabase(clickhouse.url);
  const path = join(import.meta.dirname, '../../programs/staking/staking.so');
  net = await startLocalnet({ programs: [{ id: STAKING, path }] });
  net.advance(5);
});
afterAll(async () => {
  await net.stop();
  await database.drop();
  await clickhouse.stop();
});

function settingsWith(changes: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({
    CLICKHOUSE_URL: clickhouse.url,
    CLICKHOUSE_DATABASE: database.settings.CLICKHOUSE_DATABASE,
    SOLANA_RPC_URL: net.rpcUrl,
    YELLOWSTONE_ENDPOINT: net.grpcUrl,
    METRICS_PORT: '0',
    ...changes,
  });
}

const log = pino({ level: 'silent' });

/** The error that ends a start, or `null` of one that was stopped. */
async function failureOf(changes: Readonly<Record<string, string>>): Promise<unknown> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 50_000);
  const error = await runIndexer(settingsWith(changes), stop.signal, { log }).then(
    () => null,
    (reason: unknown) => reason,
  );
  clearTimeout(timer);
  return error;
}

test('it commits the chain, says so on its status page, stops when told, and goes on where it was', async () => {
  for (const target of [net.control({}).confirmedSlot, net.control({}).confirmedSlot + 4]) {
    while (net.control({}).confirmedSlot < target) net.advance();
    const stop = new AbortController();
    let ended: Promise<void> = Promise.resolve();
    const port = await new Promise<number>((resolve, reject) => {
      ended = runIndexer(settingsWith(), stop.signal, { log, onListening: resolve });
      ended.catch(reject);
    });
    const page = `http://127.0.0.1:${port}`;
    let status: Record<string, unknown> = {};
    while (status['committedSlot'] !== target) {
      status = (await (await fetch(`${page}/status`)).json()) as Record<string, unknown>;
      await new Promise((next) => setTimeout(next, 20));
    }
    expect(status).toMatchObject({ isConnected: true, gapsOpen: 0, reconnects: 0, undecodedTotal: 0 });
    expect((await fetch(`${page}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${page}/metrics`)).text()).toContain(`plumbline_indexer_committed_slot ${target}\n`);
    stop.abort();
    await ended;
  }
});

test.each([
  ['ClickHouse is down', { CLICKHOUSE_URL: nobodyListens }, 'STORE__UNREACHABLE', 'ClickHouse'],
  ['the database has no tables', { CLICKHOUSE_DATABASE: 'nowhere' }, 'STORE__NOT_MIGRATED', 'plumbline migrate'],
  ['the RPC is down', { SOLANA_RPC_URL: nobodyListens }, 'RPC__UNREACHABLE', 'SOLANA_RPC_URL'],
  ['the stream is down', { YELLOWSTONE_ENDPOINT: nobodyListens }, 'STREAM__UNREACHABLE', 'YELLOWSTONE_ENDPOINT'],
  ['the chain is another', { SOLANA_GENESIS_HASH: '1'.repeat(32) }, 'INDEXER__WRONG_GENESIS', 'SOLANA_GENESIS_HASH'],
])('when %s, it ends with one line that says what to do', async (_case, changes, code, hint) => {
  const error = (await failureOf(changes)) as Error;
  expect(error).toMatchObject({ code });
  expect(error.message).toContain(hint);
  expect(error.message).not.toContain('\n');
});

test('a database that was begun on another chain is refused', async () => {
  const other = await startLocalnet({ seed: 77 });
  const error = await failureOf({ SOLANA_RPC_URL: other.rpcUrl, YELLOWSTONE_ENDPOINT: other.grpcUrl });
  await other.stop();
  expect(error).toMatchObject({ code: 'STORE__WRONG_CHAIN' });
});

test('a port that is taken is named with the setting', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const port = String((holder.address() as AddressInfo).port);
  const error = await failureOf({ METRICS_PORT: port });
  await new Promise((resolve) => holder.close(resolve));
  expect(error).toMatchObject({ code: 'STATUS__PORT_TAKEN' });
  expect((error as Error).message).toContain('METRICS_PORT');
});
