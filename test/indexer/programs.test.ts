/** The whole indexer following programs of which it has nothing but the id and an IDL, some of it added while it runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addIdl } from '../../indexer/add-idl.ts';
import { parsePrograms } from '../../indexer/configured-programs.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { readSettings, type Settings } from '../../indexer/domain/settings.ts';
import { runIndexer } from '../../indexer/main.ts';
import { rows } from '../../indexer/store/rows.ts';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { GrpcServer } from '../localnet/grpc/grpc-server.ts';
import { type RunningLocalnet, startLocalnet } from '../localnet/start.ts';
import { MEMO_PROGRAM, TestWallet } from '../localnet/test-wallet.ts';
import { startPreparedClickHouse } from './store/prepared-clickhouse.ts';
import { type Database, openDatabase } from './store/store-fixture.ts';

const MEMO = MEMO_PROGRAM.toBase58();
const SYSTEM = '11111111111111111111111111111111';
const metadata = { name: 'memo', version: '0.1.0', spec: '0.1.0' };
const note = { name: 'note', discriminator: [0x6d], accounts: [], args: [{ name: 'second', type: 'u8' }] };
const other = { name: 'other', discriminator: [0x6f], accounts: [], args: [] };
const transfer = {
  ...{ name: 'transfer', discriminator: [2, 0, 0, 0], args: [{ name: 'lamports', type: 'u64' }] },
  accounts: [{ name: 'from' }, { name: 'to' }],
};

let clickhouse: RunningClickHouse;
let database: Database;
let net: RunningLocalnet;
let wallet: TestWallet;
let folder: string;

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
  folder = mkdtempSync(join(tmpdir(), 'plumbline-programs-'));
  writeIdl('memo.json', { metadata, instructions: [note] });
  writeIdl('memo-2.json', { metadata, instructions: [note, other] });
  writeIdl('system.json', { metadata: { ...metadata, name: 'system' }, instructions: [transfer] });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await clickhouse.stop();
});
beforeEach(async () => {
  database = await openDatabase(clickhouse.url);
  net = await startLocalnet();
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  wallet.close();
  await net.stop();
  await database.drop();
});

function writeIdl(name: string, json: object): void {
  writeFileSync(join(folder, name), JSON.stringify(json));
}

function settingsWith(changes: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({
    CLICKHOUSE_URL: clickhouse.url,
    CLICKHOUSE_DATABASE: database.settings.CLICKHOUSE_DATABASE,
    SOLANA_RPC_URL: net.rpcUrl,
    YELLOWSTONE_ENDPOINT: net.grpcUrl,
    METRICS_PORT: '0',
    OWN_PROGRAMS: 'false',
    PROGRAMS: `${MEMO}=${join(folder, 'memo.json')}`,
    ...changes,
  });
}

type Counts = readonly { readonly name: string; readonly found: bigint }[];

const decoded = (): Promise<Counts> =>
  rows(database.client, 'SELECT name, count() AS found FROM canonical_instructions GROUP BY name ORDER BY name');
const undecodedCount = async () => {
  const [row] = await rows<{ found: bigint }>(database.client, 'SELECT count() AS found FROM canonical_undecoded');
  return Number(row?.found);
};

async function until<T>(ask: () => Promise<T>, isIt: (found: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 40_000; ; await sleep(50)) {
    const found = await ask();
    if (isIt(found)) return found;
    if (Date.now() > deadline) throw new Error(`not within 40 s: ${String(found)}`);
  }
}

/** An indexer while `during` runs. */
async function whileFollowing(
  settings: Settings,
  during: (status: () => Promise<Status>) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  const port = await new Promise<number>((resolve, reject) => {
    ended = runIndexer(settings, stop.signal, { log: pino({ level: 'silent' }), onListening: resolve });
    ended.catch(reject);
  });
  const status = async () => (await (await fetch(`http://127.0.0.1:${port}/status`)).json()) as Status;
  await until(status, ({ isConnected }) => isConnected);
  await during(status);
  stop.abort();
  await ended;
}

interface Status {
  readonly isConnected: boolean;
  readonly endpoints: readonly { readonly isConnected: boolean }[];
  readonly registryRevision: number;
  readonly serverVersion: string | null;
  readonly committedSlot: number | null;
  readonly missingTransactionsTotal: number;
  readonly transactionsCheckedSlot: number | null;
}

describe('PROGRAMS', () => {
  test('a program is followed by its id and IDL alone, without any program of ours', async () => {
    await whileFollowing(settingsWith(), async (status) => {
      await wallet.send(wallet.memo('memo one'));
      await wallet.send(wallet.memo('unknown'));
      net.advance(3);
      expect(await until(decoded, (found) => found.length > 0)).toEqual([{ name: 'note', found: 1n }]);
      expect(await undecodedCount()).toBe(1);
      expect(await status()).toMatchObject({ registryRevision: 1, serverVersion: '15.1.2' });
    });
    const tables = await rows<{ name: string }>(database.client, "SHOW TABLES LIKE 'staking%'");
    expect(tables).toEqual([]);
  });

  test('an IDL and a program that are added while the indexer runs are followed without a restart', async () => {
    const settings = settingsWith();
    await whileFollowing(settings, async (status) => {
      await wallet.send(wallet.memo('memo one'));
      await wallet.send(wallet.memo('other one'));
      net.advance(3);
      await until(undecodedCount, (found) => found === 1);
      await addIdl(settings, database.client, idlOf(MEMO, 'memo-2.json', 1n));
      await addIdl(settings, database.client, idlOf(SYSTEM, 'system.json', 0n));
      await until(status, ({ registryRevision, isConnected }) => registryRevision === 3 && isConnected);
      await until(undecodedCount, (found) => found === 0);
      await wallet.send(wallet.memo('other two'), wallet.transfer(5));
      net.advance(3);
      const found = await until(decoded, (counts) => counts.some(({ name }) => name === 'transfer'));
      expect(found).toEqual([
        { name: 'note', found: 1n },
        { name: 'other', found: 2n },
        { name: 'transfer', found: 1n },
      ]);
    });
    const [args] = await rows<{ args: string }>(
      database.client,
      "SELECT args FROM canonical_instructions WHERE name = 'transfer'",
    );
    expect(args?.args).toBe('{"lamports":"5"}');
    expect((await verifyBlocks(database.client, 0n, 1_000n)).problems).toEqual([]);
  });

  test('two endpoints by comma are followed at once, over gzip, and the loss of one is seen on the status page alone', async () => {
    const other = new GrpcServer(net.localnet);
    await new Promise<void>((resolve) => other.listener.listen(0, '127.0.0.1', resolve));
    const { port } = other.listener.address() as AddressInfo;
    const settings = settingsWith({
      YELLOWSTONE_ENDPOINT: `http://127.0.0.1:${port},${net.grpcUrl}`,
      YELLOWSTONE_COMPRESSION: 'gzip',
    });
    await whileFollowing(settings, async (status) => {
      await until(status, ({ endpoints }) => endpoints.every(({ isConnected }) => isConnected));
      expect(await status()).toMatchObject({ serverVersion: '15.1.2, 15.1.2', disagreementsTotal: 0 });
      await other.stop();
      await until(status, ({ endpoints }) => !endpoints.every(({ isConnected }) => isConnected));
      await wallet.send(wallet.memo('memo one'));
      net.advance(3);
      expect(await until(decoded, (found) => found.length > 0)).toEqual([{ name: 'note', found: 1n }]);
      expect(await status()).toMatchObject({ isConnected: true, gapsOpen: 0 });
    });
  });

  test('a transaction that the server drops inside a block is found while the indexer runs, and named', async () => {
    let signature = '';
    await whileFollowing(settingsWith({ YELLOWSTONE_FEED: 'transactions' }), async (status) => {
      await wallet.send(wallet.memo('memo one'));
      net.advance();
      signature = await wallet.send(wallet.memo('memo two'));
      net.control({ omitSignatures: [signature] });
      net.advance(40);
      await until(status, ({ transactionsCheckedSlot }) => transactionsCheckedSlot !== null);
      await until(status, ({ missingTransactionsTotal }) => missingTransactionsTotal === 1);
    });
    const { problems, uncheckedFromSlot } = await verifyBlocks(database.client, 0n, 1_000n);
    const named = problems.map((each) => [each.kind, each.kind === 'dropped' ? toBase58(each.signature) : '']);
    expect(named).toEqual([['dropped', signature]]);
    // What is not final yet is not asked about yet.
    expect(uncheckedFromSlot).not.toBeNull();
  });

  test('what a start cannot use ends it with a code, and writes nothing', async () => {
    const end = (changes: Readonly<Record<string, string>>) =>
      runIndexer(settingsWith(changes), AbortSignal.timeout(50_000), {
        log: pino({ level: 'silent' }),
      });
    await expect(end({ PROGRAMS: 'memo.json' })).rejects.toMatchObject({ code: 'SETTINGS__INVALID' });
    await expect(end({ PROGRAMS: `${MEMO}=${folder}/none.json` })).rejects.toMatchObject({ code: 'IDL__UNREADABLE' });
    await expect(end({ PROGRAMS: '' })).rejects.toMatchObject({ code: 'INDEXER__NO_PROGRAMS' });
    expect(await rows(database.client, 'SELECT program FROM idls')).toEqual([]);
  });
});

test('a list of programs may give the slot from which each IDL is in force', () => {
  expect(parsePrograms(` ${MEMO}=a/b.json@77, ${SYSTEM}=c.json`)).toEqual([
    { program: MEMO, path: 'a/b.json', fromSlot: 77n, prefix: null },
    { program: SYSTEM, path: 'c.json', fromSlot: 0n, prefix: null },
  ]);
});

function idlOf(program: string, name: string, fromSlot: bigint) {
  return { program, path: join(folder, name), fromSlot, prefix: null };
}
