/**
 * Logs that a node cut: nothing is passed over in silence, and the same block from a node that keeps whole logs makes the
 * record what it would have been. Recorded blocks of a real validator, in a real ClickHouse.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Assembler } from '../../indexer/assemble/assembler.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import { parseIdlText } from '../../indexer/decode/parse-idl.ts';
import { buildRegistry, type Registry } from '../../indexer/decode/registry.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { Block } from '../../indexer/domain/chain.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { createFillStore } from '../../indexer/store/fill-store.ts';
import { proveRange } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { verifyBlocks } from '../../indexer/store/verify-blocks.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { type Database, openDatabase } from '../indexer/store/store-fixture.ts';
import { recordedUpdates } from '../indexer/stream/recordings.ts';
import { describeShared, sharedPath } from './shared-data.ts';

let server: RunningClickHouse;
let registry: Registry;
let whole: Block[];
let cut: Block[];
const databases: Database[] = [];

/** The log ends before the last event of every fifth transaction that has one. */
function withCutLogs(block: Block): Block {
  const transactions = block.transactions.map((transaction) => {
    const lines = transaction.logMessages ?? [];
    const at = lines.findLastIndex((line) => line.startsWith('Program data: '));
    const isCut = at >= 0 && transaction.error === null && (transaction.signature[0] ?? 0) % 5 === 0;
    return isCut ? { ...transaction, logMessages: [...lines.slice(0, at), 'Log truncated'] } : transaction;
  });
  return { ...block, transactions };
}

const cutCount = () =>
  cut.flatMap(({ transactions }) => transactions).filter(({ logMessages }) => logMessages?.includes('Log truncated'))
    .length;

describeShared('logs that were cut', () => {
  beforeAll(async () => {
    server = await startPreparedClickHouse('small');
    const idl = parseIdlText(readFileSync(sharedPath('fixtures/yellowstone/idl.json'), 'utf8'));
    registry = buildRegistry([{ programId: idl.address ?? '', prefix: 'recorded', idl, validFromSlot: 0n }]);
    const assembler = new Assembler({ hasAccounts: true });
    const facts = recordedUpdates('confirmed').flatMap((each) => assembler.push(each));
    whole = facts.flatMap((each) => (each.kind === 'block' ? [each.block] : []));
    cut = whole.map(withCutLogs);
  });
  afterAll(async () => {
    for (const each of databases) await each.client.close();
    await server.stop();
  });

  test('each call that events may be missing of is named, with what was read of it', async () => {
    const { client } = await recordOf(cut);
    const { problems } = await verifyBlocks(client, 0n, 1_000n);
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['not_provable']));
    const calls = problems.flatMap((problem) => (problem.kind === 'not_provable' ? problem.calls : []));
    expect(cutCount()).toBeGreaterThan(20);
    expect(new Set(calls.map(({ signature }) => toBase58(signature))).size).toBe(cutCount());
    const readCount = calls.reduce((sum, { eventCount }) => sum + Number(eventCount), 0);
    const all = await count(client, 'SELECT count() FROM canonical_events');
    const ofCut = await count(
      client,
      'SELECT count() FROM canonical_events WHERE signature IN (SELECT signature FROM canonical_transactions WHERE log_truncated = 1)',
    );
    expect([all, readCount]).toEqual([524 - cutCount(), ofCut]);
    // Instructions and account states do not come from logs.
    const other = await recordOf(whole);
    for (const table of ['instructions', 'accounts'])
      expect(await dump(client, table)).toBe(await dump(other.client, table));
  });

  test('a node that keeps whole logs brings what was cut, and a reader of cut ones does not take it away again', async () => {
    const recovered = await recordOf(cut);
    const never = await recordOf(whole);
    expect((await proof(recovered.client)).unprovableSlots.length).toBeGreaterThan(0);
    // As a backfill brings them: from RPC, without account states.
    const fromNode = whole.map((block) => decodeBlock({ ...block, accounts: [], hasAccounts: false }, registry));
    await createFillStore(recovered.client, registry.tables).fill(fromNode);
    const replay = cut.map((block) => decodeBlock(block, registry));
    await createBlockStore(recovered.client, registry.tables).commit(replay);
    const tables = ['transactions', 'events', 'instructions', 'accounts', 'undecoded'];
    for (const table of [...tables, ...registry.tables.map((each) => each.table)]) {
      expect([table, await dump(recovered.client, table)]).toEqual([table, await dump(never.client, table)]);
    }
    expect((await verifyBlocks(recovered.client, 0n, 1_000n)).problems).toEqual([]);
    expect(await proof(recovered.client)).toEqual(await proof(never.client));
    expect((await proof(recovered.client)).unprovableSlots).toEqual([]);
  });

  test('account states that only a reader of cut logs has are taken all the same', async () => {
    const [first] = whole;
    const database = await recordOf([]);
    const bare = decodeBlock({ ...(first as Block), accounts: [], hasAccounts: false }, registry);
    await createFillStore(database.client, registry.tables).fill([bare]);
    await createBlockStore(database.client, registry.tables).commit([decodeBlock(first as Block, registry)]);
    const found = await count(database.client, 'SELECT has_accounts FROM canonical_blocks');
    expect(found).toBe(1);
  });
});

async function recordOf(blocks: readonly Block[]): Promise<Database> {
  const database = await openDatabase(server.url);
  databases.push(database);
  await ensureEventTables(database.client, registry.tables);
  const decoded = blocks.map((block) => decodeBlock(block, registry));
  await createBlockStore(database.client, registry.tables).commit(decoded);
  return database;
}

function proof(client: StoreClient) {
  const programs = registry.programs.map(({ id }) => id);
  return proveRange(client, { fromSlot: 128n, toSlot: 275n, accountsSlot: 128n, programs });
}

async function dump(client: StoreClient, table: string): Promise<string> {
  return (await client.bytes(`SELECT * FROM canonical_${table} ORDER BY ALL`, {}, 'TabSeparated')).toString('latin1');
}

async function count(client: StoreClient, sql: string): Promise<number> {
  return Number((await client.bytes(sql, {}, 'TabSeparated')).toString());
}
