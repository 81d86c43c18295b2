/**
 * Records that live through forks, replays, backfills and refreshes of their candles, and what candles must be afterwards.
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { DecodedBlock } from '../../../indexer/decode/decoded-block.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { createFillStore } from '../../../indexer/store/fill-store.ts';
import {
  type Candle,
  DAY_SECONDS,
  longerCandles,
  MINUTE_SECONDS,
  minuteCandles,
  type Tick,
} from '../../../jobs/market/candles.ts';
import { readCandles } from '../../../jobs/market/read-candles.ts';
import { refreshCandles } from '../../../jobs/market/refresh-candles.ts';
import { type ChosenEvent, type MarketDatabase, marketChain, openMarketDatabase } from './market-chain.ts';

const TICK_TABLE = 'exchange_index_updated';
const START = 1_700_000_000n;
const MODELS = [0, 3];

let clock = 0n;
const nowMicros = () => (clock += 1n);

/** What a block holds follows from a number, so that shrinking stays possible and branches differ. */
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

type Step =
  | {
      readonly kind: 'extend' | 'fork';
      readonly depth: number;
      readonly seeds: readonly number[];
      readonly pace: number;
    }
  | { readonly kind: 'finalize' | 'replay'; readonly blocks: number }
  | { readonly kind: 'backfill'; readonly blocks: number }
  | { readonly kind: 'refresh' };

const seeds = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 });
/** Seconds from block to block: candles hold many blocks, one, or days pass between two. */
const pace = fc.constantFrom(0, 1, 17, 700, 50_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('extend' as const, 'fork' as const), depth: fc.nat(5), seeds, pace }),
  fc.record({ kind: fc.constantFrom('finalize' as const, 'replay' as const), blocks: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('backfill' as const), blocks: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('refresh' as const) }),
);

/** A record that began late, with blocks below it to be filled in, and a chain that forks above what is final. */
class LivedRecord {
  chain: DecodedBlock[] = [];
  /** Blocks have come below the head since all days were looked at. */
  isFilledBelow = false;
  #missing: DecodedBlock[];
  #final = 0;
  #branch = 0;
  readonly #database: MarketDatabase;

  constructor(database: MarketDatabase) {
    this.#database = database;
    const history = Array.from({ length: 12 }, (_, index) => ({
      slot: BigInt(index + 1),
      time: START + BigInt(index * 7_000),
      events: eventsOf(index * 7 + 3),
    }));
    this.#missing = marketChain(database.tables, history);
  }

  async run(each: Step): Promise<void> {
    const { client, tables } = this.#database;
    const store = createBlockStore(client, tables);
    if (each.kind === 'refresh') await refreshCandles(client, 'recent', nowMicros);
    if (each.kind === 'replay') await store.commit(this.chain.slice(-each.blocks));
    if (each.kind === 'finalize') await this.#finalize(each.blocks);
    if (each.kind === 'backfill') await this.#backfill(each.blocks);
    if (each.kind === 'fork' && this.chain.length > 0) {
      this.chain = this.chain.slice(0, Math.max(this.chain.length - each.depth, this.#final, 1));
      const head = this.chain.at(-1);
      if (head !== undefined) await store.cancelAbove(head.block.slot);
    }
    if (each.kind === 'fork' || each.kind === 'extend') await this.#extend(each.seeds, each.pace);
  }

  async #extend(seedsOfBlocks: readonly number[], paceSeconds: number): Promise<void> {
    const { client, tables } = this.#database;
    const parent = this.chain.at(-1) ?? this.#missing.at(-1) ?? null;
    const branch = `branch ${this.#branch++}`;
    const blocks = seedsOfBlocks.map((seed, index) => ({
      slot: (parent?.block.slot ?? 0n) + BigInt(index + 1),
      time: (parent?.block.blockTime ?? START) + BigInt((index + 1) * paceSeconds),
      events: eventsOf(seed),
      branch,
    }));
    const grown = marketChain(tables, blocks, parent);
    await createBlockStore(client, tables).commit(grown);
    this.chain = [...this.chain, ...grown];
  }

  async #finalize(blocks: number): Promise<void> {
    this.#final = Math.min(this.#final + blocks, this.chain.length);
    const last = this.chain[this.#final - 1];
    if (last === undefined) return;
    const store = createBlockStore(this.#database.client, this.#database.tables);
    await store.markFinalized(last.block.slot, last.block.blockhash);
  }

  async #backfill(blocks: number): Promise<void> {
    const piece = this.#missing.slice(-blocks);
    if (this.#final === 0 || piece.length === 0) return;
    await createFillStore(this.#database.client, this.#database.tables).fill(piece);
    this.#missing = this.#missing.slice(0, -piece.length);
    this.chain = [...piece, ...this.chain];
    this.#final += piece.length;
    this.isFilledBelow = true;
  }
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
      const range = { fromTime: START - 86_400n, toTime: (last?.blockTime ?? 0n) + 86_400n };
      const request = { model, intervalSeconds, slot: last?.slot ?? 0n, ...range };
      const { candles } = await readCandles(client, request);
      expect(candles).toEqual(expectedCandles(known, model, intervalSeconds));
    }
  }
}

/** Kept candles are those of a run over the final chain alone; answers are those of the blocks, at any slot. */
export async function expectCandlesToSurvive(url: string, numRuns: number, mostSteps: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: mostSteps }), fc.nat(), async (steps, at) => {
      const [lived, straight] = [
        await openMarketDatabase(url, [TICK_TABLE]),
        await openMarketDatabase(url, [TICK_TABLE]),
      ];
      try {
        const record = new LivedRecord(lived);
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
