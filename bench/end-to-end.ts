/**
 * The whole way: blocks that another process serves over gRPC, read, assembled, linked, decoded, encoded and committed to
 * ClickHouse until every row can be queried; beside it the official client's object stream alone, with the same
 * transactions one by one, as its users subscribe, and in blocks, as we do.
 *
 *     node --max-semi-space-size=32 --heap-growing-percent=400 --import tsx bench/end-to-end.ts [--blocks 600] [--transactions 1000] [--selection all|several]
 *
 * Nothing may be lost: rows are counted in ClickHouse, all event payloads in chain order are hashed and compared with those
 * that the load was made of, and the content hash of every block is taken again from its stored rows. Last, the same rows
 * are inserted again from memory, which is what the engine alone can do.
 * @module
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type ClientClass from '@triton-one/yellowstone-grpc';
import { SubscribeUpdate } from '@triton-one/yellowstone-grpc';
import { Assembler } from '../indexer/assemble/assembler.ts';
import { type BlockBatch, createBatchEncoder } from '../indexer/batch/block-batch.ts';
import { DirectEncoder } from '../indexer/batch/direct/direct-encoder.ts';
import { releaseRows } from '../indexer/batch/row-memory.ts';
import type { Block } from '../indexer/domain/chain.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { oneRow } from '../indexer/store/rows.ts';
import { verifyBlocks } from '../indexer/store/verify-blocks.ts';
import { readUpdate } from '../indexer/stream/raw-update.ts';
import { type Feed, subscribeRequest } from '../indexer/stream/subscription.ts';
import { BlockLoad, FIRST_SLOT } from './load/block-load.ts';
import { openBenchDatabase, startBenchIndexer } from './load/indexer.ts';
import { cpuSeconds, residentMiB, startClickHouse, startLoad } from './load/processes.ts';
import { eventTexts, recordedRegistry, recordedTransactions, type Selection } from './load/recorded-transactions.ts';

const { default: Client } = createRequire(import.meta.url)('@triton-one/yellowstone-grpc') as typeof ClientClass;
const { values } = parseArgs({
  options: {
    blocks: { type: 'string', default: '600' },
    transactions: { type: 'string', default: '1000' },
    selection: { type: 'string', default: 'all' },
  },
});
const shape = {
  blocks: Number(values.blocks),
  transactions: Number(values.transactions),
  selection: values.selection as Selection,
};
/** The object stream is slow: a part of the blocks is enough. */
const OBJECT_BLOCKS = Math.max(1, Math.min(shape.blocks, Math.round(60_000 / shape.transactions)));
const ENGINE_BLOCKS_PER_INSERT = 50;
const POLL_MS = 5;

const registry = recordedRegistry();
const load = new BlockLoad(recordedTransactions(shape.selection), shape.transactions);
const lastSlot = FIRST_SLOT + BigInt(shape.blocks) - 1n;

const say = (text: string) => process.stdout.write(`${text}\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en');

interface ObjectStream {
  readonly perSecond: number;
  /** Processor time of this process for one transaction, microseconds. */
  readonly micros: number;
}

/** Transactions that the official client hands out as objects, with nothing done to them. */
async function officialObjects(feed: Feed): Promise<ObjectStream> {
  const server = await startLoad({ ...shape, blocks: OBJECT_BLOCKS, feed });
  const url = `http://127.0.0.1:${server.ready.port}`;
  const client = new Client(url, undefined, { grpcHttp2AdaptiveWindow: false, grpcMaxDecodingMessageSize: 1 << 28 });
  await client.connect();
  const [startedAt, cpuBefore] = [performance.now(), cpuSeconds(process.pid)];
  const stream = await client.subscribe(subscribeRequest({ feed, programs: [], fromSlot: null }));
  const wanted = OBJECT_BLOCKS * shape.transactions;
  const count = await new Promise<number>((resolve) => {
    let seen = 0;
    stream.on('data', ({ block, transaction }: SubscribeUpdate) => {
      seen += block?.transactions.length ?? (transaction === undefined ? 0 : 1);
      if (seen >= wanted) resolve(seen);
    });
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const micros = (1_000_000 * (cpuSeconds(process.pid) - cpuBefore)) / count;
  stream.destroy();
  await server.stop();
  return { perSecond: count / seconds, micros };
}

interface Figures {
  readonly seconds: number;
  readonly cpu: { readonly indexer: number; readonly clickhouse: number; readonly load: number };
  readonly residentMiB: number;
}

async function indexAll(clickhouseUrl: string, clickhousePid: number): Promise<Figures> {
  const server = await startLoad(shape);
  const before = cpuOf(clickhousePid, server.pid);
  const startedAt = performance.now();
  const { status, ended, stop } = await startBenchIndexer(clickhouseUrl, server.ready.port);
  let residentPeakMiB = 0;
  while (status.committedSlot !== lastSlot) {
    await Promise.race([ended, new Promise((next) => setTimeout(next, POLL_MS))]);
    residentPeakMiB = Math.max(residentPeakMiB, residentMiB(process.pid));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = cpuOf(clickhousePid, server.pid);
  await stop();
  await server.stop();
  const cpu = {
    indexer: after.indexer - before.indexer,
    clickhouse: after.clickhouse - before.clickhouse,
    load: after.load - before.load,
  };
  return { seconds, cpu, residentMiB: residentPeakMiB };
}

function cpuOf(clickhousePid: number, loadPid: number) {
  return { indexer: cpuSeconds(process.pid), clickhouse: cpuSeconds(clickhousePid), load: cpuSeconds(loadPid) };
}

/** Counts, payloads and content hashes of what is in ClickHouse now. */
async function verifyAll(client: StoreClient): Promise<void> {
  const expected = { transactions: load.counts.transactions * shape.blocks, events: load.counts.events * shape.blocks };
  for (const [table, count] of Object.entries(expected)) {
    const { found } = await oneRow<{ found: bigint }>(client, `SELECT count() AS found FROM canonical_${table}`);
    if (Number(found) !== count) throw new Error(`${table}: ${found} rows, ${count} were sent`);
  }
  const stored = await storedPayloads(client);
  if (stored !== sentPayloads()) throw new Error('the stored events are not those that were sent');
  const { problems, blockCount } = await verifyBlocks(client, FIRST_SLOT, lastSlot);
  if (blockCount !== shape.blocks || problems.length > 0) throw new Error(JSON.stringify(problems[0], bigintText));
  say(
    `nothing lost: ${whole(expected.transactions)} transactions, ${whole(expected.events)} events, every payload equal,`,
  );
  say(`  ${whole(blockCount)} blocks with the content hash of their stored rows`);
}

const bigintText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

async function storedPayloads(client: StoreClient): Promise<string> {
  const hash = createHash('sha256');
  const step = 20n;
  for (let from = FIRST_SLOT; from <= lastSlot; from += step) {
    const sql = `SELECT hex(data) FROM canonical_events
WHERE slot >= {from:UInt64} AND slot < {to:UInt64} ORDER BY slot, tx_index, position`;
    hash.update(await client.bytes(sql, { from, to: from + step }, 'TSVRaw'));
  }
  return hash.digest('hex');
}

/** From the messages themselves, by the official decoder: nothing of the indexer is used. */
function sentPayloads(): string {
  const hash = createHash('sha256');
  for (let number = 0; number < shape.blocks; number += 1) {
    const { block } = SubscribeUpdate.decode(load.block(number));
    for (const info of block?.transactions ?? []) {
      if (info.meta?.err !== undefined) continue;
      for (const text of eventTexts(info))
        hash.update(`${Buffer.from(text, 'base64').toString('hex').toUpperCase()}\n`);
    }
  }
  return hash.digest('hex');
}

function blocksOf(from: number, count: number): Block[] {
  const assembler = new Assembler({ hasAccounts: true });
  return Array.from({ length: count }, (_, index) => load.block(from + index)).flatMap((bytes) => {
    const update = readUpdate(bytes);
    if (update?.kind !== 'block') throw new Error('not a block');
    const notice = { kind: 'slot', slot: update.block.slot, parentSlot: null, status: 'confirmed' } as const;
    return [...assembler.push(update), ...assembler.push(notice)].flatMap((fact) =>
      fact.kind === 'block' ? [fact.block] : [],
    );
  });
}

/** The same rows from memory: seconds of the stages alone, one after the other, and of the engine. */
async function stagesAlone(client: StoreClient): Promise<Record<string, number>> {
  const encode = createBatchEncoder(registry.tables);
  const direct = new DirectEncoder(registry);
  const spent = { read: 0, rows: 0, insert: 0 };
  const timed = async <T>(stage: keyof typeof spent, run: () => T | Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await run();
    spent[stage] += (performance.now() - startedAt) / 1_000;
    return result;
  };
  const tables = ['transactions', 'events', 'instructions', 'undecoded', ...registry.tables.map(({ table }) => table)];
  for (const table of [...tables, 'blocks']) await client.command(`TRUNCATE TABLE ${table}`);
  let blockCount = 0;
  while (blockCount < Math.min(shape.blocks, 4 * ENGINE_BLOCKS_PER_INSERT)) {
    const blocks = await timed('read', () => blocksOf(blockCount, ENGINE_BLOCKS_PER_INSERT));
    const prepared = await timed('rows', () => blocks.flatMap((each) => direct.prepare(each) ?? []));
    const batch: BlockBatch = encode(prepared, () => 0);
    await timed('insert', () => Promise.all(batch.rows.map((each) => client.insert(each))));
    for (const each of prepared) releaseRows(each);
    blockCount += blocks.length;
  }
  const events = load.counts.events * blockCount;
  return Object.fromEntries(Object.entries(spent).map(([stage, seconds]) => [stage, events / seconds]));
}

async function main(): Promise<void> {
  const clickhouse = await startClickHouse();
  const client = await openBenchDatabase(clickhouse.ready.url);
  try {
    const { transactions, events } = load.counts;
    say(
      `${shape.blocks} blocks of ${transactions} transactions (${shape.selection}) with ${events} events, ${whole(load.block(0).length)} bytes each; load average ${loadavg()
        .map((each) => each.toFixed(1))
        .join(' ')}`,
    );
    const objects = { transactions: await officialObjects('transactions'), blocks: await officialObjects('blocks') };
    for (const [feed, { perSecond: rate, micros: cpuMicros }] of Object.entries(objects)) {
      const ofEvents = whole((rate * events) / transactions);
      say(
        `official client, objects of ${feed.padEnd(12)} ${whole(rate)} tx/s, ${ofEvents} events/s; CPU per transaction ${cpuMicros.toFixed(1)} us`,
      );
    }
    const { seconds, cpu, residentMiB: peak } = await indexAll(clickhouse.ready.url, clickhouse.pid);
    const perSecond = (shape.blocks * transactions) / seconds;
    const micros = (each: number) => ((1_000_000 * each) / (shape.blocks * events)).toFixed(2);
    const ratios = Object.values(objects).map((each) => (perSecond / each.perSecond).toFixed(2));
    say(
      `indexer, gRPC byte to committed row      ${whole(perSecond)} tx/s, ${whole((perSecond * events) / transactions)} events/s: ${ratios.join(' and ')} times those`,
    );
    const all = cpu.indexer + cpu.clickhouse + cpu.load;
    say(
      `  CPU per event: indexer ${micros(cpu.indexer)} us, ClickHouse ${micros(cpu.clickhouse)} us, load ${micros(cpu.load)} us, together ${micros(all)} us; peak memory of the indexer ${whole(peak)} MiB`,
    );
    await verifyAll(client);
    for (const [stage, rate] of Object.entries(await stagesAlone(client))) {
      say(`alone: ${stage.padEnd(10)} ${whole(rate)} events/s, ${(1_000_000 / rate).toFixed(2)} us each`);
    }
  } finally {
    await client.close();
    await clickhouse.stop();
  }
}

await main();
process.exit(0);
