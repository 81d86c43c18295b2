import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceAtSkew } from '../../../jobs/market/exchange-prices.ts';
import { purchaseCost, skewAt, tradeCost } from '../../../jobs/market/manipulation-cost.ts';
import { pulledAnchor } from '../../programs/exchange/model-prices.ts';

const HOUR_UNITS = 3_600_000_000n;
const price = fc.bigInt({ min: 10n ** 12n, max: 10n ** 18n });

describe('the cost of moving the index by purchases', () => {
  it('is not undercut by any single purchase that the exchange would let move it as far', () => {
    const rules = {
      indexDepthGpuSeconds: 3_600_000n,
      indexClampPpm: 10_000n,
      platformFeeBps: 500n,
      feeBurnBps: 2_500n,
    };
    const times = fc.bigInt({ min: 1_020_000n, max: 50_000_000n });
    fc.assert(
      fc.property(price, times, fc.bigInt({ min: 1n, max: 10n ** 9n }), (now, factorPpm, gpuSeconds) => {
        const paid = (now * factorPpm) / 1_000_000n;
        const state = { anchor: now, price: now, mark: now, slotOpenAnchor: now };
        const moved = pulledAnchor(state, { gpuSeconds, price: paid }, rules);
        // Millionths of millionths are rounded off by the program.
        if (moved < now + now / 100n - now / 10n ** 9n) return;
        const value = (gpuSeconds * paid) / HOUR_UNITS;
        const least = purchaseCost(now, rules);
        expect(value + 1n + value / 10n ** 6n).toBeGreaterThanOrEqual(least?.value ?? 0n);
      }),
      { numRuns: 2_000 },
    );
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
    expect(purchaseCost(2n * 10n ** 15n, rules)).toEqual({ value, fee: value / 20n, burned: value / 80n });
    expect(purchaseCost(2n * 10n ** 15n, { ...rules, indexClampPpm: 0n })).toBeNull();
  });

  it('does not depend much on how small the steps are', () => {
    const rules = { indexDepthGpuSeconds: 3_600_000n, platformFeeBps: 500n, feeBurnBps: 0n };
    fc.assert(
      fc.property(price, fc.bigInt({ min: 100n, max: 10_000n }), (now, indexClampPpm) => {
        const [small, whole] = [indexClampPpm, 10_000n].map((clamp) =>
          purchaseCost(now, { ...rules, indexClampPpm: clamp }),
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
