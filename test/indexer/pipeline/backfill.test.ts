/** Backfill over a real chain and a real ClickHouse: the rows of a live stream, from anywhere, however often it is cut short. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { rpcAncestry } from '../../../indexer/pipeline/ancestry.ts';
import { type BackfilledPiece, type BackfillOptions, runBackfill } from '../../../indexer/pipeline/backfill.ts';
import { runPipeline } from '../../../indexer/pipeline/pipeline.ts';
import { newStatus } from '../../../indexer/pipeline/status.ts';
import { chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { createBlockStore, type StepHook } from '../../../indexer/store/clickhouse-block-store.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import { rawTransport } from '../../../indexer/stream/raw-transport.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { MEMO_PROGRAM, TestWallet } from '../../localnet/test-wallet.ts';
import { startPreparedClickHouse } from '../store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../store/store-fixture.ts';

const programs = [MEMO_PROGRAM.toBase58()];
/** Memos that begin with `m` are an instruction of this IDL, all others are undecoded. */
const registry = buildRegistry([
  {
    programId: programs[0] as string,
    prefix: 'memo',
    validFromSlot: 0n,
    idl: parseIdl({
      metadata: { name: 'memo', version: '0.1.0', spec: '0.1.0' },
      instructions: [{ name: 'note', discriminator: [0x6d], accounts: [], args: [{ name: 'second', type: 'u8' }] }],
    }),
  },
]);

let clickhouse: RunningClickHouse;
let net: RunningLocalnet;
let wallet: TestWallet;
const databases: Database[] = [];
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
});
afterAll(() => clickhouse.stop());
beforeEach(async () => {
  net = await startLocalnet({ replaySlots: 400 });
  wallet = await TestWallet.funded(net);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
  wallet.close();
  await net.stop();
  for (const each of databases.splice(0)) await each.release();
});

async function emptyDatabase(): Promise<Database> {
  const database = await openDatabase(clickhouse.url);
  databases.push(database);
  return database;
}

/** Memos of both kinds, a failed transaction now and then, skipped slots. */
async function live(memoCount: number): Promise<void> {
  for (let index = 0; index < memoCount; index += 1) {
    await wallet.send(wallet.memo(index % 2 === 0 ? `memo ${index}` : `other ${index}`));
    if (index % 3 === 0) await wallet.send(wallet.transfer(1_000_000_000_000), wallet.memo(`memo fails ${index}`));
    if (index % 5 === 4) net.control({ skipSlots: 2 });
    net.advance();
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** An indexer that follows the stream from a slot, or from what its database has. */
async function follow({ client }: Database, startSlot: bigint): Promise<{ stop(): Promise<void> }> {
  const status = newStatus();
  const stopping = new AbortController();
  const dependencies = {
    transport: rawTransport({ url: net.grpcUrl, xToken: '' }),
    ancestry: rpcAncestry(chainRpc(net.rpcUrl), new Set(programs)),
    store: createBlockStore(client, registry.tables),
    decode: (block: Parameters<typeof decodeBlock>[0]) => decodeBlock(block, registry),
    log: { info: () => undefined, warn: () => undefined },
  };
  const ended = runPipeline(dependencies, { feed: 'blocks', programs, startSlot }, status, stopping.signal);
  const indexer = {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
  running.push(indexer);
  const target = BigInt(net.control({}).confirmedSlot);
  await Promise.race([ended, until(() => (status.committedSlot ?? -1n) >= target)]);
  return indexer;
}

async function followed(startSlot: bigint): Promise<Database> {
  const database = await emptyDatabase();
  await (await follow(database, startSlot)).stop();
  return database;
}

function backfill(
  { client }: Database,
  fromSlot: bigint,
  toSlot: bigint | null,
  changes: Partial<BackfillOptions> = {},
  onStep?: StepHook,
): Promise<void> {
  return runBackfill({
    ...{ fromSlot, toSlot, programs: new Set(programs), rpc: chainRpc(net.rpcUrl) },
    store: createFillStore(client, registry.tables, 0, onStep),
    decode: (block) => decodeBlock(block, registry),
    retry: {
      backoff: { firstMs: 1, longestMs: 2, random: () => 0.5 },
      signal: new AbortController().signal,
      attempts: 3,
      onFailure: () => undefined,
    },
    onPiece: () => undefined,
    ...changes,
  });
}

const VIEWS = ['transactions', 'events', 'instructions', 'undecoded'];

/** Everything but account states, which RPC does not have. */
async function dump({ client }: Database, fromSlot: bigint, toSlot: bigint): Promise<Record<string, string>> {
  const text = async (columns: string, table: string) => {
    const where = `WHERE slot BETWEEN ${fromSlot} AND ${toSlot}${table === 'undecoded' ? " AND source != 'account'" : ''}`;
    const sql = `SELECT ${columns} FROM canonical_${table} ${where} ORDER BY ALL`;
    return (await client.bytes(sql, {}, 'TabSeparated')).toString('latin1');
  };
  const found: Record<string, string> = {
    blocks: await text('* EXCEPT (has_accounts, account_count, status)', 'blocks'),
  };
  for (const view of VIEWS) found[view] = await text('*', view);
  return found;
}

const LAST = 60n;

/** 130 slots, of which those from 60 on are in the record of an indexer that came late. */
async function lateRecord(): Promise<Database> {
  await live(40);
  net.advance(130 - Number(net.control({}).confirmedSlot));
  return followed(LAST);
}

describe('backfill', () => {
  test('below the record it writes the rows of an indexer that was there from the start, byte for byte', async () => {
    const late = await lateRecord();
    const early = await followed(1n);
    const pieces: BackfilledPiece[] = [];
    await backfill(late, 1n, null, { onPiece: (piece) => pieces.push(piece) });
    const dumped = await dump(late, 0n, 500n);
    expect(dumped).toEqual(await dump(early, 0n, 500n));
    expect(dumped['transactions']?.split('\n').length).toBeGreaterThan(50);
    expect(pieces.reduce((sum, { blockCount }) => sum + blockCount, 0)).toBeGreaterThan(20);
    const reports = await Promise.all([late, early].map(({ client }) => verifyBlocks(client, 1n, 130n)));
    expect(reports.map(({ problems }) => problems)).toEqual([[], []]);
    expect(reports[0]?.buckets).toEqual(reports[1]?.buckets);
  });

  test('into an empty record it writes the same, and an indexer goes on above it', async () => {
    await live(20);
    net.advance(50);
    const filled = await emptyDatabase();
    await backfill(filled, 3n, 30n);
    await (await follow(filled, 0n)).stop();
    const early = await followed(1n);
    expect(await dump(filled, 0n, 500n)).toEqual(await dump(early, 3n, 500n));
    expect((await verifyBlocks(filled.client, 3n, 500n)).problems).toEqual([]);
  });

  test('above the head it goes on where the record ends, up to the newest final block', async () => {
    await live(10);
    const stopped = await followed(1n);
    await live(30);
    net.advance(60);
    const early = await followed(1n);
    const head = (await createBlockStore(stopped.client, []).head())?.slot ?? 0n;
    await backfill(stopped, head + 1n, null);
    const final = BigInt(net.control({}).finalizedSlot);
    expect(await dump(stopped, 0n, final)).toEqual(await dump(early, 0n, final));
    expect(await createBlockStore(stopped.client, []).finalizedSlot()).toBe(final);
    await (await follow(stopped, 0n)).stop();
    expect((await verifyBlocks(stopped.client, 1n, 500n)).problems).toEqual([]);
  });

  test('inside the record it changes nothing that is whole, account states least of all', async () => {
    await live(20);
    net.advance(60);
    const early = await followed(1n);
    const whole = async () =>
      (await early.client.bytes('SELECT * FROM canonical_blocks ORDER BY slot', {}, 'TabSeparated')).toString('latin1');
    const [before, marks] = [await dump(early, 0n, 500n), await whole()];
    await backfill(early, 5n, 40n);
    expect(await dump(early, 0n, 500n)).toEqual(before);
    expect(await whole()).toBe(marks);
  });

  test('inside the record it brings back rows that were lost', async () => {
    await live(20);
    net.advance(60);
    const early = await followed(1n);
    const before = await dump(early, 0n, 500n);
    await early.client.command(
      'ALTER TABLE transactions DELETE WHERE slot BETWEEN 8 AND 14 SETTINGS mutations_sync = 2',
    );
    expect((await verifyBlocks(early.client, 1n, 500n)).problems).not.toEqual([]);
    await backfill(early, 5n, 20n);
    expect(await dump(early, 0n, 500n)).toEqual(before);
    expect((await verifyBlocks(early.client, 1n, 500n)).problems).toEqual([]);
  });

  test.each(['rows_written', 'marks_written'] as const)(
    'killed after %s it is repaired by the same call',
    async (at) => {
      const late = await lateRecord();
      const early = await followed(1n);
      const crash: StepHook = (step) => {
        if (step === at) throw new Error('killed');
      };
      await expect(backfill(late, 1n, 59n, {}, crash)).rejects.toThrow('killed');
      await backfill(late, 1n, 59n);
      expect(await dump(late, 0n, 500n)).toEqual(await dump(early, 0n, 500n));
    },
  );

  test('stopped after a piece it leaves one chain, and goes on where it was', async () => {
    await live(40);
    net.advance(700);
    const late = await followed(650n);
    const stop = new AbortController();
    const retry = {
      backoff: { firstMs: 1, longestMs: 2, random: () => 0 },
      signal: stop.signal,
      onFailure: () => undefined,
    };
    await backfill(late, 1n, null, { retry, onPiece: () => stop.abort() });
    const first = (await createFillStore(late.client, []).span())?.first.slot ?? 0n;
    expect(first).toBeGreaterThan(1n);
    expect(first).toBeLessThan(650n);
    expect((await verifyBlocks(late.client, first, 900n)).problems).toEqual([]);
    await backfill(late, 1n, null);
    expect((await verifyBlocks(late.client, 1n, 900n)).problems).toEqual([]);
    expect((await createFillStore(late.client, []).span())?.first.slot).toBe(1n);
  });

  test('two at once, beside an indexer that runs, leave what one of them would', async () => {
    await live(40);
    net.advance(130 - Number(net.control({}).confirmedSlot));
    const late = await emptyDatabase();
    const indexer = await follow(late, LAST);
    const fills = [backfill(late, 1n, null), backfill(late, 10n, 59n), backfill(late, 30n, 95n)];
    await live(15);
    await Promise.all(fills);
    net.advance(2);
    const early = await followed(1n);
    const confirmed = BigInt(net.control({}).confirmedSlot);
    while (((await createBlockStore(late.client, []).head())?.slot ?? 0n) < confirmed)
      await new Promise((go) => setTimeout(go, 10));
    await indexer.stop();
    expect(await dump(late, 0n, 500n)).toEqual(await dump(early, 0n, 500n));
    expect((await verifyBlocks(late.client, 1n, 500n)).problems).toEqual([]);
  });
});

describe('a backfill that cannot be done says why', () => {
  test('a range that does not touch the record, and one that is not final', async () => {
    const late = await lateRecord();
    await expect(backfill(late, 1n, 20n)).rejects.toMatchObject({ code: 'BACKFILL__DETACHED' });
    await expect(backfill(late, 1n, 20n)).rejects.toThrow('--to 59');
    await expect(backfill(late, 1n, 5_000n)).rejects.toMatchObject({ code: 'BACKFILL__NOT_FINAL' });
    await expect(backfill(late, 20n, 10n)).rejects.toMatchObject({ code: 'BACKFILL__BAD_RANGE' });
    expect((await createFillStore(late.client, []).span())?.first.slot).toBe(60n);
  });

  test('a node that has pruned the range, whether it says so at first or at a block', async () => {
    const late = await lateRecord();
    const rpc = chainRpc(net.rpcUrl);
    const told = { ...rpc, firstAvailableSlot: async () => 20n };
    await expect(backfill(late, 1n, null, { rpc: told })).rejects.toMatchObject({ code: 'BACKFILL__RANGE_PRUNED' });
    await expect(backfill(late, 1n, null, { rpc: told })).rejects.toThrow('--from 20');
    const pruning = {
      ...rpc,
      blockSlots: async (from: bigint, to: bigint) => (await rpc.blockSlots(from, to)).filter((slot) => slot >= 20n),
      block: (slot: bigint) => (slot < 20n ? Promise.resolve(null) : rpc.block(slot)),
    };
    await expect(backfill(late, 1n, null, { rpc: pruning })).rejects.toMatchObject({ code: 'BACKFILL__RANGE_PRUNED' });
  });

  test('a node of another chain is never believed', async () => {
    const late = await lateRecord();
    const rpc = chainRpc(net.rpcUrl);
    const other = {
      ...rpc,
      async block(slot: bigint) {
        const found = await rpc.block(slot);
        return found === null || slot > 40n ? found : { ...found, blockhash: found.previousBlockhash };
      },
    };
    await expect(backfill(late, 1n, null, { rpc: other })).rejects.toMatchObject({ code: 'BACKFILL__OTHER_BLOCK' });
    expect((await createFillStore(late.client, []).span())?.first.slot).toBe(60n);
  });

  test('an answer of a node that has cleaned a block up is a code of its own', async () => {
    const answer = { jsonrpc: '2.0', id: 1, error: { code: -32_001, message: 'Block 5 cleaned up' } };
    const rpc = chainRpc('http://127.0.0.1:1', async () => new Response(JSON.stringify(answer)));
    await expect(rpc.block(5n, 'finalized')).rejects.toMatchObject({ code: 'RPC__BLOCK_PRUNED' });
  });
});
