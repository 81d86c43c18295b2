import { describe, expect, it } from 'vitest';
import { buyersOf, planProvider } from './population.ts';
import { createRandom } from './random.ts';

describe('the simulated population', () => {
  it('is the same for the same seed', () => {
    const describePlan = (seed: string) => {
      const { wallet, ...plan } = planProvider(seed, 3);
      return { ...plan, address: wallet.address };
    };
    expect(describePlan('7')).toEqual(describePlan('7'));
    expect(describePlan('7')).not.toEqual(describePlan('8'));
  });

  it('gives everybody a key of their own', () => {
    const buyers = buyersOf('1', 40).map((buyer) => buyer.address);
    const providers = Array.from({ length: 40 }, (_, index) => planProvider('1', index).wallet.address);
    expect(new Set([...buyers, ...providers]).size).toBe(buyers.length + providers.length);
  });

  it('draws whole numbers within their bounds, ends included', () => {
    const random = createRandom(42n);
    const drawn = Array.from({ length: 2_000 }, () => random.integer(3, 6));
    expect(new Set(drawn)).toEqual(new Set([3, 4, 5, 6]));
  });
});
