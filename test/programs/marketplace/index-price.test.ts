/** Offers priced by the exchange's index, and purchases that move it, against the compiled exchange. */
import { describe, expect, it } from 'vitest';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../../programs/exchange/client.generated.ts';
import { decodeOrder } from '../../../programs/marketplace/client.generated.ts';
import { buy, codeOf, confirm, createMarket, list, must, orderRef, start, type Values } from './actors.ts';
import { INDEX_SCALE, openExchange, readIndex } from './exchange-stage.ts';
import { INFER, STRANGER, USDC_MINT } from './market.ts';
import { cover, createSession, reprice, settle } from './sessions.ts';

const BY_INDEX = { pricePerGpuHour: 0n, pricing: 1, spreadBps: 250, indexMaxAgeSeconds: 600 };
const NO_LIMIT = { maxPricePerGpuHour: 1n << 62n };

async function createIndexedMarket(price: bigint, values: Values = {}) {
  const market = await createMarket(values);
  await openExchange(market.stage, price);
  must(market.stage, list(market.stage, market.inferOffer, BY_INDEX), list(market.stage, market.usdcOffer, BY_INDEX));
  return market;
}

describe('an order of an offer priced by the index', () => {
  it('costs the index plus the spread, both rounded up', async () => {
    const price = 2n * INFER * INDEX_SCALE + 1n;
    const { stage, chain, inferOffer, buyer } = await createIndexedMarket(price);
    const ref = await orderRef(inferOffer, buyer, 0n);
    must(stage, buy(stage, ref, NO_LIMIT, ref.index));
    const expected = ((2n * INFER + 1n) * 10_250n + 9_999n) / 10_000n;
    expect(chain.read(ref.order, decodeOrder).pricePerGpuHour).toBe(expected);
  });

  it('in USDC costs what the index is worth at the rate of the settings, rounded up', async () => {
    const { stage, chain, usdcOffer, buyer } = await createIndexedMarket(2n * INFER * INDEX_SCALE + 1n, {
      bond_infer_per_usdc: 10_000_000_007n,
    });
    const ref = await orderRef(usdcOffer, buyer, 0n);
    must(stage, buy(stage, ref, NO_LIMIT, ref.index));
    const infer = ((2n * INFER + 1n) * 10_250n + 9_999n) / 10_000n;
    const rate = 10_000_000_007n;
    expect(chain.read(ref.order, decodeOrder).pricePerGpuHour).toBe((infer * 1_000_000n + rate - 1n) / rate);
  });

  it('is bound by the limit of the buyer', async () => {
    const { stage, inferOffer, buyer } = await createIndexedMarket(2n * INFER * INDEX_SCALE);
    const ref = await orderRef(inferOffer, buyer, 0n);
    const price = (2n * INFER * 10_250n) / 10_000n;
    expect(codeOf(stage, buy(stage, ref, { maxPricePerGpuHour: price - 1n }, ref.index))).toBe(6026);
    must(stage, buy(stage, ref, { maxPricePerGpuHour: price }, ref.index));
  });

  it('needs an index no older than the offer says, and no other account in its place', async () => {
    const { stage, chain, inferOffer, buyer } = await createIndexedMarket(2n * INFER * INDEX_SCALE);
    const ref = await orderRef(inferOffer, buyer, 0n);
    expect(codeOf(stage, buy(stage, ref, NO_LIMIT))).toBe(6060);
    expect(codeOf(stage, buy(stage, ref, NO_LIMIT, STRANGER))).toBe(2012);
    chain.setTime(chain.now + 601n);
    expect(codeOf(stage, buy(stage, ref, NO_LIMIT, ref.index))).toBe(6061);
    chain.setTime(chain.now - 1n);
    must(stage, buy(stage, ref, NO_LIMIT, ref.index));
  });

  it('keeps its price whatever the offer becomes', async () => {
    const { stage, chain, inferOffer, buyer } = await createIndexedMarket(2n * INFER * INDEX_SCALE);
    const ref = await orderRef(inferOffer, buyer, 0n);
    must(stage, buy(stage, ref, NO_LIMIT, ref.index), reprice(inferOffer, { pricePerGpuHour: 9n * INFER }));
    expect(chain.read(ref.order, decodeOrder).pricePerGpuHour).toBe((2n * INFER * 10_250n) / 10_000n);
  });
});

describe('a settled purchase', () => {
  it('moves the index towards its price', async () => {
    const { stage, inferOffer, buyer } = await createIndexedMarket(2n * INFER * INDEX_SCALE, {});
    must(stage, reprice(inferOffer, { pricePerGpuHour: 4n * INFER }));
    const before = await readIndex(stage);
    const ref = await orderRef(inferOffer, buyer, 0n);
    must(stage, buy(stage, ref, NO_LIMIT), start(stage, ref), confirm(stage, ref));
    const after = await readIndex(stage);
    expect(after.market.price).toBeGreaterThan(before.market.price);
    expect(after.market.price).toBeLessThan(4n * INFER * INDEX_SCALE);
  });

  it('in USDC counts at the rate of the settings', async () => {
    // 2 USDC stand for 20 INFER.
    const { stage, usdcOffer, inferOffer, buyer } = await createIndexedMarket(20n * INFER * INDEX_SCALE);
    expect(inferOffer.mint).not.toBe(USDC_MINT);
    must(stage, reprice(usdcOffer, { pricePerGpuHour: 2_000_000n }));
    const before = await readIndex(stage);
    const ref = await orderRef(usdcOffer, buyer, 0n);
    must(stage, buy(stage, ref, NO_LIMIT), start(stage, ref), confirm(stage, ref));
    expect((await readIndex(stage)).market.price).toBe(before.market.price);
  });

  it('of a session is told with every settlement, in less than 40,000 compute units', async () => {
    const split = { fee_treasury_bps: 3_000n, fee_burn_bps: 3_500n, fee_verifier_bps: 3_500n };
    const session = await createSession(undefined, { ...split, challenge_window_seconds: 0n });
    const { stage, chain, ref, startedAt } = session;
    await openExchange(stage, 5n * INFER * INDEX_SCALE);
    chain.setTime(startedAt + 1_000n);
    must(stage, cover(stage, ref, 1_000));
    const outcome = chain.send(settle(stage, ref));
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(outcome.logs.some((line) => line.startsWith(`Program ${EXCHANGE_PROGRAM_ADDRESS} invoke`))).toBe(true);
    expect(outcome.units).toBeLessThan(40_000n);
    expect((await readIndex(stage)).market.price).toBeLessThan(5n * INFER * INDEX_SCALE);
  });
});
