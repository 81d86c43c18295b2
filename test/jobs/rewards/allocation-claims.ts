/**
 * What holds of every split, as claims that can be tried on as many cases as one likes.
 * @module
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import { splitAmount } from '../../../jobs/rewards/compute/allocate.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
export const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);

export const keyOf = (id: number) =>
  new Uint8Array(32).fill(7).map((byte, index) => (index < 28 ? byte : (id >>> (8 * (31 - index))) & 255));
export const weight = fc.oneof(fc.constant(0n), fc.bigInt(1n, 10n), fc.bigInt(0n, 1n << 100n));
export const anyAmount = fc.bigInt(0n, 1n << 64n);
const anyShares = (mostShares: number) =>
  fc
    .array(weight, { minLength: 1, maxLength: mostShares })
    .filter((weights) => sum(weights) > 0n)
    .map((weights) => weights.map((each, id) => ({ key: keyOf(id), weight: each })));

/** Awards sum to the amount, and nobody is a unit away from the exact share. */
export function exactSums(numRuns: number, mostShares: number): void {
  fc.assert(
    fc.property(anyAmount, anyShares(mostShares), (amount, shares) => {
      const awards = splitAmount(amount, shares);
      const total = sum(shares.map((share) => share.weight));
      if (sum(awards) !== amount) expect(sum(awards)).toBe(amount);
      shares.forEach((share, index) => {
        const gap = (awards[index] ?? 0n) * total - amount * share.weight;
        if (gap >= total || gap <= -total) expect.fail(`share ${index} is ${gap} of ${total} away`);
      });
    }),
    { numRuns },
  );
}

/** Awards do not depend on the order of shares. */
export function orderIndependence(numRuns: number, mostShares: number): void {
  const shuffled = anyShares(mostShares).chain((shares) =>
    fc.tuple(fc.constant(shares), fc.shuffledSubarray(shares, { minLength: shares.length })),
  );
  const awardsText = (amount: bigint, rows: Parameters<typeof splitAmount>[1]) => {
    const awards = splitAmount(amount, rows);
    return rows
      .map(({ key }, index) => `${hex(key)} ${awards[index]}`)
      .sort()
      .join();
  };
  fc.assert(
    fc.property(anyAmount, shuffled, (amount, [shares, other]) => {
      if (awardsText(amount, shares) !== awardsText(amount, other)) expect.fail('another order, other awards');
    }),
    { numRuns },
  );
}
