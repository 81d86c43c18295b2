/**
 * Memory of the indexer at full speed against a store that stalls: as many blocks as it takes are offered all the time,
 * and a proxy in front of ClickHouse holds every request for a part of each period.
 *
 *     node --import tsx bench/soak.ts [--minutes 1] [--every-seconds 20] [--stall-seconds 10]
 *
 * ClickHouse, the proxy and the load are processes of their own: this one is the indexer and nothing else. Exits with 1
 * when its memory is ever 512 MiB or more, when it is higher in the last third than in the one before by more than a
 * tenth, when no stall was ever felt, or when a row is missing.
 * @module
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { oneRow } from '../indexer/store/rows.ts';
import { type BenchIndexer, openBenchDatabase, startBenchIndexer } from './load/indexer.ts';
import { residentMiB, startClickHouse, startLoad, startStallingProxy } from './load/processes.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    'every-seconds': { type: 'string', default: '20' },
    'stall-seconds': { type: 'string', default: '10' },
  },
});
const runMs = 60_000 * Number(values.minutes);
const LIMIT_MIB = 512;
const GROWTH_LIMIT = 1.1;
const MIB = 1024 * 1024;
const SAMPLE_MS = 100;
const REPORT_MS = 5_000;
/** More than can be taken in any run. */
const load = { blocks: 10_000_000, transactions: 1_000, selection: 'all' } as const;

interface Samples {
  readonly residentMiB: number[];
  /** Longest time without a commit. */
  longestPauseMs: number;
}

async function observe({ status, ended }: BenchIndexer): Promise<Samples> {
  const samples: Samples = { residentMiB: [], longestPauseMs: 0 };
  const startedAt = performance.now();
  let [reportedAt, committedAt, commits] = [startedAt, startedAt, 0];
  while (performance.now() - startedAt < runMs) {
    await Promise.race([sleep(SAMPLE_MS), ended]);
    const now = performance.now();
    samples.residentMiB.push(residentMiB(process.pid));
    if (status.commitsTotal > commits) [committedAt, commits] = [now, status.commitsTotal];
    samples.longestPauseMs = Math.max(samples.longestPauseMs, now - committedAt);
    if (now - reportedAt < REPORT_MS) continue;
    reportedAt = now;
    const seconds = ((now - startedAt) / 1_000).toFixed(0);
    const { heapUsed, external } = process.memoryUsage();
    const [resident, heap, outside] = [samples.residentMiB.at(-1) ?? 0, heapUsed / MIB, external / MIB].map((each) =>
      each.toFixed(0),
    );
    process.stdout.write(
      `${seconds.padStart(4)} s  ${resident} MiB, of these ${heap} in the heap and ${outside} in buffers  ${status.eventsTotal.toLocaleString('en')} events\n`,
    );
  }
  return samples;
}

function highestOf(values: readonly number[], from: number, to: number): number {
  return Math.max(...values.slice(Math.floor(values.length * from), Math.ceil(values.length * to)));
}

/** Transactions and events that are missing or too many among the committed blocks. */
async function differenceOf(url: string, perBlock: { transactions: number; events: number }): Promise<number> {
  const client = await openBenchDatabase(url);
  const { blocks, transactions, events } = await oneRow<Record<'blocks' | 'transactions' | 'events', bigint>>(
    client,
    `SELECT (SELECT count() FROM canonical_blocks) AS blocks, (SELECT count() FROM canonical_transactions) AS transactions,
(SELECT count() FROM canonical_events) AS events`,
  );
  await client.close();
  const difference = (found: bigint, each: number) => Math.abs(Number(found) - Number(blocks) * each);
  return difference(transactions, perBlock.transactions) + difference(events, perBlock.events);
}

async function main(): Promise<boolean> {
  const clickhouse = await startClickHouse();
  const proxy = await startStallingProxy(clickhouse.ready.url, values);
  const server = await startLoad(load);
  const indexer = await startBenchIndexer(`http://127.0.0.1:${proxy.ready.port}`, server.ready.port);
  const samples = await observe(indexer);
  await Promise.all([server.stop(), indexer.stop()]);
  const difference = await differenceOf(clickhouse.ready.url, server.ready);
  await Promise.all([proxy.stop(), clickhouse.stop()]);
  const peak = highestOf(samples.residentMiB, 0, 1);
  const growth = highestOf(samples.residentMiB, 2 / 3, 1) / highestOf(samples.residentMiB, 1 / 3, 2 / 3);
  process.stdout.write(
    `peak ${peak.toFixed(0)} MiB, last third / second third ${growth.toFixed(2)}, longest pause between commits ${(samples.longestPauseMs / 1_000).toFixed(1)} s, ${difference} rows missing or doubled, load average ${loadavg()[0]?.toFixed(1)}\n`,
  );
  const wasStalled = samples.longestPauseMs > 900 * Number(values['stall-seconds']);
  return peak < LIMIT_MIB && growth < GROWTH_LIMIT && wasStalled && difference === 0;
}

process.exit((await main()) ? 0 : 1);
