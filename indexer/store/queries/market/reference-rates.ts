/**
 * Reference rates as they were computed, one row per model and window.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';

export interface RateRow {
  readonly model: number;
  readonly lengthSeconds: number;
  readonly windowStart: UnixSeconds;
  readonly ruleVersion: string;
  readonly status: string;
  /** Base units of USDC per GPU-hour times 10^6; 0 without a rate. */
  readonly rate: bigint;
  /** 0 where a partition does not count. */
  readonly partitionValues: readonly bigint[];
  readonly partitionClusters: readonly number[];
  readonly partitionGpuSeconds: readonly bigint[];
  readonly purchaseCount: number;
  readonly excludedCount: number;
  readonly gpuSeconds: bigint;
  readonly excludedGpuSeconds: bigint;
  readonly concentrationPpm: number;
  readonly largestSharePpm: number;
  readonly firstSlot: Slot;
  readonly lastSlot: Slot;
  /** Hex SHA-256. */
  readonly inputHash: string;
}

const columns = {
  ...{ model: 'UInt8', length_seconds: 'UInt32', window_start: 'Int64', rule_version: 'String', status: 'String' },
  ...{ rate: 'UInt128', partition_values: 'Array(UInt128)', partition_clusters: 'Array(UInt32)' },
  ...{ partition_gpu_seconds: 'Array(UInt64)', purchase_count: 'UInt32', excluded_count: 'UInt32' },
  ...{ gpu_seconds: 'UInt64', excluded_gpu_seconds: 'UInt64', concentration_ppm: 'UInt32' },
  ...{ largest_share_ppm: 'UInt32', first_slot: 'UInt64', last_slot: 'UInt64', input_hash: 'String' },
};
const table = rowTable('reference_rates', columns);
const written = rowTable('reference_rates', { ...columns, recorded_at: 'DateTime64(6)' });

export function insertRates(client: StoreClient, rates: readonly RateRow[], recordedAt: bigint): Promise<void> {
  return insertRows(
    client,
    written,
    rates.map((each) => ({ ...each, recordedAt })),
  );
}

export interface RateRange {
  readonly lengthSeconds: bigint;
  readonly ruleVersion: string;
  readonly fromTime: UnixSeconds;
  /** Exclusive, of the start. */
  readonly toTime: UnixSeconds;
}

/** Rates of windows that begin in a range, by model and time. `model` is `null` for all. */
export function ratesBetween(client: StoreClient, range: RateRange, model: number | null): Promise<RateRow[]> {
  return rows<RateRow>(
    client,
    `SELECT ${table.selectList} FROM current_reference_rates
WHERE ({model:Int16} < 0 OR model = {model:Int16}) AND length_seconds = {lengthSeconds:UInt32}
  AND rule_version = {ruleVersion:String} AND window_start >= {fromTime:Int64} AND window_start < {toTime:Int64}
ORDER BY model, window_start LIMIT 100000`,
    { ...range, model: model ?? -1 },
  );
}

/** Start of the last window of a length that has a row; `null` when there is none. */
export async function lastRatedWindow(
  client: StoreClient,
  lengthSeconds: bigint,
  ruleVersion: string,
): Promise<UnixSeconds | null> {
  const found = await firstRow<{ windowStart: UnixSeconds }>(
    client,
    `SELECT window_start AS windowStart FROM reference_rates
WHERE length_seconds = {lengthSeconds:UInt32} AND rule_version = {ruleVersion:String}
ORDER BY window_start DESC LIMIT 1`,
    { lengthSeconds, ruleVersion },
  );
  return found?.windowStart ?? null;
}
