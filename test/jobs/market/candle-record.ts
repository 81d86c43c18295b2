/**
 * Records that live through forks, replays, backfills and refreshes of their candles, and what candles must be afterwards.
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import type { Candle, Tick } from '../../../indexer/domain/candle.ts';
import type { Slot, UnixSeconds } from '../../../indexer/domain/units.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import type { TimeRange } from '../../../indexer/store/queries/chain/block-times.ts';
import {
  candleHorizon,
  candleReach,
  ticksOf,
  ticksOfBlocks,
  writtenTicksOf,
} from '../../../indexer/store/queries/market/candles.ts';
import { DAY_SECONDS, longerCandles, MINUTE_SECONDS, minuteCandles } from '../../../jobs/market/candles.ts';
import { readCandles } from '../../../jobs/market/read-candles.ts';
import { refreshCandles } from '../../../jobs/market/refresh-candles.ts';
import { LivedRecord, START, step } from './lived-record.ts';
import { type ChosenEvent, type MarketDatabase, openMarketDatabase } from './market-chain.ts';

const TICK_TABLE = 'exchange_index_updated';
const MODELS = [0, 3];

let clock = 0n;
const nowMicros = () => (clock += 1n);

function eventsOf(seed: number): ChosenEvent[] {
  return Array.from({ length: seed % 4 }, (_, index) => {
    const mixed = BigInt(Math.imul(seed + index + 1, 2_654_435_761) >>> 0);
    const fields = {
      ...{
        model: MODELS[Number(mixed % 2n)] ?? 0,
        price: 10n ** 12n + mixed * 1_000n,
        cause: Number(mixed % 3n === 0n),
      },
      ...{
        gpu_seconds: mixed % 90_000n,
        value: mixed % 10_000_000n,
        traded_price: 10n ** 12n + (mixed % 977n) * 10n ** 6n,
      },
    };
    return { table: TICK_TABLE, fields };
  });
}

async function keptTable(client: StoreClient): Promise<string> {
  const sql = 'SELECT * EXCEPT recorded_at FROM current_candles ORDER BY ALL';
  return (await client.bytes(sql, {}, 'TabSeparated')).toString();
}

async function finalizeAll({ client, tables }: MarketDatabase, chain: readonly DecodedBlock[]): Promise<void> {
  const last = chain.at(-1)?.block;
  if (last !== undefined) await createBlockStore(client, tables).markFinalized(last.slot, last.blockhash);
  await refreshCandles(client, 'all', nowMicros);
}

/** From the blocks alone. */
function expectedCandles(chain: readonly DecodedBlock[], model: number, intervalSeconds: bigint): Candle[] {
  const ticks = chain.flatMap(({ block, events }) =>
    events
      .filter(({ fields }) => fields['model'] === model)
      .map(
        ({ fields }): Tick => ({
          time: block.blockTime ?? 0n,
          price: fields['price'] as bigint,
          isPurchase: fields['cause'] === 1,
          gpuSeconds: fields['gpu_seconds'] as bigint,
          value: fields['value'] as bigint,
          tradedPrice: fields['traded_price'] as bigint,
        }),
      ),
  );
  return longerCandles(minuteCandles(ticks, null), intervalSeconds);
}

async function expectAnswers(client: StoreClient, chain: readonly DecodedBlock[], at: number): Promise<void> {
  const known = chain.slice(0, (at % chain.length) + 1);
  const last = known.at(-1)?.block;
  for (const model of MODELS) {
    for (const intervalSeconds of [MINUTE_SECONDS, 3_600n, DAY_SECONDS]) {
      const expected = expectedCandles(known, model, intervalSeconds);
      for (const range of rangesUpTo(last?.blockTime ?? 0n, intervalSeconds)) {
        const { candles } = await readCandles(client, { model, intervalSeconds, slot: last?.slot ?? 0n, ...range });
        expect(candles).toEqual(expected.filter(({ start }) => start >= range.fromTime && start < range.toTime));
      }
    }
    await expectListedBlocks(client, model, last?.slot ?? 0n);
  }
}

/** All of history and what comes after, up to this very second, and some buckets in the past. */
function rangesUpTo(time: UnixSeconds, intervalSeconds: bigint): TimeRange[] {
  const fromTime = START - 86_400n;
  const past = (START + time) / 2n;
  return [
    { fromTime, toTime: time + 86_400n },
    { fromTime, toTime: time + 1n },
    { fromTime: past - 3n * intervalSeconds, toTime: past },
    { fromTime: past - 3n * intervalSeconds, toTime: time + intervalSeconds },
  ];
}

/** Ticks of the blocks that count are the same by their list and by the join that looks for them. */
async function expectListedBlocks(client: StoreClient, model: number, slot: Slot): Promise<void> {
  const horizon = await candleHorizon(client, slot, 0n, (await candleReach(client)).through);
  if (horizon === null) return;
  const { slots, keptTo, time, openBlocks } = horizon;
  const range = { fromTime: keptTo, toTime: time + 1n };
  const listed = ticksOfBlocks(await writtenTicksOf(client, model, slots, range), openBlocks ?? new Set());
  expect(listed).toEqual(await ticksOf(client, model, slots, range));
}

/** Kept candles are those of a run over the final chain alone; answers are those of the blocks, at any slot. */
export async function expectCandlesToSurvive(url: string, numRuns: number, mostSteps: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: mostSteps }), fc.nat(), async (steps, at) => {
      const [lived, straight] = [
        await openMarketDatabase(url, [TICK_TABLE]),
        await openMarketDatabase(url, [TICK_TABLE]),
      ];
      const refresh = () => refreshCandles(lived.client, 'recent', nowMicros);
      try {
        const record = new LivedRecord(lived, { eventsOf, missingCount: 12, refresh });
        await record.run({ kind: 'extend', depth: 0, seeds: [5, 6, 7], pace: 17 });
        for (const each of steps) await record.run(each);
        if (record.isFilledBelow) await refreshCandles(lived.client, 'all', nowMicros);
        await expectAnswers(lived.client, record.chain, record.chain.length - 1);
        await finalizeAll(lived, record.chain);
        await createBlockStore(straight.client, straight.tables).commit(record.chain);
        await finalizeAll(straight, record.chain);
        expect(await keptTable(lived.client)).toEqual(await keptTable(straight.client));
        await expectAnswers(lived.client, record.chain, at);
      } finally {
        await lived.drop();
        await straight.drop();
      }
    }),
    { numRuns, endOnFailure: true },
  );
}
