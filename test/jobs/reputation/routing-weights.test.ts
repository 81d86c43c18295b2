import fc from 'fast-check';
import { expect, it } from 'vitest';
import { routingWeights } from '../../../jobs/reputation/routing-weights.ts';

const operator = fc.record({
  rewardEpoch: fc.constant(1n),
  pool: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  stake: fc.bigInt(0n, 10n ** 17n),
  scores: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 4 }),
});
const operators = fc
  .uniqueArray(operator, { selector: ({ pool }) => Buffer.from(pool).toString('hex'), maxLength: 20 })
  .map((all) =>
    all.map(({ scores, ...each }) => ({
      ...each,
      providerCount: BigInt(scores.length),
      scoreSum: BigInt(scores.reduce((sum, score) => sum + score, 0)),
    })),
  );

it('a weight is at most the share of the stake and at most the score, and all weights together are at most one', () => {
  fc.assert(
    fc.property(operators, (all) => {
      const weights = routingWeights(all);
      expect(weights).toHaveLength(all.length);
      for (const { weightPpm, stakeSharePpm, scorePpm, providerCount } of weights) {
        expect(weightPpm <= stakeSharePpm && weightPpm <= scorePpm).toBe(true);
        if (providerCount === 0n) expect(weightPpm).toBe(0n);
      }
      expect(weights.reduce((sum, { weightPpm }) => sum + weightPpm, 0n) <= 1_000_000n).toBe(true);
    }),
  );
});

it('the heaviest comes first, whatever order operators are given in', () => {
  fc.assert(
    fc.property(operators, (all) => {
      const weights = routingWeights(all);
      expect(routingWeights([...all].reverse())).toEqual(weights);
      weights.slice(1).forEach(({ weightPpm }, index) => {
        expect(weightPpm <= (weights[index]?.weightPpm ?? 0n)).toBe(true);
      });
    }),
  );
});

it('a provider with a low score makes its operator weigh less, never more', () => {
  const one = { rewardEpoch: 1n, pool: new Uint8Array(32), stake: 10n, providerCount: 1n, scoreSum: 800_000n };
  const two = { ...one, providerCount: 2n, scoreSum: 900_000n };
  expect([one, two].map((each) => routingWeights([each])[0]?.weightPpm)).toEqual([800_000n, 450_000n]);
});
