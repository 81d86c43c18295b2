import fc from 'fast-check';
import { expect, it } from 'vitest';
import { successPpm, wilsonLowerPpm } from '../../../jobs/reputation/success-share.ts';

it.each([
  [1n, 0n, 0.2065],
  [10n, 0n, 0.7225],
  [100n, 0n, 0.963],
  [95n, 5n, 0.8882],
])('%i delivered and %i failed are at least %f with 95 %%', (successes, failures, published) => {
  expect(Number(wilsonLowerPpm(successes, failures)) / 1_000_000).toBeCloseTo(published, 4);
});

it('nothing is said of a provider without orders', () => {
  expect([successPpm(0n, 0n), wilsonLowerPpm(0n, 0n)]).toEqual([null, null]);
});

const count = fc.bigInt(0n, 10n ** 12n);

it('the bound lies between nothing and the share, and grows with every success', () => {
  fc.assert(
    fc.property(count, count, (successes, failures) => {
      fc.pre(successes + failures > 0n);
      const bound = wilsonLowerPpm(successes, failures) ?? -1n;
      expect(bound >= 0n && bound <= (successPpm(successes, failures) ?? 0n)).toBe(true);
      expect((wilsonLowerPpm(successes + 1n, failures) ?? 0n) >= bound).toBe(true);
      expect((wilsonLowerPpm(successes, failures + 1n) ?? 0n) <= bound).toBe(true);
    }),
  );
});

it('the bound is that of the formula in floating point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }), (successes, failures) => {
      fc.pre(successes + failures > 0);
      const [trials, z] = [successes + failures, 1.959964];
      const share = successes / trials;
      const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
      const expected = (share + (z * z) / (2 * trials) - spread) / (1 + (z * z) / trials);
      expect(Math.abs(Number(wilsonLowerPpm(BigInt(successes), BigInt(failures))) - expected * 1_000_000)).toBeLessThan(
        1.1,
      );
    }),
  );
});
