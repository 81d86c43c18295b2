/** Prices, bonds and fee splits of the compiled program against the same rules in bigint, over random numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOrder } from '../../../programs/marketplace/client.generated.ts';
import { accountOf, buy, confirm, createMarket, list, must, orderRef, start } from './actors.ts';
import { INFER, INFER_MINT, INFER_TREASURY, USDC_TREASURY } from './market.ts';

const BPS = 10_000n;

const terms = fc.record({
  isUsdc: fc.boolean(),
  units: fc.integer({ min: 1, max: 50_000 }),
  seconds: fc.integer({ min: 1, max: 10_000_000 }),
  price: fc.oneof(fc.bigInt({ min: 1n, max: 5_000n }), fc.bigInt({ min: 1n, max: 500_000_000n })),
  feeBps: fc.oneof(fc.constantFrom(0, 1, 200, 5_000), fc.integer({ min: 0, max: 5_000 })),
  burnBps: fc.integer({ min: 0, max: 10_000 }),
  verifierCut: fc.integer({ min: 0, max: 10_000 }),
  bondBps: fc.integer({ min: 0, max: 10_000 }),
  bondRate: fc.bigInt({ min: 10_000_000n, max: 20_000_000n }),
});

type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

/** The rules of the specification, apart from the program. */
function expected({
  isUsdc,
  units,
  seconds,
  price,
  feeBps,
  burnBps,
  verifierBps,
  bondBps,
  bondRate,
}: Terms & { verifierBps: number }) {
  const up = (value: bigint, divisor: bigint) => (value + divisor - 1n) / divisor;
  const amount = up(BigInt(units) * BigInt(seconds) * price, 3_600n);
  const fee = (amount * BigInt(feeBps)) / BPS;
  const burn = isUsdc ? 0n : (fee * BigInt(burnBps)) / BPS;
  const verifier = (fee * BigInt(verifierBps)) / BPS;
  const value = isUsdc ? up(amount * bondRate, 1_000_000n) : amount;
  return {
    amount,
    fee,
    burn,
    verifier,
    treasury: fee - burn - verifier,
    provider: amount - fee,
    bond: up(value * BigInt(bondBps), BPS),
  };
}

/** A market with exactly these rates, and one order from its creation to its payment. */
async function settle(drawn: Terms, verifierBps: number) {
  const { feeBps, burnBps, bondBps, bondRate, price, units, seconds, isUsdc } = drawn;
  const market = await createMarket({
    platform_fee_bps: BigInt(feeBps),
    fee_burn_bps: BigInt(burnBps),
    fee_verifier_bps: BigInt(verifierBps),
    fee_treasury_bps: BPS - BigInt(burnBps + verifierBps),
    bond_ratio_bps: BigInt(bondBps),
    bond_infer_per_usdc: bondRate,
  });
  const { stage, chain } = market;
  const offer = isUsdc ? { ...market.usdcOffer, offer: market.inferOffer.offer } : market.inferOffer;
  const ref = await orderRef(offer, market.buyer, 0n);
  must(stage, list(stage, offer, { units: 50_000, minSeconds: 1, maxSeconds: 10_000_000, pricePerGpuHour: price }));
  must(stage, buy(stage, ref, { units, seconds, maxPricePerGpuHour: price }));
  const { amount, bondLocked } = chain.read(ref.order, decodeOrder);
  const held = chain.balance(ref.vault);
  const supply = chain.supply(ref.mint);
  must(stage, start(stage, ref), confirm(stage, ref));
  const burned = supply - chain.supply(ref.mint);
  const treasury = chain.balance(isUsdc ? USDC_TREASURY : INFER_TREASURY);
  const verifier = chain.balance(isUsdc ? stage.usdcVerifierVault : stage.inferVerifierVault);
  const paid = chain.balance(isUsdc ? stage.stakingUsdcVault : accountOf(market.party.payoutAccounts, INFER_MINT));
  return { amount, bondLocked, held, burned, treasury, verifier, paid, event: chain.events.at(-1) };
}

describe('amounts of an order', () => {
  it('price, bond, fee and its parts follow the rules to the base unit and sum exactly', async () => {
    await fc.assert(
      fc.asyncProperty(terms, async (drawn) => {
        const verifierBps = Math.floor(((10_000 - drawn.burnBps) * drawn.verifierCut) / 10_000);
        const want = expected({ ...drawn, verifierBps });
        // What the buyer of the test can pay and the bond of the provider covers.
        const value = drawn.isUsdc ? (want.amount * drawn.bondRate) / 1_000_000n : want.amount;
        fc.pre(value < 9_000_000n * INFER && want.bond <= 10_000n * INFER);
        const { event, ...found } = await settle(drawn, verifierBps);
        const { amount, fee, burn, verifier, treasury, provider } = want;
        expect(found).toEqual({
          amount,
          held: amount,
          bondLocked: want.bond,
          burned: burn,
          treasury,
          verifier,
          paid: provider,
        });
        const data = { fee, feeBurn: burn, feeVerifier: verifier, feeTreasury: treasury, providerAmount: provider };
        expect(event).toMatchObject({ name: 'OrderSettled', data });
        expect(found.paid + found.treasury + found.burned + found.verifier).toBe(amount);
      }),
      { numRuns: 100, seed: 20_261_121 },
    );
  });
});
