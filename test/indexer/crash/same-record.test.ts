/**
 * One chain gives one record, whoever writes it: two indexers that hear of it in different ways, on two databases or on
 * one, and a backfill.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import type { Feed } from '../../../indexer/stream/subscription.ts';
import { freePort } from '../../free-port.ts';
import { type CrashBench, type CrashRecord, openCrashBench, untilTrue } from './crash-bench.ts';
import { dumpRecord, expectSameRecord } from './dump-record.ts';
import type { RunningCommand } from './indexer-process.ts';
import type { TapeOptions } from './tape-server.ts';

const TEST_MS = 600_000;
/** What a block does not have when it came by RPC, as one may for a writer that was overtaken, until the next snapshot. */
const OF_ACCOUNTS = ['accounts', 'blocks', 'undecoded'].flatMap((table) => [
  table,
  `canonical_${table}`,
  `readable_${table}`,
]);
let bench: CrashBench;
/** Of one indexer that nobody disturbed. */
let alone: CrashRecord;

beforeAll(async () => {
  bench = await openCrashBench();
  alone = await recorded('blocks', wholeTape(1, 8), 'raw');
}, TEST_MS);
afterAll(() => bench.stop());

/** A tape from which nothing is missing for good, with forks, doubles and cuts of its own. */
function wholeTape(seed: number, slotMs: number): Partial<TapeOptions> {
  return { seed, slotMs, cuts: 2, isDropped: () => false };
}

async function untilSettled(record: CrashRecord, commands: readonly RunningCommand[]): Promise<void> {
  for (const command of commands) {
    await untilTrue('everything is recorded', () => record.isSettled(bench.idls.revisions.early), command);
  }
  for (const command of commands) command.kill('SIGTERM');
  for (const command of commands) expect(await command.ended).toMatchObject({ code: 0 });
}

async function recorded(feed: Feed, tape: Partial<TapeOptions>, transport: 'raw' | 'official'): Promise<CrashRecord> {
  const record = await bench.openRecord(feed, { tape });
  const command = record.start(['indexer'], { PROGRAMS: bench.idls.early, YELLOWSTONE_TRANSPORT: transport });
  await untilSettled(record, [command]);
  return record;
}

/** By its own status: that the record is at the head may be another's doing. One that does not listen yet is not there. */
async function isAtHead(port: string): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
  const status = (await answer?.json()) as { committedSlot: number | null } | undefined;
  return status?.committedSlot === Number(bench.chain.headSlot);
}

/** A tape has told all it has within a second. */
const LASTING_MS = 2_000;

function lasting(condition: () => Promise<boolean>): () => Promise<boolean> {
  let since: number | null = null;
  return async () => {
    since = (await condition()) ? (since ?? Date.now()) : null;
    return since !== null && Date.now() - since >= LASTING_MS;
  };
}

const hashesOf = async ({ client }: CrashRecord) => {
  const { problems, buckets } = await verifyBlocks(client, bench.chain.firstSlot, bench.chain.headSlot);
  expect(problems).toEqual([]);
  return buckets;
};

test(
  'two indexers on two databases, which hear of the chain in different ways, end with the same record and hashes',
  async () => {
    const wanted = await dumpRecord(alone.client);
    const hashes = await hashesOf(alone);
    expect(wanted.leftBehind['blocks']?.length).toBeGreaterThan(1);

    const other = await recorded('transactions', wholeTape(2, 3), 'official');
    // Transactions that come one by one are looked for, and how far that has got is a cursor.
    expectSameRecord(await dumpRecord(other.client), wanted, ['cursors']);
    expect(await hashesOf(other)).toEqual(hashes);
    await other.drop();
  },
  TEST_MS,
);

test(
  'two indexers on one database, which hear of the chain in different ways, both go on to its end and leave the blocks and hashes of one',
  async () => {
    const shared = await bench.openRecord('blocks', { tape: wholeTape(3, 8) });
    const second = await bench.openRecord('transactions', { tape: wholeTape(4, 5), isMigrated: false });
    const { YELLOWSTONE_ENDPOINT, YELLOWSTONE_FEED } = second.environment;
    const environment = { PROGRAMS: bench.idls.early };
    const ports = [await freePort(), await freePort()].map(String);
    const commands = [{}, { YELLOWSTONE_ENDPOINT, YELLOWSTONE_FEED }].map((changes, index) =>
      shared.start(['indexer'], { ...environment, ...changes, METRICS_PORT: ports[index] }),
    );
    // One that is behind, or is told of a branch once more, still cancels what the other wrote until it comes to its end.
    const areAtHead = async () => (await Promise.all(ports.map(isAtHead))).every((each) => each);
    const isOver = lasting(async () => (await areAtHead()) && shared.isSettled(bench.idls.revisions.early));
    for (const command of commands) await untilTrue('both are at the head for good', isOver, command);
    await untilSettled(shared, commands);
    const [found, wanted] = [await dumpRecord(shared.client), await dumpRecord(alone.client)];
    expectSameRecord(found, wanted, ['cursors', ...OF_ACCOUNTS]);
    const states = new Set(wanted.counted['accounts']?.split('\n'));
    expect(found.counted['accounts']?.split('\n').filter((line) => !states.has(line))).toEqual([]);
    expect(await hashesOf(shared)).toEqual(await hashesOf(alone));
    await Promise.all([shared.drop(), second.drop()]);
  },
  TEST_MS,
);

test(
  'a backfill writes the rows of the live stream, byte for byte, in every table',
  async () => {
    const { chain, idls } = bench;
    const filled = await bench.openRecord('blocks', { tape: wholeTape(1, 4) });
    const environment = { PROGRAMS: idls.early, START_SLOT: String(chain.middleSlot) };
    await untilSettled(filled, [filled.start(['indexer'], environment)]);
    const fill = filled.start(['backfill', '--from', String(chain.firstSlot)], environment);
    expect(await fill.ended).toMatchObject({ code: 0 });
    const [found, wanted] = [
      await bytesBelow(filled.client, chain.middleSlot),
      await bytesBelow(alone.client, chain.middleSlot),
    ];
    expect([...found.keys()]).toEqual([...wanted.keys()]);
    for (const [table, bytes] of wanted) expect(found.get(table)?.equals(bytes), table).toBe(true);
    for (const table of [
      'blocks',
      'transactions',
      'events',
      'instructions',
      'undecoded',
      'marketplace_order_created',
    ]) {
      expect(wanted.get(table)?.length, table).toBeGreaterThan(0);
    }
    await filled.drop();
  },
  TEST_MS,
);

/** Rows of blocks that count below a slot, as the engine has them; without account states, which an RPC does not tell. */
async function bytesBelow(client: StoreClient, slot: bigint): Promise<ReadonlyMap<string, Buffer>> {
  const tables = await rows<{ name: string }>(
    client,
    `SELECT DISTINCT table AS name FROM system.columns INNER JOIN system.tables AS t ON t.name = table AND t.database = database
WHERE database = currentDatabase() AND t.engine = 'ReplacingMergeTree' AND system.columns.name = 'blockhash'
  AND table NOT IN ('accounts', 'cursors', 'account_snapshots') ORDER BY name`,
  );
  const found = new Map<string, Buffer>();
  for (const { name } of tables) {
    const columns = name === 'blocks' ? '* EXCEPT (sign, generation, has_accounts, account_count)' : '*';
    const where = name === 'undecoded' ? "AND source != 'account'" : '';
    const sql = `SELECT ${columns} FROM ${name} FINAL WHERE slot < {slot:UInt64} ${where}
  AND (slot, bank, blockhash) IN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) ORDER BY ALL`;
    found.set(name, await client.bytes(sql, { slot }, 'RowBinary'));
  }
  return found;
}
