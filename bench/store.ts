/**
 * How fast rows get into ClickHouse: our RowBinary batches, the same rows in Native, and as JSONEachRow through
 * @clickhouse/client; then whole commits (all tables and the mark), and the time from a block to its rows being read.
 *
 *     node --import tsx bench/store.ts [--events 200000]
 *
 * Starts an embedded ClickHouse of its own. Events have three keys and four integers (124 bytes as emitted).
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createBatchEncoder, type TableBatch } from '../indexer/batch/block-batch.ts';
import { eventTableShape, type TypedTable } from '../indexer/batch/chain-tables.ts';
import { contextOf } from '../indexer/batch/table-shape.ts';
import type { DecodedBlock, DecodedEvent } from '../indexer/decode/decoded-block.ts';
import { columnsOf } from '../indexer/decode/event-tables.ts';
import type { StructLayout } from '../indexer/decode/layout.ts';
import { readSettings } from '../indexer/domain/settings.ts';
import { createBlockStore } from '../indexer/store/clickhouse-block-store.ts';
import { createStoreClient, type StoreClient } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';
import { eventsPage } from '../indexer/store/queries/rows/events.ts';

const { values: flags } = parseArgs({ options: { events: { type: 'string', default: '200000' } } });
const EVENTS_PER_BLOCK = 2_000;
const LIVE_EVENTS_PER_BLOCK = 1_000;
const LIVE_BLOCKS = 100;
const BLOCKS_PER_COMMIT = 25;

const keyNames = ['pool', 'record', 'owner'];
const amountNames = ['reward', 'usdc', 'epoch', 'total'];
const layout: StructLayout = {
  kind: 'struct',
  name: 'PayEvent',
  fields: [
    ...keyNames.map((name) => ({ name, layout: { kind: 'pubkey' as const } })),
    ...amountNames.map((name) => ({ name, layout: { kind: 'integer' as const, type: 'u64' as const } })),
  ],
};
const table: TypedTable = { table: 'bench_pay', columns: columnsOf(layout) };
const programId = bytesOf(1, 32);

function bytesOf(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed + 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

function eventOf(seed: number, index: number): DecodedEvent {
  const keys = keyNames.map((name, offset) => [name, bytesOf(seed * 7 + offset, 32)] as const);
  const amounts = amountNames.map((name, offset) => [name, BigInt(seed) * 1_000_003n + BigInt(offset)] as const);
  return {
    transactionIndex: index,
    path: [0, 1],
    programId,
    ordinal: 0,
    position: 0,
    transport: 'log',
    name: 'PayEvent',
    table: table.table,
    data: bytesOf(seed, 124),
    fields: Object.fromEntries([...keys, ...amounts]),
    layout,
  };
}

function chainOf(
  firstSlot: number,
  blockCount: number,
  eventsPerBlock: number,
  parent: DecodedBlock | null,
): DecodedBlock[] {
  const chain: DecodedBlock[] = [];
  for (let index = 0; index < blockCount; index++) {
    chain.push(blockOf(firstSlot + index, eventsPerBlock, chain.at(-1) ?? parent));
  }
  return chain;
}

function blockOf(slot: number, eventCount: number, parent: DecodedBlock | null): DecodedBlock {
  const indexes = Array.from({ length: eventCount }, (_, index) => index);
  const transactions = indexes.map((index) => ({
    index,
    signature: bytesOf(slot * eventCount + index, 64),
    error: null,
    accountKeys: [programId],
    instructions: [],
    innerInstructions: [],
    logMessages: [],
    feeLamports: 5_000n,
    computeUnits: 9_000n,
    balanceTurns: [],
    tokenChanges: [],
  }));
  return {
    block: {
      slot: BigInt(slot),
      bank: 0,
      blockhash: bytesOf(slot, 32),
      parentSlot: BigInt(slot - 1),
      parentBlockhash: parent?.block.blockhash ?? bytesOf(0, 32),
      blockTime: 1_700_000_000n,
      blockHeight: BigInt(slot),
      transactions,
      accounts: [],
      hasAccounts: true,
    },
    events: indexes.map((index) => eventOf(slot * eventCount + index, index)),
    instructions: [],
    accounts: [],
    undecoded: [],
    truncatedTransactions: [],
  };
}

interface Spent {
  readonly seconds: number;
  /** Processor time of this process, which other work on the machine does not change. */
  readonly cpuSeconds: number;
}

async function timed(run: () => Promise<void> | void): Promise<Spent> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await run();
  const cpu = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (cpu.user + cpu.system) / 1_000_000 };
}

function report(what: string, rowCount: number, { seconds, cpuSeconds }: Spent): void {
  const perSecond = Math.round(rowCount / seconds).toLocaleString('en');
  const cpuMicroseconds = ((1_000_000 * cpuSeconds) / rowCount).toFixed(2);
  process.stdout.write(
    `${what.padEnd(58)} ${perSecond.padStart(12)} /s, ${cpuMicroseconds} us of CPU each in the client\n`,
  );
}

async function startServer(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const mainFile = path.resolve(import.meta.dirname, '../indexer/store/embedded/main.ts');
  const arguments_ = ['--import', 'tsx', mainFile, '--port', '0', '--data-dir', dataDir, '--sessions', '4'];
  const environment = { ...process.env, UV_THREADPOOL_SIZE: '8' };
  const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
  if (child.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface(child.stdout)) {
    return { child, url: `http://127.0.0.1:${(JSON.parse(line) as { port: number }).port}` };
  }
  throw new Error('the server did not start');
}

/** One table, the same rows, one insert each: what the formats cost. */
async function compareFormats(client: StoreClient, blocks: readonly DecodedBlock[]): Promise<void> {
  const encode = createBatchEncoder([table]);
  let typed: TableBatch | undefined;
  const encodeSeconds = await timed(() => {
    typed = encode(blocks, () => 0).rows.find((each) => each.table === table.table);
  });
  if (typed === undefined) throw new Error('no rows');
  const batch = typed;
  report('encode three tables to RowBinary, per event', batch.rowCount, encodeSeconds);
  report('insert RowBinary', batch.rowCount, await timed(() => client.insert(batch)));
  const native = await client.bytes(`SELECT * FROM ${table.table}`, {}, 'Native', {});
  await client.command(`TRUNCATE TABLE ${table.table}`);
  report('insert Native', batch.rowCount, await timed(() => insertNative(client, native)));
  await client.command(`TRUNCATE TABLE ${table.table}`);
  await insertJson(client, blocks, batch.rowCount);
}

async function insertNative(client: StoreClient, bytes: Buffer): Promise<void> {
  const { stream } = await client.clickhouse.exec({
    query: `INSERT INTO ${table.table} FORMAT Native`,
    values: Readable.from([bytes], { objectMode: false }),
  });
  stream.resume();
}

/** As indexers commonly write: objects through the client. Keys are hex text, since JSON cannot carry raw bytes. */
async function insertJson(client: StoreClient, blocks: readonly DecodedBlock[], rowCount: number): Promise<void> {
  const shape = eventTableShape(table);
  const columns = shape.columns.map(({ name, type }) => `${name} ${type.startsWith('FixedString') ? 'String' : type}`);
  await client.command(`CREATE TABLE bench_json (${columns.join(', ')}) ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000) ORDER BY (slot, bank, tx_index, ix_path, ordinal, blockhash)`);
  let values: Record<string, unknown>[] = [];
  const objectSeconds = await timed(() => {
    values = blocks.flatMap((decoded) => {
      const context = contextOf(decoded);
      return decoded.events.map((event) =>
        Object.fromEntries(shape.columns.map(({ name, read }) => [name, jsonValue(read(event, context))])),
      );
    });
  });
  const seconds = await timed(async () => {
    await client.clickhouse.insert({ table: 'bench_json', values, format: 'JSONEachRow' });
  });
  report('make the objects of JSONEachRow, one table', rowCount, objectSeconds);
  report('insert JSONEachRow through @clickhouse/client', rowCount, seconds);
}

function jsonValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'bigint' ? value.toString() : value;
}

async function commitAll(client: StoreClient, blocks: readonly DecodedBlock[]): Promise<void> {
  const store = createBlockStore(client, [table]);
  const seconds = await timed(async () => {
    for (let start = 0; start < blocks.length; start += BLOCKS_PER_COMMIT) {
      await store.commit(blocks.slice(start, start + BLOCKS_PER_COMMIT));
    }
  });
  report(
    `commit, ${BLOCKS_PER_COMMIT} blocks at a time: events (3 rows and a mark each)`,
    blocks.length * EVENTS_PER_BLOCK,
    seconds,
  );
}

/** One block at a time, each read back by the query of the live view. */
async function live(client: StoreClient, blocks: readonly DecodedBlock[]): Promise<void> {
  const store = createBlockStore(client, [table]);
  const [commitMs, visibleMs]: [number[], number[]] = [[], []];
  for (const block of blocks) {
    const commit = await timed(() => store.commit([block]));
    const query = await timed(async () => {
      const [newest] = await eventsPage(client, {}, 1);
      if (newest?.slot !== block.block.slot) throw new Error('the block is not visible');
    });
    commitMs.push(1_000 * commit.seconds);
    visibleMs.push(1_000 * (commit.seconds + query.seconds));
  }
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]?.toFixed(0);
  process.stdout.write(
    `one block of ${LIVE_EVENTS_PER_BLOCK} events: commit p50 ${at(commitMs, 0.5)} ms, p99 ${at(commitMs, 0.99)} ms; `,
  );
  process.stdout.write(
    `commit and read by the events page p50 ${at(visibleMs, 0.5)} ms, p99 ${at(visibleMs, 0.99)} ms\n`,
  );
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'plumbline-bench-store-'));
const server = await startServer(dataDir);
const settings = readSettings({ CLICKHOUSE_URL: server.url, CLICKHOUSE_DATABASE: 'bench' });
const client = createStoreClient(settings);
try {
  await migrate(client, settings);
  await ensureEventTables(client, [table]);
  const blockCount = Math.ceil(Number(flags.events) / EVENTS_PER_BLOCK);
  const blocks = chainOf(1_000, blockCount, EVENTS_PER_BLOCK, null);
  await compareFormats(client, blocks);
  await commitAll(client, blocks);
  await live(client, chainOf(1_000 + blockCount, LIVE_BLOCKS, LIVE_EVENTS_PER_BLOCK, blocks.at(-1) ?? null));
} finally {
  await client.close();
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
