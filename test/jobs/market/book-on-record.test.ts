/** The order book from the accounts of the compiled marketplace, beside an order that it takes at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBase58 } from '../../../indexer/domain/base58.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import type { OrderBook } from '../../../jobs/market/order-book.ts';
import { readOrderBook } from '../../../jobs/market/read-order-book.ts';
import { decodeOrder, pauseOrders } from '../../../programs/marketplace/client.generated.ts';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { buy, createMarket, list, type Market, must, orderRef } from '../../programs/marketplace/actors.ts';
import { INDEX_SCALE, openExchange, readIndex } from '../../programs/marketplace/exchange-stage.ts';
import { HALT_AUTHORITY, INFER } from '../../programs/marketplace/market.ts';
import { empty, type MarketDatabase, marketChain, openMarketDatabase } from './market-chain.ts';
import { marketplaceAccounts, marketplaceProgram } from './marketplace-accounts.ts';

const BY_INDEX = { pricePerGpuHour: 0n, pricing: 1, spreadBps: 250, indexMaxAgeSeconds: 600 };
const RATE = 10_000_000_007n;
const CONVERSION_ID = 17;
const programs = { marketplace: marketplaceProgram, exchange: bytesOf('e'), governance: bytesOf('g') };

let server: RunningClickHouse;
let database: MarketDatabase;
beforeAll(async () => {
  server = await startPreparedClickHouse('own');
  database = await openMarketDatabase(server.url);
}, 120_000);
afterAll(async () => {
  await database.drop();
  await server.stop();
});

async function indexedMarket(): Promise<Market> {
  const market = await createMarket({ bond_infer_per_usdc: RATE });
  await openExchange(market.stage, 2n * INFER * INDEX_SCALE + 1n);
  must(market.stage, list(market.stage, market.inferOffer, BY_INDEX), list(market.stage, market.usdcOffer));
  return market;
}

/** Records the marketplace as it stands, and reads its book at once or when more time has passed. */
async function bookOf(traded: Market, secondsLater = 0n): Promise<OrderBook | null> {
  const { stage, chain } = traded;
  const { model, market } = await readIndex(stage);
  const { price, anchor, updatedAt, advancedAt } = market;
  const indexed = { model, market: { price, anchor, updated_at: updatedAt, advanced_at: advancedAt } };
  const events = [
    { table: 'marketplace_parameters_set', fields: { changes: [{ id: CONVERSION_ID, value: RATE }] } },
    { table: 'exchange_index_created', fields: indexed },
  ];
  const blocks = [
    { slot: 1n, time: chain.now, events, accounts: marketplaceAccounts(traded) },
    { slot: 2n, time: chain.now + secondsLater, events: [] },
  ];
  await empty(database.client);
  await createBlockStore(database.client, database.tables).commit(marketChain(database.tables, blocks));
  return readOrderBook(database.client, programs, { model: 0, slot: 2n }, {});
}

describe('the order book of a marketplace that is on record', () => {
  it('prices each offer as the program prices an order of it, and counts the units that are left', async () => {
    const market = await indexedMarket();
    const book = await bookOf(market);
    expect(book?.offers).toHaveLength(2);
    for (const offer of [market.inferOffer, market.usdcOffer]) {
      const ref = await orderRef(offer, market.buyer, offer === market.inferOffer ? 0n : 1n);
      must(market.stage, buy(market.stage, ref, { maxPricePerGpuHour: 1n << 62n }, ref.index));
      const order = market.chain.read(ref.order, decodeOrder);
      const booked = book?.offers.find((each) => Buffer.compare(each.offer, fromBase58(offer.offer)) === 0);
      expect(booked?.orderPrice).toBe(order.pricePerGpuHour);
      const after = (await bookOf(market))?.offers.find(
        (each) => Buffer.compare(each.offer, fromBase58(offer.offer)) === 0,
      );
      expect((booked?.unitsFree ?? 0) - (after?.unitsFree ?? 0)).toBe(order.units);
    }
  }, 120_000);

  it('is empty while the program takes no orders, and full again afterwards', async () => {
    const market = await indexedMarket();
    const { stage, buyer, usdcOffer } = market;
    const pause = (isPaused: boolean) =>
      must(stage, pauseOrders({ authority: HALT_AUTHORITY, marketplace: stage.marketplace }, { isPaused }));
    pause(true);
    expect(await bookOf(market)).toMatchObject({ isPaused: true, offers: [], utilisationPpm: 0n });
    const ref = await orderRef(usdcOffer, buyer, 0n);
    expect(() => must(stage, buy(stage, ref))).toThrow();
    pause(false);
    expect((await bookOf(market))?.offers).toHaveLength(2);
    must(stage, buy(stage, ref));
  }, 120_000);

  it('leaves out an offer by index once the index is older than the program would take', async () => {
    const market = await indexedMarket();
    const byIndex = fromBase58(market.inferOffer.offer);
    const has = (book: OrderBook | null) => book?.offers.some(({ offer }) => Buffer.compare(offer, byIndex) === 0);
    expect(has(await bookOf(market, 600n))).toBe(true);
    expect(has(await bookOf(market, 601n))).toBe(false);
  }, 120_000);
});
