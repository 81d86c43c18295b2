/**
 * Reference rates of all models over one window, each with what its purchases say of the market: how much of them was
 * within one cluster, and how few bought. Pure.
 * @module
 */
import { createHash } from 'node:crypto';
import { most } from '../../indexer/domain/extremes.ts';
import { PPM } from '../../indexer/domain/units.ts';
import type { RateRow } from '../../indexer/store/queries/market/reference-rates.ts';
import { groupBy } from '../group-by.ts';
import { canonicalJson } from '../rewards/compute/canonical-json.ts';
import type { PricedPurchase, RateInputs } from './rate-inputs.ts';
import { REFERENCE_RATE_RULE, type ReferenceRate, referenceRate } from './reference-rate.ts';

/** One row for each model that has purchases, by model. */
export function windowRates(inputs: RateInputs): RateRow[] {
  const byModel = groupBy(inputs.purchases, ({ model }) => String(model));
  return [...byModel.values()]
    .map((purchases) => rateRow(inputs, purchases))
    .sort((left, right) => left.model - right.model);
}

/** Whether two computations of a window say the same of it, inputs included. */
export function isRateEqual(left: RateRow, right: RateRow): boolean {
  const text = (row: RateRow) => canonicalJson({ ...row });
  return text(left) === text(right);
}

function rateRow({ window, slots }: RateInputs, purchases: readonly PricedPurchase[]): RateRow {
  const observed = purchases.map((each) => ({ ...each, isExcluded: each.exclusion !== null }));
  const excluded = purchases.filter(({ exclusion }) => exclusion !== null);
  const { partitions, status, rate }: ReferenceRate = referenceRate(window, observed);
  return {
    model: purchases[0]?.model ?? 0,
    lengthSeconds: Number(window.lengthSeconds),
    windowStart: window.start,
    ruleVersion: REFERENCE_RATE_RULE,
    ...{ status, rate: rate ?? 0n },
    partitionValues: partitions.map(({ value }) => value ?? 0n),
    partitionClusters: partitions.map(({ clusterCount }) => clusterCount),
    partitionGpuSeconds: partitions.map(({ gpuSeconds }) => gpuSeconds),
    purchaseCount: purchases.length,
    excludedCount: excluded.length,
    gpuSeconds: volumeOf(purchases),
    excludedGpuSeconds: volumeOf(excluded),
    ...concentrationOf(purchases.filter(({ exclusion }) => exclusion === null)),
    firstSlot: slots.fromSlot,
    lastSlot: slots.toSlot,
    inputHash: inputHash(purchases),
  };
}

/** Over the buyer clusters of what counts, in ppm of its volume, down: the sum of squared shares, and the largest share. */
export function concentrationOf(purchases: readonly Pick<PricedPurchase, 'cluster' | 'gpuSeconds'>[]): {
  concentrationPpm: number;
  largestSharePpm: number;
} {
  const whole = volumeOf(purchases);
  if (whole === 0n) return { concentrationPpm: 0, largestSharePpm: 0 };
  const volumes = [...groupBy(purchases, ({ cluster }) => cluster).values()].map(volumeOf);
  const squares = volumes.reduce((sum, each) => sum + each * each, 0n);
  const largest = volumes.reduce(most, 0n);
  return {
    concentrationPpm: Number((squares * PPM) / (whole * whole)),
    largestSharePpm: Number((largest * PPM) / whole),
  };
}

function volumeOf(purchases: readonly Pick<PricedPurchase, 'gpuSeconds'>[]): bigint {
  return purchases.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0n);
}

function inputHash(purchases: readonly PricedPurchase[]): string {
  const listed = purchases.map(
    ({ slot, transactionIndex, position, time, order, price, gpuSeconds, cluster, exclusion }) => ({
      ...{ slot, transactionIndex, position, time, order, price, gpuSeconds, cluster, exclusion },
    }),
  );
  return createHash('sha256').update(canonicalJson(listed)).digest('hex');
}
