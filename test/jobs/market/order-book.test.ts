import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type MarketState,
  type OfferState,
  orderBook,
  orderPriceOf,
  type Seller,
} from '../../../jobs/market/order-book.ts';

const key = (id: number) => new Uint8Array(32).fill(id);
const NOW = 1_700_000_000n;
/** Ten INFER a dollar, an index of twenty INFER. */
const market: MarketState = {
  isPaused: false,
  now: NOW,
  index: { price: 20n * 10n ** 15n + 1n, updatedAt: NOW - 100n },
  inferPerUsdc: 10n ** 10n,
};
const offer = (change: Partial<OfferState> = {}): OfferState => ({
  ...{ offer: key(1), provider: key(2), units: 8, unitsFree: 5, region: 1, minSeconds: 60, maxSeconds: 3_600 },
  ...{ pricePerGpuHour: 2_000_000n, isInUsdc: true, pricing: 0, spreadBps: 0, indexMaxAgeSeconds: 0, isClosed: false },
  ...change,
});
const seller = (change: Partial<Seller> = {}): Seller => ({ tier: 3, status: 1, scorePpm: 500_000, ...change });
const sellersOf = (...all: readonly [number, Seller][]) =>
  new Map(all.map(([id, each]) => [Buffer.from(key(id)).toString('hex'), each]));

describe('the price of an offer', () => {
  const byIndex = { pricing: 1, pricePerGpuHour: 0n, spreadBps: 250, indexMaxAgeSeconds: 100 };

  it('by index is the index with its spread, each step up, in the token of the offer', () => {
    const inInfer = ((20n * 10n ** 9n + 1n) * 10_250n + 9_999n) / 10_000n;
    expect(orderPriceOf(offer({ ...byIndex, isInUsdc: false }), market)).toBe(inInfer);
    expect(orderPriceOf(offer(byIndex), market)).toBe((inInfer * 1_000_000n + 10n ** 10n - 1n) / 10n ** 10n);
  });

  it('by index is none where the index is older than the offer allows, or absent', () => {
    expect(orderPriceOf(offer({ ...byIndex, indexMaxAgeSeconds: 99 }), market)).toBeNull();
    expect(orderPriceOf(offer(byIndex), { ...market, index: null })).toBeNull();
    expect(orderPriceOf(offer(), { ...market, index: null })).toBe(2_000_000n);
  });
});

describe('the order book', () => {
  it('holds only what takes an order now, and counts units of closed sellers nowhere', () => {
    const offers = [
      offer({ offer: key(1), provider: key(10) }),
      offer({ offer: key(2), provider: key(10), isClosed: true }),
      offer({ offer: key(3), provider: key(10), unitsFree: 0 }),
      offer({ offer: key(4), provider: key(11) }),
      offer({ offer: key(5), provider: key(12) }),
      offer({ offer: key(6), provider: key(99) }),
    ];
    const sellers = sellersOf([10, seller()], [11, seller({ status: 3 })], [12, seller({ status: 4 })]);
    const book = orderBook(offers, sellers, market);
    expect(book.offers.map((each) => each.offer)).toEqual([key(1)]);
    expect(book).toMatchObject({ units: 16, unitsFree: 5, utilisationPpm: 687_500n });
  });

  it('is empty while new orders are paused, and units are offered all the same', () => {
    const book = orderBook([offer({ provider: key(10) })], sellersOf([10, seller()]), { ...market, isPaused: true });
    expect(book).toEqual({ isPaused: true, offers: [], units: 8, unitsFree: 5, utilisationPpm: 375_000n });
  });

  it('compares INFER with USDC, and of equal prices puts the better score first', () => {
    const offers = [
      offer({ offer: key(1), provider: key(10), pricePerGpuHour: 2_000_001n }),
      offer({ offer: key(2), provider: key(10), pricePerGpuHour: 20n * 10n ** 9n, isInUsdc: false }),
      offer({ offer: key(3), provider: key(11) }),
    ];
    const sellers = sellersOf([10, seller()], [11, seller({ scorePpm: 900_000 })]);
    const book = orderBook(offers, sellers, market);
    expect(book.offers.map((each) => [each.offer[0], each.usdcPrice, each.depthUnits])).toEqual([
      [3, 2_000_000n * 1_000_000n, 5],
      [2, 2_000_000n * 1_000_000n, 10],
      [1, 2_000_001n * 1_000_000n, 15],
    ]);
  });

  const any = fc.array(
    fc.record({
      id: fc.nat(250),
      price: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      isInUsdc: fc.boolean(),
      unitsFree: fc.nat(8),
      provider: fc.integer({ min: 10, max: 14 }),
      region: fc.nat(2),
    }),
    { maxLength: 30 },
  );
  const sellers = sellersOf(
    ...[10, 11, 12, 13, 14].map((id): [number, Seller] => [id, seller({ tier: id % 3, scorePpm: id * 10_000 })]),
  );

  it('is ordered and its depth adds up, whatever the order of offers', () => {
    fc.assert(
      fc.property(any, (drawn) => {
        const offers = drawn.map(({ id, price, provider, ...rest }) =>
          offer({ ...rest, offer: key(id), provider: key(provider), pricePerGpuHour: price }),
        );
        const { offers: booked, unitsFree } = orderBook(offers, sellers, market);
        expect(booked.every((each, at) => at === 0 || each.usdcPrice >= (booked[at - 1]?.usdcPrice ?? 0n))).toBe(true);
        expect(booked.at(-1)?.depthUnits ?? 0).toBe(unitsFree);
        const reversed = orderBook(offers.toReversed(), sellers, market).offers;
        expect(reversed.map(({ usdcPrice }) => usdcPrice)).toEqual(booked.map(({ usdcPrice }) => usdcPrice));
      }),
    );
  });

  it('narrowed by region, tier, score and price holds just the offers of the whole book that fit', () => {
    const filters = fc.record({
      region: fc.option(fc.nat(2)),
      tier: fc.option(fc.nat(2)),
      minScorePpm: fc.option(fc.nat(150_000)),
      maxUsdcPrice: fc.option(fc.bigInt({ min: 1n, max: 10n ** 18n })),
    });
    fc.assert(
      fc.property(any, filters, (drawn, filter) => {
        const offers = drawn.map(({ id, price, provider, ...rest }, at) =>
          offer({ ...rest, offer: Uint8Array.of(id, at), provider: key(provider), pricePerGpuHour: price }),
        );
        const whole = orderBook(offers, sellers, market).offers;
        const fitting = whole.filter(
          (each) =>
            (filter.region === null || each.region === filter.region) &&
            (filter.tier === null || each.tier === filter.tier) &&
            (filter.minScorePpm === null || each.scorePpm >= filter.minScorePpm) &&
            (filter.maxUsdcPrice === null || each.usdcPrice <= filter.maxUsdcPrice),
        );
        const narrowed = orderBook(offers, sellers, market, filter).offers;
        expect(narrowed.map((each) => each.offer)).toEqual(fitting.map((each) => each.offer));
      }),
    );
  });
});
