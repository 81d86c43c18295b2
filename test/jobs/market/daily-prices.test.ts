import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceSummary } from '../../../jobs/market/daily-prices.ts';
import { billedPerHour } from '../../../jobs/market/session-billing.ts';
import { billedPerSecond } from './session-price.ts';

const at = (price: bigint, gpuSeconds = 1n) => ({ price, gpuSeconds, exclusion: null });

it('lowest, highest, mean and median are those of the purchases that count', () => {
  expect(priceSummary([])).toBeNull();
  expect(priceSummary([{ ...at(5n), exclusion: 'SAME_CLUSTER' }, at(7n, 0n)])).toBeNull();
  expect(priceSummary([at(9n, 1n), at(2n, 3n), at(4n, 2n), { ...at(1n), exclusion: 'NO_CONVERSION' }])).toEqual({
    ...{ purchaseCount: 3, gpuSeconds: 6n, min: 2n, max: 9n, mean: 3n, median: 4n },
  });
  expect(priceSummary([at(9n), at(4n)])).toMatchObject({ median: 6n, mean: 6n });
});

it('mean and median lie between the lowest and the highest, whatever the order', () => {
  const purchases = fc.array(
    fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.bigInt({ min: 1n, max: 10n ** 9n })).map(([p, g]) => at(p, g)),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(purchases, (each) => {
      const found = priceSummary(each);
      if (found === null) throw new Error('no prices');
      for (const value of [found.mean, found.median]) expect(value >= found.min && value <= found.max).toBe(true);
      expect(priceSummary(each.toReversed())).toEqual(found);
    }),
  );
});

it('a session never costs more by the second than by the begun hour, and the same for whole hours', () => {
  const terms = fc.record({
    units: fc.integer({ min: 1, max: 512 }),
    pricePerGpuHour: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  });
  fc.assert(
    fc.property(terms, fc.bigInt({ min: 0n, max: 10n ** 7n }), (each, seconds) => {
      expect(billedPerSecond(each, seconds) <= billedPerHour(each, seconds)).toBe(true);
      expect(billedPerSecond(each, seconds * 3_600n)).toBe(billedPerHour(each, seconds * 3_600n));
    }),
  );
});
