/**
 * Prices of a model's purchases in a window: lowest, highest, mean and median over the purchases that count. Pure.
 * @module
 */
import { least, most } from '../../indexer/domain/extremes.ts';
import type { PricedPurchase } from './rate-inputs.ts';

/** Base units of USDC per GPU-hour times 10^6. */
export interface PriceSummary {
  readonly purchaseCount: number;
  readonly gpuSeconds: bigint;
  readonly min: bigint;
  readonly max: bigint;
  /** Weighted by GPU-seconds, down. */
  readonly mean: bigint;
  /** Of the purchases, each once; of two in the middle their mean, down. */
  readonly median: bigint;
}

/** `null` when no purchase counts. */
export function priceSummary(
  purchases: readonly Pick<PricedPurchase, 'price' | 'gpuSeconds' | 'exclusion'>[],
): PriceSummary | null {
  const counted = purchases.filter(({ exclusion, gpuSeconds }) => exclusion === null && gpuSeconds > 0n);
  const prices = counted.map(({ price }) => price);
  const [first] = prices;
  if (first === undefined) return null;
  const gpuSeconds = counted.reduce((sum, each) => sum + each.gpuSeconds, 0n);
  const weighted = counted.reduce((sum, each) => sum + each.price * each.gpuSeconds, 0n);
  return {
    purchaseCount: counted.length,
    gpuSeconds,
    min: prices.reduce(least, first),
    max: prices.reduce(most, first),
    mean: weighted / gpuSeconds,
    median: medianOf(prices),
  };
}

function medianOf(prices: readonly bigint[]): bigint {
  const sorted = prices.toSorted((left, right) => Number(left > right) - Number(left < right));
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? 0n) + (high ?? 0n)) / 2n;
}
