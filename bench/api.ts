/**
 * The API over a long record: how long its answers take, how many it gives in a second, and what the dearest queries that
 * its limits admit cost the engine. Beside each figure the limit of the specification and the ratio to it.
 *
 *     node --max-semi-space-size=32 --heap-growing-percent=400 --import tsx bench/api.ts [--events 10000000] [--answers 200] [--seconds 10]
 *
 * The record is written into an embedded ClickHouse by SQL. The API runs in this process, so its processor time includes
 * that of the asking side. Kept answers are avoided by asking as of random slots, but for the dashboard's mix, in which they
 * belong: what all of its pages ask while they are looked at, with blocks arriving as they do on the chain.
 * @module
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { API_QUERY_LIMITS } from '../api/limits/query-limits.ts';
import { toBase58 } from '../indexer/domain/base58.ts';
import { readSettings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';
import { refreshCandles } from '../jobs/market/refresh-candles.ts';
import { type EventPrograms, fillApiRecord, fillBlocks, PROPOSAL_COUNT, providerKey } from './load/api-record.ts';
import { type MeasuredApi, startMeasuredApi } from './load/api-server.ts';
import { dashboardMix } from './load/dashboard-mix.ts';
import { cpuSeconds, forgetPeak, peakMiB, startClickHouse } from './load/processes.ts';
import { settled } from './load/settled.ts';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    answers: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
  },
});
const eventCount = Number(flags.events);
const answerCount = Number(flags.answers);
const LIMIT_P99_MS = 50;
const LIMIT_PER_SECOND = 500;
const LIMIT_WORST_MS = 2_000;
const LIMIT_WORST_MIB = 512;
const WARM_UPS = 5;
/** Open pages. */
const MIX_CLIENTS = 32;
const BLOCK_MS = 400;

const server = await startClickHouse(8);
const settings = readSettings({ CLICKHOUSE_URL: server.ready.url, CLICKHOUSE_DATABASE: 'bench_api' });
const writer = createStoreClient(settings, { requestTimeoutMs: 600_000, limits: { max_memory_usage: '3000000000' } });
const reader = createStoreClient(settings, { limits: API_QUERY_LIMITS });

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function ratio(value: number, limit: number, isMost: boolean): string {
  return `limit ${limit}, ${isMost ? (value / limit).toFixed(2) : (limit / value).toFixed(2)} of it`;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await run();
  return performance.now() - before;
}

function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + cpuSeconds(server.pid) * 1_000;
}

async function asked(api: MeasuredApi, query: string, variables: Readonly<Record<string, unknown>>): Promise<void> {
  const { errors } = await api.ask(query, variables);
  if (errors !== undefined) throw new Error(`${query.slice(0, 80)}: ${JSON.stringify(errors).slice(0, 300)}`);
}

async function reportAnswers(name: string, run: () => Promise<unknown>): Promise<void> {
  for (let index = 0; index < WARM_UPS; index++) await run();
  const found: number[] = [];
  const cpuBefore = cpuMillis();
  for (let index = 0; index < answerCount; index++) found.push(await timed(run));
  const cpu = (cpuMillis() - cpuBefore) / answerCount;
  const sorted = found.sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  say(
    `${name.padEnd(34)} p50 ${at(0.5).toFixed(1)} ms  p99 ${at(0.99).toFixed(1)} ms (${ratio(at(0.99), LIMIT_P99_MS, true)})  processor ${cpu.toFixed(1)} ms`,
  );
}

const worst: readonly (readonly [string, string])[] = [
  [
    '500 events with all their fields',
    '{ events(first: 500) { edges { cursor node { slot blockhash blockTime signature transactionIndex path ordinal program programName name table fields } } } }',
  ],
  [
    'the last 500 of one name',
    '{ events(last: 500, name: "OrderSettled") { edges { node { slot signature fields } } } }',
  ],
  ['events that no block has', '{ events(first: 500, name: "Nothing") { edges { node { slot } } } }'],
  [
    'four counts by name',
    `{ ${['IndexUpdated', 'OrderCreated', 'OrderSettled', 'None'].map((name) => `${name}: events(first: 1, name: "${name}") { totalCount }`).join(' ')} }`,
  ],
  [
    'a count by a field',
    '{ events(first: 1, name: "OrderCreated", where: [{ field: "amount", is: GT, values: ["1"] }]) { totalCount } }',
  ],
  [
    'a field that nothing has',
    '{ events(first: 500, name: "OrderCreated", where: [{ field: "amount", is: EQ, values: ["7"] }]) { edges { cursor } } }',
  ],
  [
    '100 transactions with their events',
    '{ transactions(first: 100) { edges { node { signature events { name fields } } } } }',
  ],
  [
    '500 providers',
    '{ providers(first: 500) { edges { node { address bond orderCount settledCount refundedCount gpuSeconds } } } }',
  ],
  ['500 orders', '{ orders(first: 500) { edges { node { address state amount } } } }'],
  ['a million slots of gaps', '{ gaps(first: 500, fromSlot: "0") { afterSlot nextSlot } }'],
];

async function reportWorst(api: MeasuredApi): Promise<void> {
  for (const [name, query] of worst) {
    forgetPeak(server.pid);
    let codes = '';
    const took = await timed(async () => {
      const { errors } = await api.ask(query);
      codes = errors?.map((each) => each.extensions?.code).join(' ') ?? '';
    });
    say(
      `worst: ${name.padEnd(36)} ${took.toFixed(0)} ms (${ratio(took, LIMIT_WORST_MS, true)})  engine at most ${peakMiB(server.pid).toFixed(0)} MiB in all (a query at most ${LIMIT_WORST_MIB}) ${codes}`,
    );
  }
}

/**
 * Blocks come at the chain's pace, each a new state of the record, and every page asks again. The pages were open before:
 * each operation was answered once, a little while ago.
 */
async function reportMix(api: MeasuredApi, programs: EventPrograms, blockCount: number): Promise<void> {
  const failed = new Map<string, number>();
  const ages: number[] = [];
  let head = blockCount;
  let mix = dashboardMix(BigInt(head));
  const noteFailure = (what: string) => failed.set(what, (failed.get(what) ?? 0) + 1);
  const askOne = async (index: number) => {
    const { name, query, variables } = mix[index % mix.length] ?? { name: '', query: '', variables: {} };
    const { errors, extensions } = await api.ask(query, variables);
    if (errors) noteFailure(`${name} ${errors[0]?.extensions?.code}`);
    ages.push(extensions?.ageMs ?? 0);
  };
  const once = await timed(async () => {
    for (const [index] of mix.entries()) await askOne(index);
  });
  say(`each of ${mix.length} operations of the dashboard once, one after the other: ${once.toFixed(0)} ms`);
  ages.length = 0;
  const endsAt = performance.now() + Number(flags.seconds) * 1_000;
  const arriving = (async () => {
    for (; performance.now() < endsAt; head++) {
      const took = await timed(() => fillBlocks(writer, head, 1, programs));
      mix = dashboardMix(BigInt(head + 1));
      await sleep(Math.max(0, BLOCK_MS - took));
    }
  })();
  const cpuBefore = cpuMillis();
  await Promise.all(
    Array.from({ length: MIX_CLIENTS }, async (_, client) => {
      for (let index = client; performance.now() < endsAt; index++) await askOne(index);
    }),
  );
  await arriving;
  const perSecond = ages.length / Number(flags.seconds);
  const cpu = (cpuMillis() - cpuBefore) / ages.length;
  const sorted = ages.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const newest = ages.filter((age) => age === 0).length / ages.length;
  say(
    `the dashboard's mix, ${head - blockCount} blocks meanwhile: ${perSecond.toFixed(0)} requests/s (${ratio(perSecond, LIMIT_PER_SECOND, false)})  processor ${cpu.toFixed(2)} ms each, asking and blocks included; failed: ${[...failed].map(([name, times]) => `${name} ${times}`).join(', ') || 'none'}`,
  );
  say(
    `age of these answers: p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  most ${at(1)} ms; of the newest state ${(newest * 100).toFixed(0)} %`,
  );
}

try {
  await migrate(writer, settings);
  const registry = await loadProgramRegistry(settings);
  await ensureEventTables(writer, registry.tables);
  const [, marketplace, exchange] = registry.programs.map(({ id }) => id);
  if (marketplace === undefined || exchange === undefined) throw new Error('no programs');
  let blockCount = 0;
  const fillMs = await timed(async () => {
    blockCount = await fillApiRecord(writer, eventCount, { marketplace, exchange });
  });
  say(`${eventCount} events in ${blockCount} blocks, written in ${(fillMs / 1_000).toFixed(0)} s`);
  say(`candles of it in ${((await timed(() => refreshCandles(writer, 'all', () => 1n))) / 1_000).toFixed(0)} s`);
  say(`merges of it over after ${(await settled(writer)).toFixed(0)} s`);
  const api = await startMeasuredApi(reader, registry);
  const firstMs = await timed(() => asked(api, '{ providers(first: 1) { edges { cursor } } }', {}));
  say(
    `first list of providers after a start ${(firstMs / 1_000).toFixed(1)} s; load average ${loadavg()[0]?.toFixed(1)}`,
  );
  const slot = () => String(Math.floor(blockCount * (0.5 + Math.random() / 2)));
  const end = 1_700_006_400 + blockCount * 10;
  await reportAnswers('index history, 500 hours', () =>
    asked(
      api,
      `{ index(model: 0, atSlot: "${slot()}") { candles(interval: HOUR, from: "${end - 1_800_000}", to: "${end}") { start open high low close tickCount } } }`,
      {},
    ),
  );
  await reportAnswers('provider list, 100', () =>
    asked(
      api,
      `{ providers(first: 100, atSlot: "${slot()}") { edges { node { address bond orderCount settledCount gpuSeconds } } } }`,
      {},
    ),
  );
  await reportAnswers('one provider', () =>
    asked(
      api,
      `{ provider(address: "${toBase58(Buffer.from(providerKey(Math.floor(Math.random() * 200)), 'hex'))}", atSlot: "${slot()}") { address orderCount } }`,
      {},
    ),
  );
  await reportAnswers('proof', () =>
    asked(
      api,
      `query ($pool: PublicKey!) { reward(epoch: "1", pool: $pool) { rewardAmount proof proofPath merkleIndex } }`,
      {
        pool: toBase58(
          Buffer.from(
            `05${Math.floor(Math.random() * 10_000)
              .toString(16)
              .padStart(62, '0')}`,
            'hex',
          ),
        ),
      },
    ),
  );
  await reportAnswers('proposal with its vote', () =>
    asked(
      api,
      `{ proposal(id: "${Math.floor(Math.random() * PROPOSAL_COUNT)}", atSlot: "${slot()}") { status voteCount vote { castPower } canVote } }`,
      {},
    ),
  );
  await reportAnswers('newest events', () =>
    asked(api, `{ events(first: 20, atSlot: "${slot()}") { edges { node { slot name } } } }`, {}),
  );
  await reportWorst(api);
  await reportMix(api, { marketplace, exchange }, blockCount);
  await api.stop();
} finally {
  await Promise.all([writer.close(), reader.close()]);
  await server.stop();
}
