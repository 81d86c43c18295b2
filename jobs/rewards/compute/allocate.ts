/**
 * Split an amount over weights, to the base unit: largest remainder. Pure.
 *
 * Everyone gets the floor of the exact share; the units left over go one each to the largest remainders, equal ones by
 * raw key bytes ascending. The sum is exactly the amount and nobody is a full unit away from the exact share.
 * @module
 */
import { compareBytes } from '../../../indexer/domain/base58.ts';
import { checkInput, checkInvariant } from '../../../indexer/domain/errors.ts';

export interface Share {
  /** Breaks ties; must be unique. */
  readonly key: Uint8Array;
  readonly weight: bigint;
}

/**
 * Awards in the order of `shares`.
 * @throws InputError `REWARDS__NO_WEIGHT` when the weights sum to 0, `REWARDS__NEGATIVE` for a negative amount or weight,
 *   `REWARDS__DUPLICATE_KEY` when two keys that compete for a unit are equal
 */
export function splitAmount(amount: bigint, shares: readonly Share[]): bigint[] {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0n);
  checkInput(total > 0n, 'REWARDS__NO_WEIGHT', 'There is nobody to share with: all weights are 0', {
    shareCount: shares.length,
  });
  const isNegative = amount < 0n || shares.some(({ weight }) => weight < 0n);
  checkInput(!isNegative, 'REWARDS__NEGATIVE', 'Amounts and weights must not be negative', { amount });
  const awards = shares.map(({ weight }) => (amount * weight) / total);
  const leftOver = amount - awards.reduce((sum, award) => sum + award, 0n);
  for (const index of largestRemainders(amount, total, shares).slice(0, Number(leftOver)))
    awards[index] = (awards[index] ?? 0n) + 1n;
  const sum = awards.reduce((all, award) => all + award, 0n);
  checkInvariant(sum === amount, 'REWARDS__SUM_DIFFERS', `Awards sum to ${sum}, not ${amount}`, { sum, amount });
  return awards;
}

/** Indexes of all shares, largest remainder first. */
function largestRemainders(amount: bigint, total: bigint, shares: readonly Share[]): number[] {
  const ranked = shares.map(({ key, weight }, index) => ({ key, index, remainder: (amount * weight) % total }));
  ranked.sort((left, right) => {
    if (left.remainder !== right.remainder) return left.remainder > right.remainder ? -1 : 1;
    const order = compareBytes(left.key, right.key);
    checkInput(order !== 0, 'REWARDS__DUPLICATE_KEY', 'Two shares have the same key', { index: left.index });
    return order;
  });
  return ranked.map(({ index }) => index);
}
