import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runVerifyRate } from '../../../cli/verify-rate.ts';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import { insertRates, ratesBetween } from '../../../indexer/store/queries/market/reference-rates.ts';
import { rateInputs } from '../../../jobs/market/rate-inputs.ts';
import { readForwardCurve } from '../../../jobs/market/read-forward-curve.ts';
import { REFERENCE_RATE_RULE } from '../../../jobs/market/reference-rate.ts';
import { dueWindows, refreshRates } from '../../../jobs/market/refresh-rates.ts';
import { concentrationOf } from '../../../jobs/market/window-rates.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { type ChosenEvent, empty, type MarketDatabase, marketChain, openMarketDatabase } from './market-chain.ts';

/** Start of an hour and of a day. */
const HOUR = 1_699_920_000n;
const HOUR_SECONDS = 3_600n;
const [INFER, USDC] = [bytesOf('INFER'), bytesOf('USDC')];
const programs = { marketplace: bytesOf('m'), exchange: bytesOf('e'), governance: bytesOf('g') };
const CONVERSION_ID = 17;
/** Two dollars per GPU-hour, in base units times 10^6. */
const TWO_DOLLARS = 2_000_000n * 1_000_000n;

let server: RunningClickHouse;
let database: MarketDatabase;
let clock = 0n;
const nowMicros = () => (clock += 1n);
beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
}, 120_000);
afterAll(async () => {
  await database.drop();
  await server.stop();
});
afterEach(() => empty(database.client));

const initialized: ChosenEvent = {
  table: 'marketplace_marketplace_initialized',
  fields: { infer_mint: INFER, usdc_mint: USDC, bond_infer_per_usdc: 10_000_000_000n },
};
const registered = (name: string): ChosenEvent => ({
  table: 'marketplace_provider_registered',
  fields: { provider: bytesOf(`provider ${name}`), owner: bytesOf(`owner ${name}`), payout: bytesOf(`payout ${name}`) },
  feePayer: bytesOf(`wallet ${name}`),
});
const conversion = (inferPerUsdc: bigint): ChosenEvent => ({
  table: 'marketplace_parameters_set',
  fields: { changes: [{ id: CONVERSION_ID, value: inferPerUsdc }], set_at: 0n },
});
const settled = (buyer: string, change: Record<string, unknown> = {}): ChosenEvent => ({
  table: 'marketplace_order_settled',
  fields: {
    ...{ order: bytesOf(`order of ${buyer}`), provider: bytesOf('provider A'), buyer: bytesOf(buyer), model: 2 },
    ...{ mint: USDC, price_per_gpu_hour: 2_000_000n, gpu_seconds: 3_600n },
    ...change,
  } as ChosenEvent['fields'],
});
/** The first order of a buyer, in a transaction that somebody pays for. */
const created = (buyer: string, feePayer: string): ChosenEvent => ({
  table: 'marketplace_order_created',
  fields: { buyer: bytesOf(buyer), provider: bytesOf('provider A') },
  feePayer: bytesOf(feePayer),
});

/** Three buyers in each of the twelve partitions: one pays USDC, one INFER, one per second. */
function hourOfTrading(): { time: bigint; events: ChosenEvent[] }[] {
  return Array.from({ length: 12 }, (_, partition) => {
    const inferPerUsdc = partition < 6 ? 10_000_000_000n : 25_000_000_000n;
    const inInfer = { mint: INFER, price_per_gpu_hour: 2n * inferPerUsdc };
    const perSecond = { ...settled('buyer 3'), table: 'marketplace_usage_settled' };
    const raised = partition === 6 ? [conversion(25_000_000_000n)] : [];
    const events = [...raised, settled('buyer 1'), settled('buyer 2', inInfer), perSecond];
    return { time: HOUR + BigInt(partition) * 300n, events };
  });
}

async function record(blocks: readonly { time: bigint; events: readonly ChosenEvent[] }[]): Promise<DecodedBlock[]> {
  const chain = marketChain(
    database.tables,
    blocks.map((each, index) => ({ ...each, slot: BigInt(index + 1) })),
  );
  await createBlockStore(database.client, database.tables).commit(chain);
  await finalize(chain);
  return chain;
}

async function finalize(chain: readonly DecodedBlock[]): Promise<void> {
  const last = chain.at(-1)?.block;
  if (last === undefined) throw new Error('no blocks');
  await createBlockStore(database.client, database.tables).markFinalized(last.slot, last.blockhash);
}

const before = { time: HOUR - 60n, events: [initialized, registered('A'), registered('B')] };
const after = { time: HOUR + HOUR_SECONDS, events: [] };

const hourly = (model: number | null = null) =>
  ratesBetween(
    database.client,
    { lengthSeconds: HOUR_SECONDS, ruleVersion: REFERENCE_RATE_RULE, fromTime: HOUR, toTime: HOUR + HOUR_SECONDS },
    model,
  );

describe('the reference rate of an hour on record', () => {
  it('compares INFER and USDC by the rate in force at each block, whole orders and sessions alike', async () => {
    await record([before, ...hourOfTrading(), after]);
    expect(await refreshRates(database.client, programs, 'recent', nowMicros)).toBe(1);
    expect(await hourly()).toEqual([
      expect.objectContaining({
        ...{ model: 2, status: 'OK', rate: TWO_DOLLARS, purchaseCount: 36, excludedCount: 0, gpuSeconds: 36n * 3_600n },
        ...{ partitionClusters: Array(12).fill(3), concentrationPpm: 333_333, largestSharePpm: 333_333 },
      }),
    ]);
    expect(await refreshRates(database.client, programs, 'all', nowMicros)).toBe(0);
  });

  it('leaves out what a provider’s own cluster buys, and says so', async () => {
    const dear = { price_per_gpu_hour: 900_000_000n, gpu_seconds: 360_000n };
    const trading = hourOfTrading().map((each) => ({ ...each, events: [...each.events, settled('friend', dear)] }));
    await record([before, { time: HOUR - 30n, events: [created('friend', 'wallet A')] }, ...trading, after]);
    await refreshRates(database.client, programs, 'recent', nowMicros);
    expect(await hourly()).toMatchObject([
      { rate: TWO_DOLLARS, purchaseCount: 48, excludedCount: 12, excludedGpuSeconds: 12n * 360_000n },
    ]);
    const inputs = await rateInputs(database.client, programs, { start: HOUR, lengthSeconds: HOUR_SECONDS }, 2);
    const excluded = inputs?.purchases.filter(({ exclusion }) => exclusion === 'SAME_CLUSTER') ?? [];
    expect(new Set(excluded.map(({ buyer }) => Buffer.from(buyer).toString('hex')))).toEqual(
      new Set([Buffer.from(bytesOf('friend')).toString('hex')]),
    );
  });

  it('is not computed before the hour is over, and not changed by what comes after', async () => {
    const chain = await record([before, ...hourOfTrading()]);
    expect(await refreshRates(database.client, programs, 'all', nowMicros)).toBe(0);
    const later = marketChain(
      database.tables,
      [
        { slot: 14n, time: HOUR + HOUR_SECONDS, events: [settled('buyer 4', { price_per_gpu_hour: 9_000_000n })] },
        // A link and a conversion of a later hour reach no earlier one.
        {
          slot: 15n,
          time: HOUR + HOUR_SECONDS + 9n,
          events: [created('buyer 1', 'wallet A'), conversion(10_000_000n)],
        },
      ],
      chain.at(-1) ?? null,
    );
    await createBlockStore(database.client, database.tables).commit(later);
    await finalize(later);
    expect(await refreshRates(database.client, programs, 'recent', nowMicros)).toBe(1);
    expect(await hourly()).toMatchObject([{ status: 'OK', rate: TWO_DOLLARS, excludedCount: 0 }]);
    expect(await refreshRates(database.client, programs, 'all', nowMicros)).toBe(0);
  });

  it('has no rate where too few buy, and none at all where nobody does', async () => {
    const [first] = hourOfTrading();
    await record([before, ...(first === undefined ? [] : [first]), after]);
    await refreshRates(database.client, programs, 'recent', nowMicros);
    expect(await hourly()).toMatchObject([{ status: 'INSUFFICIENT_DATA', rate: 0n }]);
    expect(await hourly(5)).toEqual([]);
  });

  it('is computed again when a backfill brings purchases into it', async () => {
    const cheap = hourOfTrading().map(({ time, events }) => ({
      time,
      events: events.map((each) => ({
        ...each,
        fields: { ...each.fields, mint: USDC, price_per_gpu_hour: 1_000_000n },
      })),
    }));
    const chain = marketChain(
      database.tables,
      [before, ...cheap.slice(0, 4), ...hourOfTrading().slice(4), after].map((each, index) => ({
        ...each,
        slot: BigInt(index + 1),
      })),
    );
    const late = marketChain(database.tables, [{ slot: 1n, time: HOUR - 60n, events: before.events }]);
    expect(late[0]?.block.blockhash).toEqual(chain[0]?.block.blockhash);
    await createBlockStore(database.client, database.tables).commit(chain.slice(3));
    await finalize(chain);
    expect(await refreshRates(database.client, programs, 'recent', nowMicros)).toBe(0);
    await createFillStore(database.client, database.tables).fill(chain.slice(0, 3));
    expect(await refreshRates(database.client, programs, 'all', nowMicros)).toBe(1);
    expect(await hourly()).toMatchObject([
      { purchaseCount: 36, rate: ((4n * 1_000_000n + 8n * 2_000_000n) * 1_000_000n) / 12n },
    ]);
  });
});

describe('spot of a forward curve', () => {
  it('is the reference rate of the last whole hour in INFER, and the index while that has none', async () => {
    const indexed: ChosenEvent = {
      table: 'exchange_index_created',
      fields: {
        model: 2,
        market: { price: 7n * 10n ** 15n, anchor: 7n * 10n ** 15n, advanced_at: HOUR - 60n },
      } as never,
    };
    const next = { time: HOUR + 2n * HOUR_SECONDS, events: [] };
    const chain = await record([{ ...before, events: [...before.events, indexed] }, ...hourOfTrading(), after, next]);
    const spotAt = async (slot: bigint) =>
      (await readForwardCurve(database.client, programs, { model: 2, settlement: 'POINT', slot }))?.spot;
    const fromIndex = { price: 7n * 10n ** 15n, source: 'ON_CHAIN_INDEX' };
    const fromRate = { price: (TWO_DOLLARS * 25_000_000_000n) / 1_000_000n, source: 'REFERENCE_RATE' };
    const asked = async () => [await spotAt(13n), await spotAt(14n), await spotAt(BigInt(chain.length))];
    expect(await asked()).toEqual([fromIndex, fromRate, fromIndex]);
    // The worker's row is what would be computed without it.
    await refreshRates(database.client, programs, 'recent', nowMicros);
    expect(await asked()).toEqual([fromIndex, fromRate, fromIndex]);
  });
});

describe('plumbline verify rate', () => {
  const say = () => vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('lists every input and finds a published rate again', async () => {
    await record([before, ...hourOfTrading(), after]);
    await refreshRates(database.client, programs, 'recent', nowMicros);
    const said = say();
    await runVerifyRate(database.settings, '2', String(HOUR + 7n), {});
    await runVerifyRate(database.settings, '2', new Date(Number(HOUR) * 1_000).toISOString(), {});
    const lines = said.mock.calls.map(([line]) => String(line));
    expect(lines.filter((line) => line.includes('GPU-s at'))).toHaveLength(72);
    expect(lines.filter((line) => line.startsWith(`rate      ${TWO_DOLLARS} `))).toHaveLength(2);
  });

  it('refuses a published rate that its inputs do not give', async () => {
    await record([before, ...hourOfTrading(), after]);
    await refreshRates(database.client, programs, 'recent', nowMicros);
    const [row] = await hourly();
    if (row === undefined) throw new Error('no rate');
    await insertRates(database.client, [{ ...row, rate: row.rate + 1n }], nowMicros());
    say();
    const verify = (model: string, time: string) => runVerifyRate(database.settings, model, time, {});
    await expect(verify('2', String(HOUR))).rejects.toMatchObject({ code: 'VERIFY__RATE_DIFFERS' });
    await expect(verify('3', String(HOUR))).rejects.toMatchObject({ code: 'VERIFY__NO_RATE' });
    await expect(verify('H100', String(HOUR))).rejects.toMatchObject({ code: 'CLI__BAD_MODEL' });
    await expect(verify('2', 'noon')).rejects.toMatchObject({ code: 'CLI__BAD_TIME' });
  });
});

it('concentration is whole where one cluster buys all, and shared evenly where all buy the same', () => {
  const of = (...volumes: bigint[]) => volumes.map((gpuSeconds, index) => ({ cluster: String(index), gpuSeconds }));
  expect(concentrationOf(of(5n))).toEqual({ concentrationPpm: 1_000_000, largestSharePpm: 1_000_000 });
  expect(concentrationOf(of(5n, 5n, 5n, 5n))).toEqual({ concentrationPpm: 250_000, largestSharePpm: 250_000 });
  expect(concentrationOf(of(3n, 1n))).toEqual({ concentrationPpm: 625_000, largestSharePpm: 750_000 });
  expect(concentrationOf([])).toEqual({ concentrationPpm: 0, largestSharePpm: 0 });
});

it('every window has its turn to be computed again, however many there are', () => {
  for (const count of [1, 7, 60, 84]) {
    const windows = Array.from({ length: count }, (_, index) => HOUR + BigInt(index) * HOUR_SECONDS);
    const minutes = windows.map((_, index) => dueWindows(windows, windows.at(-1) ?? null, HOUR + BigInt(60 * index)));
    expect(new Set(minutes.flat())).toEqual(new Set(windows));
  }
});
