/** Sums and counts of final stretches, on a real ClickHouse: those of the events, whatever forks, replays and fillings came. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChunkSums } from '../../api/sums/chunk-sums.ts';
import { FinalChunks } from '../../api/sums/final-chunks.ts';
import { createFlowSums } from '../../api/sums/flow-sums.ts';
import { KeptDays } from '../../api/sums/kept-days.ts';
import { createProviderSums } from '../../api/sums/provider-sums.ts';
import { WalletLinks } from '../../api/sums/wallet-links.ts';
import type { DecodedBlock, DecodedEvent } from '../../indexer/decode/decoded-block.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { cancelMarks } from '../../indexer/store/marks.ts';
import { tokenFlows } from '../../indexer/store/queries/ledger/token-flows.ts';
import type { ProviderSums } from '../../indexer/store/queries/reputation/providers.ts';
import { type WalletLink, walletLinks } from '../../indexer/store/queries/rewards/reward-inputs.ts';
import { countEvents, type EventFilter } from '../../indexer/store/queries/rows/events.ts';
import { oneRow } from '../../indexer/store/rows.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../indexer/store/small-chain.ts';
import { LivedRecord, step } from '../jobs/market/lived-record.ts';
import {
  type ChosenBlock,
  type ChosenEvent,
  empty,
  type MarketDatabase,
  marketChain,
  openMarketDatabase,
} from '../jobs/market/market-chain.ts';

/** Calls of it are not made here: links come of orders and of who pays. */
const MARKETPLACE = bytesOf('marketplace');
const CHUNK_SLOTS = 8n;
const FINAL_BLOCKS = 40;
const LIMIT_MS = 120_000;

let server: RunningClickHouse;
let database: MarketDatabase;

beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
});
beforeEach(() => empty(database.client));
afterAll(async () => {
  await database.drop();
  await server.stop();
});

/** Every slot but each seventh has an order and, one slot later, its settlement. */
function chosenBlocks(count: number): ChosenBlock[] {
  return Array.from({ length: count }, (_, index) => {
    const provider = bytesOf(`provider ${index % 3}`);
    const settled = { provider: bytesOf(`provider ${(index + 2) % 3}`), gpu_seconds: BigInt(index) };
    return {
      slot: BigInt(index + 1),
      time: BigInt(index),
      events: [
        { table: 'marketplace_order_created', fields: { provider } },
        ...(index % 7 === 0 ? [] : [{ table: 'marketplace_order_settled', fields: settled }]),
      ],
    };
  });
}

function expectedSums(blocks: readonly ChosenBlock[], slot: bigint) {
  const events = blocks.filter((each) => each.slot <= slot).flatMap((each) => each.events);
  const of = (index: number, table: string) =>
    events.filter(
      (event) =>
        event.table === table &&
        Buffer.compare(event.fields['provider'] as Uint8Array, bytesOf(`provider ${index}`)) === 0,
    );
  return [0, 1, 2].map((index) => ({
    orders: of(index, 'marketplace_order_created').length,
    settled: of(index, 'marketplace_order_settled').length,
    seconds: of(index, 'marketplace_order_settled').reduce(
      (sum, { fields }) => sum + (fields['gpu_seconds'] as bigint),
      0n,
    ),
  }));
}

async function foundSums(providerSums: ChunkSums<ProviderSums>, slot: bigint) {
  const sums = await providerSums.upTo(slot);
  return [0, 1, 2].map((index) => {
    const each = sums.get(toBase58(bytesOf(`provider ${index}`)));
    return {
      orders: Number(each?.orderCount ?? 0),
      settled: Number(each?.settledCount ?? 0),
      seconds: each?.gpuSeconds ?? 0n,
    };
  });
}

describe('sums of providers', () => {
  it('of any slot are those of its events, whichever stretches are kept, and again after some were mended', async () => {
    const store = createBlockStore(database.client, database.tables);
    const blocks = chosenBlocks(60);
    const chain = marketChain(database.tables, blocks);
    let nowMs = 0;
    const sums = createProviderSums(new FinalChunks(database.client, () => nowMs, CHUNK_SLOTS));
    for (const committed of [10, 33, 60]) {
      await store.commit(chain.slice(committed === 10 ? 0 : committed === 33 ? 10 : 33, committed));
      const last = chain[Math.min(committed, FINAL_BLOCKS) - 1]?.block;
      await store.markFinalized(last?.slot ?? 0n, last?.blockhash ?? new Uint8Array(32));
      nowMs += 60_000;
      for (const slot of [0n, 1n, 7n, 8n, 9n, 15n, BigInt(committed - 1), BigInt(committed)])
        expect(await foundSums(sums, slot), `slot ${slot}`).toEqual(
          expectedSums(blocks, slot <= committed ? slot : BigInt(committed)),
        );
    }
    // Final blocks that do not count any more stand for any that were mended.
    await cancelMarks(database.client, 4n, 60n);
    expect(await foundSums(sums, 40n)).not.toEqual(expectedSums(blocks, 4n));
    nowMs += 30_000;
    expect(await foundSums(sums, 40n)).toEqual(expectedSums(blocks, 4n));
  });
});

const accounts = {
  ...{ inferMint: bytesOf('INFER'), usdcMint: bytesOf('USDC') },
  ...{ inferTreasury: bytesOf('treasury of INFER'), usdcTreasury: bytesOf('treasury of USDC') },
};
const PLACES = ['BONDS', 'BURNED', 'ESCROWS', 'TREASURY'] as const;

/** Fields of an event, and what it moves by place, source and token. */
function movingEvent(seed: number): { event: ChosenEvent; moves: readonly (readonly [string, bigint])[] } {
  const amount = BigInt(seed % 1_000) + 7n;
  const token = seed % 2 === 0 ? 'INFER' : 'USDC';
  const mint = bytesOf(token);
  switch (seed % 4) {
    case 0:
      return {
        event: { table: 'marketplace_order_created', fields: { amount, mint } },
        moves: [[`ESCROWS orders ${token}`, amount]],
      };
    case 1:
      return {
        event: {
          table: 'marketplace_order_settled',
          fields: { amount, refunded: 2n, mint, fee_treasury: 5n, fee_burn: 1n, surplus: 3n },
        },
        moves: [
          [`ESCROWS orders ${token}`, -amount - 2n],
          [`TREASURY order_fees ${token}`, 5n],
          [`BURNED order_fees ${token}`, 1n],
          [`TREASURY surplus ${token}`, 3n],
        ],
      };
    case 2: {
      const isOurs = seed % 8 === 2;
      const paidTo = isOurs ? accounts.inferTreasury : bytesOf('somebody');
      return {
        event: { table: 'marketplace_provider_slashed', fields: { burned: 4n, paid: amount, paid_to: paidTo } },
        moves: [
          ['BONDS providers INFER', -4n - amount],
          ['BURNED slashes INFER', 4n],
          ...(isOurs ? ([['TREASURY slashes INFER', amount]] as const) : []),
        ],
      };
    }
    default:
      return {
        event: { table: 'governance_treasury_spent', fields: { amount, mint, category: 2 } },
        moves: [[`TREASURY spent_incentives ${token}`, -amount]],
      };
  }
}

const pieces = (seed: number) => Array.from({ length: seed % 4 }, (_, index) => movingEvent(seed + index * 5));

/** By hand: amount and number of events of each flow. */
function movedBy(seeds: readonly number[]): Record<string, string> {
  const sums = new Map<string, [bigint, number]>();
  for (const [flow, amount] of seeds.flatMap(pieces).flatMap(({ moves }) => moves)) {
    const [before, count] = sums.get(flow) ?? [0n, 0];
    sums.set(flow, [before + amount, count + 1]);
  }
  return Object.fromEntries([...sums].map(([flow, [amount, count]]) => [flow, `${amount} of ${count}`]));
}

function named(flows: Awaited<ReturnType<typeof tokenFlows>>): Record<string, string> {
  const tokenOf = (mint: Uint8Array) => (Buffer.compare(mint, accounts.inferMint) === 0 ? 'INFER' : 'USDC');
  return Object.fromEntries(
    flows.map((flow) => [`${flow.place} ${flow.source} ${tokenOf(flow.mint)}`, `${flow.amount} of ${flow.eventCount}`]),
  );
}

/** Counted of the blocks themselves. */
function expectedCounts(chain: readonly DecodedBlock[]) {
  const events = chain.flatMap((each) => each.events);
  const created = events.filter(({ table }) => table === 'marketplace_order_created');
  const amountOf = (event: DecodedEvent) => (event.fields as { amount: bigint }).amount;
  return {
    created: created.length,
    large: created.filter((event) => amountOf(event) > 400n).length,
    spent: events.filter(({ name }) => name === 'TreasurySpent').length,
  };
}

async function foundCounts(chunks: FinalChunks, toSlot: bigint) {
  const stretches = await chunks.state();
  const count = async (filter: EventFilter) =>
    Number(await countEvents(database.client, { ...filter, toSlot }, stretches));
  const amount = { name: 'amount', type: 'UInt64' };
  const conditions = [{ column: amount, comparison: 'GT' as const, values: ['400'] }];
  return {
    created: await count({ name: 'OrderCreated' }),
    large: await count({ name: 'OrderCreated', where: { tables: ['marketplace_order_created'], conditions } }),
    spent: await count({ name: 'TreasurySpent' }),
  };
}

const linkName = ({ kind, shared, wallet }: WalletLink) => `${kind} ${toBase58(shared)} ${toBase58(wallet)}`;

/** The same as of a slot with what is kept and without. */
async function expectSameLinks(links: WalletLinks, slot: bigint): Promise<void> {
  const plain = await walletLinks(database.client, MARKETPLACE, slot);
  expect((await links.upTo(slot)).map(linkName).sort()).toEqual(plain.map(linkName).sort());
}

const DAY_SECONDS = 100n;

/** Of the last days until a slot: what is worked out, and what is found where days are kept. */
async function expectSameDays(days: KeptDays, chain: readonly DecodedBlock[]): Promise<void> {
  const slot = chain.at(-1)?.block.slot ?? 0n;
  const times = chain.map(({ block }) => block.blockTime ?? 0n);
  const last = times.at(-1) ?? 0n;
  for (let start = last - (last % DAY_SECONDS) - 3n * DAY_SECONDS; start <= last; start += DAY_SECONDS) {
    const day = { model: 0, start, end: start + DAY_SECONDS };
    // In one question, so that there is time for many.
    const work = async () => {
      const { blockCount, toSlot, eventCount } = await oneRow<Record<'blockCount' | 'toSlot' | 'eventCount', bigint>>(
        database.client,
        `SELECT count() AS blockCount, max(slot) AS toSlot, toUInt64(sum(event_count)) AS eventCount FROM blocks FINAL
WHERE sign = 1 AND block_time >= {start:Int64} AND block_time < {end:Int64} AND slot <= {slot:UInt64}`,
        { start, end: day.end, slot },
      );
      const [gpuSeconds, purchaseCount] = [eventCount, Number(eventCount)];
      const prices = { min: 1n, max: 1n, mean: 1n, median: 1n };
      return { toSlot: blockCount === 0n ? null : toSlot, summary: { purchaseCount, gpuSeconds, ...prices } };
    };
    expect(await days.find(day, slot, work), `day ${start} as of ${slot}`).toEqual((await work()).summary);
  }
}

describe('flows of tokens, links of wallets, days and counts of events', () => {
  it('are those of all events that count, at any slot, after any forks and replays', {
    timeout: LIMIT_MS,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), fc.nat(), async (steps, at) => {
        await empty(database.client);
        let nowMs = 0;
        const chunks = new FinalChunks(database.client, () => nowMs, 4n);
        const kept = createFlowSums(chunks);
        // Longer stretches: each question joins, and plans longer than it reads.
        const links = new WalletLinks(new FinalChunks(database.client, () => nowMs, 32n), MARKETPLACE);
        const days = new KeptDays(chunks);
        const seedOf = new Map<string, number>();
        const eventsOf = (seed: number) => {
          // Who pays tells which seed a block was made of.
          const events = pieces(seed).map(({ event }) => ({ ...event, feePayer: bytesOf(`seed ${seed}`) }));
          seedOf.set(toBase58(bytesOf(`seed ${seed}`)), seed);
          return events;
        };
        const life = new LivedRecord(database, { eventsOf, missingCount: 9, refresh: async () => (nowMs += 30_000) });
        await life.run({ kind: 'extend', depth: 0, seeds: [5, 6, 7, 11, 13], pace: 17 });
        await life.run({ kind: 'finalize', blocks: 3 });
        for (const each of steps) {
          await life.run(each);
          // Blocks that come below what is final are seen with the next look.
          if (each.kind === 'backfill') nowMs += 30_000;
          const asOf = life.chain.slice(0, (at % life.chain.length) + 1);
          const slot = asOf.at(-1)?.block.slot ?? 0n;
          const seeds = asOf.flatMap(({ block }) => {
            const payer = block.transactions[0]?.accountKeys[0];
            return payer === undefined ? [] : [seedOf.get(toBase58(payer)) ?? 0];
          });
          const plain = await tokenFlows(database.client, PLACES, accounts, slot);
          expect(await kept(database.client, PLACES, accounts, slot)).toEqual(plain);
          expect(named(plain)).toEqual(movedBy(seeds));
          expect(await foundCounts(chunks, slot)).toEqual(expectedCounts(asOf));
          await expectSameLinks(links, slot);
          await expectSameDays(days, asOf);
        }
      }),
      { numRuns: Number(process.env['SUM_RUNS'] ?? 1), endOnFailure: true },
    );
  });
});
