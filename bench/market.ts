/**
 * Candles and forward curves over a long history: how long an answer takes, beside the same question put to the events.
 *
 *     node --max-semi-space-size=32 --heap-growing-percent=400 --import tsx bench/market.ts [ticks, 10000000] [answers, 200]
 *
 * A record of a hundred days is written into an embedded ClickHouse by SQL, ten ticks a block. Then all candles are made;
 * candles are asked for at the newest slot and at random ones, forward curves at random slots. Times of answers as parts of
 * their limits and of the same question put to the raw events in the same run; and, since other work on the machine
 * lengthens times, processor time of both processes for one answer.
 * @module
 */
import { API_QUERY_LIMITS } from '../api/limits/query-limits.ts';
import { readSettings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { createStoreClient, type StoreClient } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';
import { moveCursor } from '../indexer/store/queries/chain/cursors.ts';
import { readCandles } from '../jobs/market/read-candles.ts';
import { readForwardCurve } from '../jobs/market/read-forward-curve.ts';
import { REFERENCE_RATE_RULE } from '../jobs/market/reference-rate.ts';
import { refreshCandles } from '../jobs/market/refresh-candles.ts';
import { cpuSeconds, startClickHouse } from './load/processes.ts';
import { settled } from './load/settled.ts';

const tickCount = Number(process.argv[2] ?? 10_000_000);
const TICKS_PER_BLOCK = 10;
const START = 1_700_006_400n;
const HISTORY_SECONDS = 100n * 86_400n;
const SERIES_DAYS = [10, 40, 130, 400];
const blockCount = Math.floor(tickCount / TICKS_PER_BLOCK);
const WARM_UPS = 5;
const RAW_ANSWERS = 3;
const CANDLES_LIMIT_MS = 50;
const CURVE_LIMIT_MS = 100;
const asked = Number(process.argv[3] ?? 200);
/** A partition of the chain tables: an insert must not touch too many at once. */
const SLOTS_PER_INSERT = 10 * 432_000;

const hashOf = (slot: string) => `toFixedString(unhex(leftPad(hex(toUInt64(${slot})), 64, '0')), 32)`;
const timeOf = (slot: string) => `toInt64(${START} + intDiv((${slot} - 1) * ${HISTORY_SECONDS}, ${blockCount}))`;

async function fill(client: StoreClient): Promise<void> {
  for (let from = 0; from < blockCount; from += SLOTS_PER_INSERT) {
    const count = Math.min(SLOTS_PER_INSERT, blockCount - from);
    await client.command(`INSERT INTO blocks (slot, bank, blockhash, parent_slot, parent_blockhash, block_time, block_height,
  transaction_count, event_count, provable, has_accounts, sign, generation)
SELECT number + 1 AS s, 0, ${hashOf('s')}, number, ${hashOf('number')}, ${timeOf('s')}, s, 10, 10, 1, 1, 1, 0
FROM numbers(${from}, ${count})`);
    await client.command(`INSERT INTO exchange_index_updated (slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position,
  model, price, cause, gpu_seconds, value, traded_price, mark, market_price, market_anchor, market_anchor_integral,
  market_advanced_at, market_updated_at, market_bound_ppm, market_depth_gpu_seconds)
SELECT intDiv(number, ${TICKS_PER_BLOCK}) + 1 AS s, 0, ${hashOf('s')}, ${timeOf('s')} AS t, number % ${TICKS_PER_BLOCK}, [0], 0, 0,
  0, toUInt128(2e16 + 1e15 * sin(number / 1e5)) + number % 1009 AS p, number % 3 = 0, 3600 + number % 60, 20000000000, p, p, p, p,
  p * toUInt128(t - ${START}), t, t, 25000, 180000
FROM numbers(${from * TICKS_PER_BLOCK}, ${count * TICKS_PER_BLOCK})`);
  }
  await fillSeries(client);
  await fillRates(client);
  await fillConversion(client);
  await moveCursor(client, 'finalized', BigInt(blockCount), new Uint8Array(32));
}

async function fillSeries(client: StoreClient): Promise<void> {
  const expiries = SERIES_DAYS.map((days) => `${START + BigInt(days) * 86_400n}`).join(', ');
  await client.command(`INSERT INTO exchange_series_created (slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position,
  series, model, is_average, delivery_start, expiry, basis_bound_ppm, depth_gpu_seconds, market_long_size)
SELECT 1, 0, ${hashOf('1')}, ${START}, 100 + number, [0], 0, 0, ${hashOf('number + 7')}, 0, false, expiry, expiry, 100000, 180000, 5000 * number
FROM (SELECT arrayJoin([${expiries}]) AS expiry, rowNumberInAllBlocks() AS number)`);
}

/** What a USDC is worth in INFER, from the first block on. */
async function fillConversion(client: StoreClient): Promise<void> {
  await client.command(`INSERT INTO marketplace_marketplace_initialized
  (slot, bank, blockhash, block_time, tx_index, ix_path, ordinal, position, bond_infer_per_usdc)
SELECT 1, 0, ${hashOf('1')}, ${START}, 200, [0], 0, 0, 10000000000`);
}

/** Published rates of every other hour: of the hours between, curves find out by themselves that nothing was bought. */
async function fillRates(client: StoreClient): Promise<void> {
  await client.command(`INSERT INTO reference_rates (model, length_seconds, window_start, rule_version, status, rate, recorded_at)
SELECT 0, 3600, ${START} + 7200 * number, '${REFERENCE_RATE_RULE}', 'OK', 2000000000000, toDateTime64(0, 6)
FROM numbers(${HISTORY_SECONDS / 7_200n})`);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await run();
  return performance.now() - before;
}

/** Of this process and the database. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + cpuSeconds(server.pid) * 1_000;
}

interface Answers {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function report(
  name: string,
  times: number,
  run: (random: () => number) => Promise<unknown>,
  limitMs?: number,
): Promise<Answers> {
  let state = 1;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let index = 0; index < Math.min(WARM_UPS, times); index += 1) await run(random);
  const found: number[] = [];
  const cpuBefore = cpuMillis();
  for (let index = 0; index < times; index += 1) found.push(await timed(() => run(random)));
  const cpu = ((cpuMillis() - cpuBefore) / times).toFixed(1);
  const sorted = found.sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const [p50Ms, p99Ms] = [at(0.5), at(0.99)];
  const ofLimit = limitMs === undefined ? '' : `  p99 is ${(p99Ms / limitMs).toFixed(2)} of ${limitMs} ms`;
  process.stdout.write(
    `${name.padEnd(40)} p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms  processor ${cpu} ms${ofLimit}\n`,
  );
  return { p50Ms, p99Ms };
}

async function reportMaking(name: string, run: () => Promise<unknown>): Promise<void> {
  const cpuBefore = cpuMillis();
  const seconds = (await timed(run)) / 1_000;
  const cpuTotal = (cpuMillis() - cpuBefore) / 1_000;
  process.stdout.write(
    `${name}: ${seconds.toFixed(1)} s, ${Math.round(tickCount / seconds)} ticks/s; ${cpuTotal.toFixed(1)} s of processor, ` +
      `${Math.round(tickCount / cpuTotal)} ticks for each\n`,
  );
}

function compare(own: Answers, raw: Answers): void {
  process.stdout.write(`${''.padEnd(40)} ${(raw.p50Ms / own.p50Ms).toFixed(1)} times as fast as from raw events\n`);
}

/** The same candles, from the events. */
function candlesFromEvents(client: StoreClient, fromTime: bigint, toTime: bigint, intervalSeconds: bigint) {
  return client.bytes(
    `SELECT intDiv(block_time, ${intervalSeconds}) * ${intervalSeconds} AS start, argMin(price, place) AS open, max(price) AS high,
  min(price) AS low, argMax(price, place) AS close, count(), sumIf(gpu_seconds, cause = 1), sumIf(gpu_seconds, cause = 0)
FROM (SELECT block_time, price, cause, gpu_seconds, (slot, tx_index, position) AS place FROM canonical_exchange_index_updated
  WHERE model = 0 AND block_time >= ${fromTime} AND block_time < ${toTime})
GROUP BY start ORDER BY start`,
    {},
    'RowBinary',
  );
}

/** What a curve begins with, from all events up to a slot: the last state of the index, and the series there are. */
async function spotFromEvents(client: StoreClient, slot: bigint): Promise<void> {
  const upTo = `WHERE model = 0 AND slot <= ${slot}`;
  await client.bytes(
    `SELECT argMax((price, market_anchor, mark), (slot, tx_index, position)) FROM canonical_exchange_index_updated ${upTo}`,
    {},
    'RowBinary',
  );
  await client.bytes(`SELECT series, expiry FROM canonical_exchange_series_created ${upTo}`, {}, 'RowBinary');
}

const server = await startClickHouse();
const settings = readSettings({ CLICKHOUSE_URL: server.ready.url, CLICKHOUSE_DATABASE: 'bench_market' });
const client = createStoreClient(settings, { requestTimeoutMs: 600_000, limits: { max_memory_usage: '3000000000' } });
/** As the API asks. */
const reader = createStoreClient(settings, { limits: API_QUERY_LIMITS });
try {
  await migrate(client, settings);
  const registry = await loadProgramRegistry(settings);
  await ensureEventTables(client, registry.tables);
  process.stdout.write(`fill ${tickCount} ticks: ${((await timed(() => fill(client))) / 1_000).toFixed(1)} s\n`);
  await reportMaking('make all candles', () => refreshCandles(client, 'all', () => 1n));
  await reportMaking('look at all of them again', () => refreshCandles(client, 'all', () => 2n));
  await report('what the worker does each minute', Math.min(asked, 10), () =>
    refreshCandles(client, 'recent', () => 3n),
  );
  process.stdout.write(`merges of them over after ${(await settled(client)).toFixed(0)} s\n`);
  const head = BigInt(blockCount);
  const end = START + HISTORY_SECONDS;
  for (const [name, intervalSeconds, count] of [
    ['minute', 60n, 500n],
    ['hour', 3_600n, 500n],
    ['day', 86_400n, 100n],
  ] as const) {
    const fromTime = end - count * intervalSeconds;
    const request = { model: 0, intervalSeconds, fromTime, toTime: end };
    const newest = await report(
      `${count} candles of a ${name}, newest slot`,
      asked,
      () => readCandles(reader, { ...request, slot: head }),
      CANDLES_LIMIT_MS,
    );
    const at = async (random: () => number) => {
      const slot = BigInt(1 + Math.floor(random() * blockCount));
      const until = START + ((slot - 1n) * HISTORY_SECONDS) / head + 1n;
      return readCandles(reader, { ...request, fromTime: until - count * intervalSeconds, toTime: until, slot });
    };
    await report(`${count} candles of a ${name}, random slot`, asked, at, CANDLES_LIMIT_MS);
    const raw = () => candlesFromEvents(client, fromTime, end, intervalSeconds);
    compare(newest, await report('the same from raw events', RAW_ANSWERS, raw));
  }
  await report('an empty question', asked, () => reader.bytes('SELECT 1', {}, 'RowBinary'));
  const [, marketplace, exchange, governance] = registry.programs.map(({ id }) => id);
  if (marketplace === undefined || exchange === undefined || governance === undefined) throw new Error('no programs');
  const anySlot = (random: () => number) => BigInt(1 + Math.floor(random() * blockCount));
  const curve = await report(
    'forward curve, random slot',
    asked,
    (random) => {
      const question = { model: 0, settlement: 'POINT', slot: anySlot(random) } as const;
      return readForwardCurve(reader, { marketplace, exchange, governance }, question);
    },
    CURVE_LIMIT_MS,
  );
  const rawSpot = (random: () => number) => spotFromEvents(client, anySlot(random));
  compare(curve, await report('its spot and series from raw events', RAW_ANSWERS, rawSpot));
} finally {
  await Promise.all([client.close(), reader.close()]);
  await server.stop();
}
