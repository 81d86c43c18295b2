/**
 * The reference rate of a GPU model over a window, from settled purchases alone: the mean over partitions of the
 * volume-weighted median price, in whole numbers. Pure, and independent of the order of the purchases.
 *
 * Rule: docs/market.md, "Reference rate". A window without enough purchases has no rate: none is carried or invented.
 * @module
 */
import { checkInput } from '../../indexer/domain/errors.ts';
import type { UnixSeconds } from '../../indexer/domain/units.ts';
import { groupBy } from '../group-by.ts';

export const REFERENCE_RATE_RULE = 'prr-1';

export const PARTITION_COUNT = 12;
/** Buyer clusters without which a partition does not count. */
const LEAST_CLUSTERS = 3;
/** Partitions without which there is no rate. */
const LEAST_PARTITIONS = 4;
/** A cluster has at most this part of a partition's weight before the others' cut: one tenth. */
const CAP_DIVISOR = 10n;
/** Of a GPU-second, so that a capped weight keeps its digits. */
const WEIGHT_SCALE = 1_000_000n;

export interface RateWindow {
  readonly start: UnixSeconds;
  readonly lengthSeconds: bigint;
}

export interface Purchase {
  readonly time: UnixSeconds;
  /** Per GPU-hour; the rate has its unit. */
  readonly price: bigint;
  readonly gpuSeconds: bigint;
  /** Of the buyer. */
  readonly cluster: string;
  /** Listed and not counted, such as a purchase inside one cluster. */
  readonly isExcluded: boolean;
}

interface PartitionValue {
  /** `null` when the partition does not count. */
  readonly value: bigint | null;
  readonly clusterCount: number;
  /** GPU-seconds that were looked at; caps do not lessen it. */
  readonly gpuSeconds: bigint;
}

export interface ReferenceRate {
  readonly partitions: readonly PartitionValue[];
  readonly status: 'INSUFFICIENT_DATA' | 'OK';
  readonly rate: bigint | null;
}

interface Weighted {
  readonly price: bigint;
  readonly weight: bigint;
  readonly cluster: string;
}

/** @throws InputError `MARKET__OUTSIDE_WINDOW` for a purchase of another time */
export function referenceRate(window: RateWindow, purchases: readonly Purchase[]): ReferenceRate {
  const counted = purchases.filter(({ isExcluded, gpuSeconds }) => !isExcluded && gpuSeconds > 0n);
  const byPartition = groupBy(counted, ({ time }) => String(partitionOf(window, time)));
  const partitions = Array.from({ length: PARTITION_COUNT }, (_, index) =>
    partitionValue(byPartition.get(String(index)) ?? []),
  );
  const values = partitions.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < LEAST_PARTITIONS) return { partitions, status: 'INSUFFICIENT_DATA', rate: null };
  return { partitions, status: 'OK', rate: sum(values) / BigInt(values.length) };
}

/** Partition k is `[start + floor(length · k / 12), start + floor(length · (k + 1) / 12))`. */
export function partitionOf({ start, lengthSeconds }: RateWindow, time: UnixSeconds): number {
  const elapsed = time - start;
  checkInput(elapsed >= 0n && elapsed < lengthSeconds, 'MARKET__OUTSIDE_WINDOW', 'A purchase is not of this window', {
    time,
    start,
    lengthSeconds,
  });
  // The last k whose start, rounded down, is not after the time.
  return Number(((elapsed + 1n) * BigInt(PARTITION_COUNT) - 1n) / lengthSeconds);
}

function partitionValue(purchases: readonly Purchase[]): PartitionValue {
  const clusterCount = new Set(purchases.map(({ cluster }) => cluster)).size;
  const gpuSeconds = sum(purchases.map((each) => each.gpuSeconds));
  if (clusterCount < LEAST_CLUSTERS) return { value: null, clusterCount, gpuSeconds };
  const weighted = purchases.map(({ price, cluster, gpuSeconds: size }) => ({
    price,
    cluster,
    weight: size * WEIGHT_SCALE,
  }));
  return { value: weightedMedian(capped(weighted)), clusterCount, gpuSeconds };
}

/** Each purchase of a cluster above the cap is cut in proportion, down: a cluster gains nothing from many small ones. */
function capped(purchases: readonly Weighted[]): Weighted[] {
  const cap = sum(purchases.map(({ weight }) => weight)) / CAP_DIVISOR;
  const weightOf = new Map<string, bigint>();
  for (const { cluster, weight } of purchases) weightOf.set(cluster, (weightOf.get(cluster) ?? 0n) + weight);
  return purchases
    .map((each) => {
      const whole = weightOf.get(each.cluster) ?? 0n;
      return whole > cap ? { ...each, weight: (each.weight * cap) / whole } : each;
    })
    .filter(({ weight }) => weight > 0n);
}

/** Price at which the weights below reach half of all; where they meet it exactly, the mean with the next, down. */
function weightedMedian(purchases: readonly Weighted[]): bigint | null {
  const byPrice = [...purchases].sort(
    (left, right) => Number(left.price > right.price) - Number(left.price < right.price),
  );
  const whole = sum(byPrice.map(({ weight }) => weight));
  let below = 0n;
  for (const [index, { price, weight }] of byPrice.entries()) {
    below += weight;
    if (2n * below > whole) return price;
    if (2n * below === whole) return (price + (byPrice[index + 1]?.price ?? price)) / 2n;
  }
  return null;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, each) => total + each, 0n);
}
