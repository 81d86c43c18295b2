/** Transactions that a server drops inside a block: found by asking a node, shown by `verify blocks`, brought by a backfill. */
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { decodeBlock } from '../../../indexer/decode/decode-block.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { runBackfill } from '../../../indexer/pipeline/backfill.ts';
import { type IndexerStatus, newStatus } from '../../../indexer/pipeline/status.ts';
import { runTransactionChecks } from '../../../indexer/pipeline/transaction-checks.ts';
import { blockFromRpc } from '../../../indexer/rpc/rpc-block.ts';
import { type ChainRpc, chainRpc } from '../../../indexer/rpc/rpc-client.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import { missingTransactions, transactionsCheckedTo } from '../../../indexer/store/queries/chain/transaction-checks.ts';
import { proveRange } from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { type RunningLocalnet, startLocalnet } from '../../localnet/start.ts';
import { MEMO_PROGRAM, TestWallet } from '../../localnet/test-wallet.ts';
import { startPreparedClickHouse } from '../store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../store/store-fixture.ts';

const programs = [MEMO_PROGRAM.toBase58()];
const registry = buildRegistry([
  {
    ...{ programId: programs[0] as string, prefix: 'memo', validFromSlot: 0n },
    idl: parseIdl({ metadata: { name: 'memo', version: '0.1.0', spec: '0.1.0' }, instructions: [] }),
  },
]);

let clickhouse: RunningClickHouse;
let database: Database;
let net: RunningLocalnet;
let wallet: TestWallet;
let rpc: ChainRpc;
let signatures: string[];

beforeAll(async () => {
  clickhouse = await startPreparedClickHouse('small');
});
afterAll(() => clickhouse.stop());
beforeEach(async () => {
  database = await openDatabase(clickhouse.url);
  net = await startLocalnet();
  wallet = await TestWallet.funded(net);
  rpc = chainRpc(net.rpcUrl);
  signatures = [];
  for (let index = 0; index < 12; index += 1) {
    signatures.push(await wallet.send(wallet.memo(`memo ${index}`)), await wallet.send(wallet.memo(`twin ${index}`)));
    net.advance();
  }
  net.advance(50);
});
afterEach(async () => {
  wallet.close();
  await net.stop();
  await database.release();
});

const finalSlot = () => BigInt(net.control({}).finalizedSlot);

/** The chain up to its final block, as a server tells it that drops some transactions. */
async function record(dropped: readonly string[]): Promise<IndexerStatus> {
  const lost = new Set(dropped.map((each) => Buffer.from(fromBase58(each, 64)).toString('hex')));
  const slots = await rpc.blockSlots(1n, finalSlot());
  const blocks = await Promise.all(
    slots.map(async (slot) => {
      const found = await rpc.block(slot);
      if (found === null) throw new Error(`no block ${slot}`);
      const block = blockFromRpc(slot, found, new Set(programs));
      const kept = block.transactions.filter(({ signature }) => !lost.has(Buffer.from(signature).toString('hex')));
      return decodeBlock({ ...block, transactions: kept, hasAccounts: true }, registry);
    }),
  );
  await createBlockStore(database.client, registry.tables).commit(blocks);
  return { ...newStatus(), finalizedSlot: finalSlot() };
}

async function check(
  status: IndexerStatus,
  changes: { rpc?: Partial<ChainRpc>; isWanted?: boolean } = {},
): Promise<void> {
  const stop = new AbortController();
  const ended = runTransactionChecks({
    ...{
      client: database.client,
      programs,
      status,
      isWanted: changes.isWanted ?? true,
      signal: stop.signal,
      pollMs: 5,
    },
    rpc: { ...rpc, ...changes.rpc },
    log: pino({ level: 'silent' }),
    backoff: { firstMs: 1, longestMs: 2, random: () => 0.5 },
  });
  const checkedTo = () => transactionsCheckedTo(database.client);
  // Nothing will come of a check that is neither wanted nor begun: it has its chance, and that is all.
  const mostLooks = changes.isWanted === false && (await checkedTo()) === null ? 20 : Number.POSITIVE_INFINITY;
  for (let looks = 0; looks < mostLooks && status.storeRetries < 3; looks += 1) {
    if ((await checkedTo()) === status.finalizedSlot) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  stop.abort();
  await ended;
}

const proof = () => {
  const range = { fromSlot: 0n, toSlot: finalSlot(), accountsSlot: finalSlot() };
  return proveRange(database.client, { ...range, programs: [MEMO_PROGRAM.toBytes()] });
};

test('a record of every transaction is checked to the end, and says so', async () => {
  const status = await record([]);
  await check(status);
  expect(status).toMatchObject({ missingTransactionsTotal: 0, transactionsCheckedSlot: finalSlot() });
  expect((await verifyBlocks(database.client, 1n, 500n)).problems).toEqual([]);
  expect(await proof()).toMatchObject({ droppedSlots: [], uncheckedFromSlot: null });
});

test('dropped transactions are found, shown and hold an epoch up until a backfill has brought them', async () => {
  const dropped = [signatures[3], signatures[10]] as string[];
  const status = await record(dropped);
  expect((await verifyBlocks(database.client, 1n, 500n)).problems).toEqual([]);
  await check(status);
  expect(status.missingTransactionsTotal).toBe(2);
  const problems = (await verifyBlocks(database.client, 1n, 500n)).problems;
  expect(problems.map(({ kind }) => kind)).toEqual(['dropped', 'dropped']);
  const slots = problems.map(({ slot }) => slot);
  expect((await proof()).droppedSlots).toEqual(slots);
  for (const slot of slots) {
    await runBackfill({
      ...{ fromSlot: slot, toSlot: slot, rpc, programs: new Set(programs), onPiece: () => undefined },
      store: createFillStore(database.client, registry.tables),
      decode: (block) => decodeBlock(block, registry),
      retry: {
        ...{ backoff: { firstMs: 1, longestMs: 1, random: () => 0 }, signal: new AbortController().signal },
        onFailure: () => undefined,
      },
    });
  }
  expect(await missingTransactions(database.client, 0n, 500n, 10)).toEqual([]);
  expect((await verifyBlocks(database.client, 1n, 500n)).problems).toEqual([]);
  expect((await proof()).droppedSlots).toEqual([]);
});

test('a node that forgot proves nothing: the range stays unchecked', async () => {
  const status = await record([]);
  const forgot = async (account: string, before: string | null) =>
    (await rpc.signaturesNaming(account, before)).filter(({ signature }) => signature !== signatures[5]);
  await check(status, { rpc: { signaturesNaming: forgot } });
  expect(await transactionsCheckedTo(database.client)).toBe(0n);
  expect(status.lastError).toContain('SOLANA_RPC_URL');
  expect((await proof()).uncheckedFromSlot).toBe(1n);
  expect((await verifyBlocks(database.client, 5n, 20n)).uncheckedFromSlot).toBe(5n);
});

test('a feed of whole blocks is not checked, unless the record was before', async () => {
  const status = await record([]);
  await check(status, { isWanted: false });
  expect(await transactionsCheckedTo(database.client)).toBeNull();
  expect((await proof()).uncheckedFromSlot).toBeNull();
  await check({ ...status, finalizedSlot: 10n });
  expect(await transactionsCheckedTo(database.client)).toBe(10n);
  expect((await proof()).uncheckedFromSlot).toBe(11n);
  expect((await verifyBlocks(database.client, 1n, 10n)).uncheckedFromSlot).toBeNull();
  expect((await verifyBlocks(database.client, 1n, 20n)).uncheckedFromSlot).toBe(11n);
  await check(status, { isWanted: false });
  expect(await transactionsCheckedTo(database.client)).toBe(finalSlot());
});
