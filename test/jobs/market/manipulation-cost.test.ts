import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceAtSkew } from '../../../jobs/market/exchange-prices.ts';
import { purchaseCost, skewAt, tradeCost } from '../../../jobs/market/manipulation-cost.ts';
import { pulledAnchor } from '../../programs/exchange/model-prices.ts';

const HOUR_UNITS = 3_600_000_000n;
const price = fc.bigInt({ min: 10n ** 12n, max: 10n ** 18n });
/** Nobody holds a position, and the index is where its anchor is. */
const settled = (at: bigint) => ({
  ...{ anchor: at, price: at, longSize: 0n, shortSize: 0n, boundPpm: 25_000n, depthGpuSeconds: 1_000_000n },
});

describe('the cost of moving the index by purchases', () => {
  it('is not undercut by any single purchase that the exchange would let move it as far', () => {
    const rules = {
      indexDepthGpuSeconds: 3_600_000n,
      indexClampPpm: 10_000n,
      platformFeeBps: 500n,
      feeBurnBps: 2_500n,
    };
    const times = fc.bigInt({ min: 1_020_000n, max: 50_000_000n });
    // Positions hold the target off the anchor, and the clamp the index off the target.
    const skew = fc.oneof(fc.constant(0n), fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }));
    const lag = fc.oneof(fc.constant(0n), fc.bigInt({ min: -9_000n, max: 9_000n }));
    const seconds = fc.bigInt({ min: 1n, max: 10n ** 9n });
    let moves = 0;
    fc.assert(
      fc.property(price, times, seconds, skew, lag, (anchor, factorPpm, gpuSeconds, open, lagPpm) => {
        const curve = { boundPpm: 25_000n, depthGpuSeconds: 1_000_000n };
        const target = priceAtSkew(anchor, open, curve);
        const now = target - (target * lagPpm) / 1_000_000n;
        const paid = (now * factorPpm) / 1_000_000n;
        const state = { anchor, price: now, mark: now, slotOpenAnchor: anchor };
        const moved = pulledAnchor(state, { gpuSeconds, price: paid }, rules);
        // Millionths of millionths are rounded off by the program.
        if (priceAtSkew(moved, open, curve) < now + now / 100n - now / 10n ** 9n) return;
        moves += 1;
        const value = (gpuSeconds * paid) / HOUR_UNITS;
        const [longSize, shortSize] = open > 0n ? [open, 0n] : [0n, -open];
        const least = purchaseCost({ ...curve, anchor, price: now, longSize, shortSize }, rules);
        expect(value + 1n + value / 10n ** 6n).toBeGreaterThanOrEqual(least?.value ?? 0n);
      }),
      { numRuns: 3_000 },
    );
    expect(moves).toBeGreaterThan(300);
  });

  it('is nothing for the way that the index goes by itself', () => {
    const rules = { indexDepthGpuSeconds: 3_600_000n, indexClampPpm: 10_000n, platformFeeBps: 500n, feeBurnBps: 0n };
    const anchor = 2n * 10n ** 15n;
    const held = (lagPpm: bigint) => ({ ...settled(anchor), price: (anchor * (1_000_000n - lagPpm)) / 1_000_000n });
    expect(purchaseCost(held(12_000n), rules)).toEqual({ value: 0n, fee: 0n, burned: 0n });
    const [behind, there] = [
      purchaseCost(held(5_000n), rules)?.value ?? 0n,
      purchaseCost(settled(anchor), rules)?.value ?? 0n,
    ];
    expect(behind > 0n && behind < (there * 51n) / 100n).toBe(true);
  });

  it('is its fees, of which a part is burned', () => {
    const rules = {
      indexDepthGpuSeconds: 3_600_000n,
      indexClampPpm: 10_000n,
      platformFeeBps: 500n,
      feeBurnBps: 2_500n,
    };
    // A hundredth of a thousand GPU-hours at two INFER.
    const value = 20n * 10n ** 9n;
    expect(purchaseCost(settled(2n * 10n ** 15n), rules)).toEqual({ value, fee: value / 20n, burned: value / 80n });
    expect(purchaseCost(settled(2n * 10n ** 15n), { ...rules, indexClampPpm: 0n })).toBeNull();
  });

  it('does not depend much on how small the steps are', () => {
    const rules = { indexDepthGpuSeconds: 3_600_000n, platformFeeBps: 500n, feeBurnBps: 0n };
    fc.assert(
      fc.property(price, fc.bigInt({ min: 100n, max: 10_000n }), (now, indexClampPpm) => {
        const [small, whole] = [indexClampPpm, 10_000n].map((clamp) =>
          purchaseCost(settled(now), { ...rules, indexClampPpm: clamp }),
        );
        const [left, right] = [small?.value ?? 0n, whole?.value ?? 0n];
        expect(left >= right && left - right <= 101n).toBe(true);
      }),
    );
  });
});

describe('the cost of moving the index by trades', () => {
  it('is that of the smallest skew that reaches a hundredth more', () => {
    const skew = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
    const bound = fc.bigInt({ min: 20_000n, max: 250_000n });
    fc.assert(
      fc.property(
        price,
        skew,
        bound,
        fc.bigInt({ min: 10n ** 6n, max: 10n ** 10n }),
        (anchor, open, boundPpm, depth) => {
          const curve = { anchor, boundPpm, depthGpuSeconds: depth };
          const now = priceAtSkew(anchor, open, curve);
          const target = now + now / 100n;
          const reached = skewAt({ ...curve, longSize: 0n, shortSize: 0n }, target);
          if (reached === null) return;
          const tolerance = target / 10n ** 6n + 1n;
          expect(priceAtSkew(anchor, reached + 1n, curve) + tolerance).toBeGreaterThanOrEqual(target);
          expect(priceAtSkew(anchor, reached - 1n - depth / 10n ** 6n, curve)).toBeLessThanOrEqual(target + tolerance);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is paid going in and coming out, and has no limit beyond the bound', () => {
    const state = { anchor: 10n ** 15n, price: 10n ** 15n, longSize: 0n, shortSize: 0n, boundPpm: 25_000n };
    const cost = tradeCost({ ...state, depthGpuSeconds: 1_000_000n }, 10n);
    // Half the depth's 2.5 % is 25,000; 1 % of 2.5 % needs 25,000 · 1 / 1.5 GPU-seconds.
    const notional = (16_667n * 101n * 10n ** 13n + HOUR_UNITS - 1n) / HOUR_UNITS;
    expect(cost).toEqual({ notional, fee: 2n * ((notional * 10n + 9_999n) / 10_000n) });
    expect(tradeCost({ ...state, depthGpuSeconds: 1n, boundPpm: 10_000n }, 10n)).toBeNull();
  });
});
