import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { Registry } from '../../../indexer/decode/registry.ts';
import { InputError } from '../../../indexer/domain/errors.ts';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import type { BlockStore } from '../../../indexer/store/block-store.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { insertIncidents } from '../../../indexer/store/queries/ledger/reconciliation.ts';
import { Leases } from '../../../jobs/leases.ts';
import { commissionChange } from '../../../jobs/webhooks/alerts.ts';
import { readWebhookFile } from '../../../jobs/webhooks/webhook-file.ts';
import { retryMs, WebhookKeeper } from '../../../jobs/webhooks/webhook-job.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { settingsFor } from '../../indexer/store/store-fixture.ts';
import { type RunningRedis, startRedis } from '../../redis/start-redis.ts';
import {
  type ChosenBlock,
  empty,
  type MarketDatabase,
  marketChain,
  openMarketDatabase,
} from '../market/market-chain.ts';

const SECRET = 'a secret that only a test knows, of 32 and more';
const HOUR_MS = 3_600_000;
const ALERT_TABLES = ['marketplace_provider_slashed', 'staking_update_operator_pool'];
const folder = mkdtempSync(join(tmpdir(), 'plumbline-webhooks-'));

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: RunningClickHouse;
let redis: RunningRedis;
/** Of one worker, and of another. */
let leases: Leases;
let leasesElsewhere: Leases;
let database: MarketDatabase;
let registry: Registry;
let store: BlockStore;
let receiver: Server;
let received: Received[];
/** What the receiver answers; `null` for nothing. */
let answer: (message: Received) => number | null;
let nowMs: number;

beforeAll(async () => {
  [server, redis] = await Promise.all([startPreparedClickHouse('own'), startRedis()]);
  [leases, leasesElsewhere] = [new Leases(redis.url), new Leases(redis.url)];
  database = await openMarketDatabase(server.url, ALERT_TABLES);
  registry = await loadProgramRegistry(settingsFor(server.url, database.client.database));
  store = createBlockStore(database.client, database.tables);
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      const message = { headers: request.headers, body };
      received.push(message);
      const status = answer(message);
      if (status !== null) response.writeHead(status, { location: `${addressOf()}/elsewhere` }).end('not read');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true });
  for (const each of [leases, leasesElsewhere]) each.close();
  await redis.stop();
  await database.drop();
  await server.stop();
});

beforeEach(() => {
  received = [];
  answer = () => 204;
  nowMs = 1_700_000_000_000;
});
afterEach(() => empty(database.client));

function addressOf(): string {
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}

function fileOf(webhook: Readonly<Record<string, unknown>> = {}): string {
  const file = join(folder, 'webhooks.json');
  const given = { name: 'ops', url: `${addressOf()}/hook`, secret: SECRET, ...webhook };
  writeFileSync(file, JSON.stringify({ webhooks: [given] }));
  return file;
}

function keeperOf(of: Leases = leases): WebhookKeeper {
  const endpoints = readWebhookFile(fileOf());
  const log = pino({ level: 'silent' });
  return new WebhookKeeper({ store: database.client, registry, endpoints, leases: of, nowMs: () => nowMs, log });
}

const quiet = (slot: bigint): ChosenBlock => ({ slot, time: slot, events: [] });
const slashing = (slot: bigint, branch = ''): ChosenBlock => ({
  ...{ slot, time: slot, branch },
  events: [{ table: 'marketplace_provider_slashed', fields: { provider: bytesOf(`provider ${branch}`) } }],
});

async function commit(blocks: readonly ChosenBlock[], parent: DecodedBlock | null = null): Promise<DecodedBlock[]> {
  const chain = marketChain(database.tables, blocks, parent);
  await store.commit(chain);
  return chain;
}

async function finalize(block: DecodedBlock | undefined): Promise<void> {
  if (block !== undefined) await store.markFinalized(block.block.slot, block.block.blockhash);
}

const idsOf = () => received.map(({ headers }) => headers['plumbline-id']);
const dataOf = () => received.map(({ body }) => (JSON.parse(body) as { data: { slot: string } }).data);

async function documentedCheck(): Promise<
  (secret: string, header: string, body: string, nowSeconds: number) => boolean
> {
  const [, code = ''] = /```js\n([\s\S]+?)```/.exec(readFileSync('docs/webhooks.md', 'utf8')) ?? [];
  const file = join(folder, 'check.mjs');
  writeFileSync(file, code);
  return (await import(pathToFileURL(file).href)).isFromPlumbline;
}

describe('an alert', () => {
  it('is told once its block is final, and to a new endpoint nothing of the past', async () => {
    const keeper = keeperOf();
    const [first] = await commit([slashing(1n)]);
    await finalize(first);
    await keeper.turn();
    const [second] = await commit([slashing(2n)], first ?? null);
    await keeper.turn();
    expect(received).toHaveLength(0);
    await finalize(second);
    await keeper.turn();
    await keeper.turn();
    expect(dataOf().map(({ slot }) => slot)).toEqual(['2']);
    expect(keeper.status).toEqual({ webhooksPending: 0, webhooksSent: 1, webhooksDead: 0 });
  });

  it('is tried again, later each time, with the same id and body, and its signature holds as documented', async () => {
    const isFromPlumbline = await documentedCheck();
    const keeper = keeperOf();
    await finalize((await commit([quiet(1n)]))[0]);
    await keeper.turn();
    const [, slash] = await commit([quiet(1n), slashing(2n)]);
    await finalize(slash);
    answer = () => (received.length < 3 ? 500 : 200);
    for (const waitMs of [0, 1, 5_000, 5_000, 10_000, 1]) {
      nowMs += waitMs;
      await keeper.turn();
    }
    // The waits of 1 ms and the second of 5 s are too short for an attempt.
    expect(received).toHaveLength(3);
    expect(new Set(idsOf()).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const { headers, body } = received[0] as Received;
    const header = String(headers['plumbline-signature']);
    const sentAt = 1_700_000_000;
    expect(isFromPlumbline(SECRET, header, body, sentAt + 10)).toBe(true);
    expect(isFromPlumbline(SECRET, header, body, sentAt + 301)).toBe(false);
    expect(isFromPlumbline(`${SECRET}.`, header, body, sentAt)).toBe(false);
    expect(isFromPlumbline(SECRET, header, `${body} `, sentAt)).toBe(false);
    expect(isFromPlumbline(SECRET, header.replace(/t=\d+/, `t=${sentAt + 1}`), body, sentAt)).toBe(false);
  });

  it('of a block that a fork replaced is never told; that of the block in its place is', async () => {
    const keeper = keeperOf();
    const [first] = await commit([quiet(1n)]);
    await finalize(first);
    await keeper.turn();
    await commit([slashing(2n, 'lost')], first ?? null);
    await keeper.turn();
    await store.cancelAbove(1n);
    const [kept] = await commit([slashing(2n, 'kept')], first ?? null);
    await finalize(kept);
    await keeper.turn();
    const { toBase58 } = await import('../../../indexer/domain/base58.ts');
    expect(dataOf()).toMatchObject([{ slot: '2', blockhash: toBase58(kept?.block.blockhash ?? new Uint8Array()) }]);
  });

  it('is none of a program that is only followed, whatever it calls its events, and holds up no other', async () => {
    const keeper = keeperOf();
    const [first] = await commit([quiet(1n)]);
    await finalize(first);
    await keeper.turn();
    const foreign = ALERT_TABLES.map((table) => ({ table, fields: {} }));
    const [told] = marketChain(database.tables, [{ slot: 2n, time: 2n, events: foreign }], first ?? null);
    if (told === undefined) throw new Error('no block');
    await store.commit([{ ...told, events: told.events.map((each) => ({ ...each, programId: bytesOf('foreign') })) }]);
    const [own] = await commit([slashing(3n)], told);
    await finalize(own);
    await keeper.turn();
    expect(dataOf().map(({ slot }) => slot)).toEqual(['3']);
  });

  it('goes again, and no other does, where the worker dies between sending it and noting so', async () => {
    const [first] = await commit([quiet(1n)]);
    await finalize(first);
    await keeperOf().turn();
    const [, last] = await commit([slashing(2n), slashing(3n)], first ?? null);
    await finalize(last);
    let child: ChildProcess | null = null;
    answer = () => {
      child?.kill('SIGKILL');
      return null;
    };
    const file = 'test/jobs/webhooks/turn.ts';
    const given = [server.url, database.client.database, fileOf(), redis.url, '2000'];
    const flags = ['--import', 'tsx', file, ...given];
    child = spawn(process.execPath, flags, { stdio: 'inherit' });
    await once(child, 'exit');
    expect(received).toHaveLength(1);
    answer = () => 200;
    const keeper = keeperOf();
    await vi.waitFor(
      async () => {
        // Until the lease of the dead one ends.
        await keeper.turn();
        expect(idsOf()).toHaveLength(3);
      },
      { timeout: 30_000, interval: 100 },
    );
    expect(idsOf()[1]).toBe(idsOf()[0]);
    expect(new Set(idsOf()).size).toBe(2);
  }, 60_000);

  it('is told once by ticks that come while a receiver takes its time', async () => {
    const keeper = keeperOf();
    const [first] = await commit([quiet(1n), slashing(2n)]);
    await finalize(first);
    await keeper.turn();
    await finalize((await commit([slashing(2n)], first ?? null)).at(-1));
    await Promise.all([keeper.turn(), keeper.turn(), keeper.turn()]);
    expect(idsOf()).toHaveLength(1);
    await keeper.turn();
    expect(idsOf()).toHaveLength(1);
  });

  it('is told once by two workers that find it at the same time, and by the other where one is gone', async () => {
    const [one, other] = [keeperOf(), keeperOf(leasesElsewhere)];
    const [first] = await commit([quiet(1n), slashing(2n)]);
    await finalize(first);
    await Promise.all([one.turn(), other.turn()]);
    const [, second] = await commit([slashing(2n), slashing(3n)], first ?? null);
    await finalize(second);
    await Promise.all([one.turn(), other.turn(), one.turn(), other.turn()]);
    expect(idsOf()).toHaveLength(2);
    expect(new Set(idsOf()).size).toBe(2);
    const [third] = await commit([slashing(4n)], second ?? null);
    await finalize(third);
    await other.turn();
    await one.turn();
    expect(dataOf().map(({ slot }) => slot)).toEqual(['2', '3', '4']);
  });

  it('that is never taken is dead in the end, and seen; a redirect is not followed', async () => {
    const keeper = keeperOf();
    answer = () => 307;
    const incident = { slot: 1n, fromSlot: 0n, program: bytesOf('program'), publicKey: bytesOf('account') };
    const sides = { kind: 'Order', field: 'amount', expected: '1', seen: '2' };
    await insertIncidents(database.client, [{ ...incident, ...sides }], true);
    for (let turn = 0; turn < 14; turn++) {
      await keeper.turn();
      nowMs += HOUR_MS;
    }
    expect(received).toHaveLength(12);
    expect(keeper.status).toEqual({ webhooksPending: 0, webhooksSent: 0, webhooksDead: 1 });
  });
});

it('waits grow from five seconds to an hour', () => {
  expect([1, 2, 3, 11, 12].map(retryMs)).toEqual([5_000, 10_000, 20_000, 3_600_000, 3_600_000]);
});

it('an update of a pool is a change of commission only where one of its rates is another', () => {
  const pool = { reward_commission_rate_bps: 500, new_reward_commission_rate_bps: null, name: 'a' };
  expect(commissionChange(pool, { ...pool, name: 'b' })).toBeNull();
  expect(commissionChange(pool, { ...pool, new_reward_commission_rate_bps: 900 })).toEqual({
    new_reward_commission_rate_bps: { before: null, after: 900 },
  });
});

it.each([
  ['an address of the network without TLS', { url: 'http://10.0.0.1/hook' }],
  ['another scheme', { url: 'file:///etc/passwd' }],
  ['a password in the address', { url: 'https://user:word@example.com/' }],
  ['a secret that is short', { secret: 'short' }],
  ['a kind that there is not', { kinds: ['everything'] }],
])('a file with %s is refused without being quoted', (_, webhook) => {
  const read = () => readWebhookFile(fileOf(webhook));
  expect(read).toThrow(InputError);
  expect(read).not.toThrow(new RegExp(`${SECRET}|10\\.0\\.0\\.1|user:word`));
});
