/**
 * How long a block takes from its arrival to rows that a reader sees, at the pace of a busy chain: 2.5 blocks a second
 * with 1,000 transactions each, unless told otherwise.
 *
 *     node --import tsx bench/live-latency.ts [--seconds 60] [--transactions 1000] [--per-second 2.5] [--selection all|several]
 *
 * Arrival is when the transport hands the block on; visible is the answer of a reader of its own, who asks the canonical
 * view for the newest events again and again, so that its own time is counted as ours. Prints quantiles; exits with 1 when
 * p50 is not below 300 ms or p99 not below 1 s.
 * @module
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { oneRow } from '../indexer/store/rows.ts';
import type { StreamTransport } from '../indexer/stream/transport.ts';
import type { Update } from '../indexer/stream/update.ts';
import { FIRST_SLOT } from './load/block-load.ts';
import { type BenchIndexer, startBenchIndexer } from './load/indexer.ts';
import { startClickHouse, startLoad } from './load/processes.ts';
import type { Selection } from './load/recorded-transactions.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    transactions: { type: 'string', default: '1000' },
    'per-second': { type: 'string', default: '2.5' },
    selection: { type: 'string', default: 'all' },
  },
});
const perSecond = Number(values['per-second']);
const blocks = Math.round(Number(values.seconds) * perSecond);
const load = { blocks, transactions: Number(values.transactions), selection: values.selection as Selection, perSecond };
/** Blocks that are not counted: connections, caches and compiled code are new. */
const WARM_UP_BLOCKS = 10;
const POLL_MS = 20;
const P50_LIMIT_MS = 300;
const P99_LIMIT_MS = 1_000;

/** The same transport, with a note of when each block came. */
function timed(transport: StreamTransport, arrivedAt: Map<bigint, number>): StreamTransport {
  const note = (update: Update) => {
    if (update.kind === 'block') arrivedAt.set(update.block.slot, performance.now());
  };
  return {
    name: transport.name,
    async open(request) {
      const stream = await transport.open(request);
      return {
        close: () => stream.close(),
        async *[Symbol.asyncIterator]() {
          for await (const updates of stream) {
            updates.forEach(note);
            yield updates;
          }
        },
      };
    },
  };
}

/** Milliseconds from arrival to sight, of every block. */
async function watch(
  client: StoreClient,
  { ended }: BenchIndexer,
  arrivedAt: ReadonlyMap<bigint, number>,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  const last = FIRST_SLOT + BigInt(blocks) - 1n;
  for (let seen = FIRST_SLOT - 1n; seen < last; ) {
    const { newest } = await oneRow<{ newest: bigint }>(
      client,
      'SELECT max(slot) AS newest FROM canonical_events WHERE slot > {seen:UInt64}',
      { seen },
    );
    const now = performance.now();
    for (; seen < newest; seen += 1n) latenciesMs.push(now - (arrivedAt.get(seen + 1n) ?? Number.NaN));
    await Promise.race([sleep(POLL_MS), ended]);
  }
  return latenciesMs;
}

async function main(): Promise<boolean> {
  const clickhouse = await startClickHouse();
  const server = await startLoad(load);
  const arrivedAt = new Map<bigint, number>();
  const indexer = await startBenchIndexer(clickhouse.ready.url, server.ready.port, (each) => timed(each, arrivedAt));
  const latenciesMs = (await watch(indexer.client, indexer, arrivedAt)).slice(WARM_UP_BLOCKS).sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor((latenciesMs.length - 1) * share)] ?? Number.NaN;
  const { transactions, events } = server.ready;
  const pace = `${Math.round(perSecond * transactions)} tx/s, ${Math.round(perSecond * events)} events/s`;
  const figures = [0.5, 0.9, 0.99, 1].map((share) => `p${share * 100} ${at(share).toFixed(0)} ms`).join(', ');
  process.stdout.write(`${pace}, ${latenciesMs.length} blocks, load average ${loadavg()[0]?.toFixed(1)}: ${figures}\n`);
  await indexer.stop();
  await Promise.all([server.stop(), clickhouse.stop()]);
  return at(0.5) < P50_LIMIT_MS && at(0.99) < P99_LIMIT_MS;
}

process.exit((await main()) ? 0 : 1);
