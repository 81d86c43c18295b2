/**
 * Work that is paid for as it goes, and what providers can do at most: settled seconds of sessions, metered workloads,
 * benchmarked devices, and the USDC that came of it.
 * @module
 */
import type { Slot, UsdcAmount } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

export interface MeteredRow {
  readonly provider: Uint8Array;
  readonly operatorPool: Uint8Array;
  /** Who paid: the buyer of a session, the customer of a workload. */
  readonly buyer: Uint8Array;
  readonly model: number;
  readonly mint: Uint8Array;
  readonly amount: bigint;
  readonly gpuSeconds: bigint;
  readonly fee: bigint;
  readonly hasFailedChallenge: boolean;
  /** Settled pieces of sessions and workloads that are added up in this row. */
  readonly pieceCount: bigint;
}

/**
 * Seconds of sessions, whose challenge windows had passed before they could be settled, and workloads, in a range of
 * slots. Of a session whose challenge has failed by the range's last slot nothing counts. Added up where nothing that
 * weighs tells pieces apart: a session may be settled thousands of times in a window.
 */
export function meteredWork(client: StoreClient, firstSlot: Slot, lastSlot: Slot): Promise<MeteredRow[]> {
  const inRange = 'WHERE slot BETWEEN {firstSlot:UInt64} AND {lastSlot:UInt64}';
  return rows<MeteredRow>(
    client,
    `SELECT provider, operator_pool AS operatorPool, buyer, model, mint, sum(paid) AS amount, sum(used) AS gpuSeconds, sum(of_fee) AS fee,
  toBool(has_failed) AS hasFailedChallenge, count() AS pieceCount
FROM (
  SELECT provider, operator_pool, buyer, model, mint, amount AS paid, gpu_seconds AS used, fee AS of_fee,
    order IN (SELECT order FROM canonical_marketplace_challenge_resolved WHERE slot <= {lastSlot:UInt64} AND outcome = 6) AS has_failed
  FROM canonical_marketplace_usage_settled ${inRange}
  UNION ALL
  SELECT provider, operator_pool, customer, model, mint, amount, gpu_seconds, fee, 0
  FROM canonical_marketplace_workload_settled ${inRange}
) GROUP BY provider, operator_pool, buyer, model, mint, has_failed, of_fee > 0, used > 0
ORDER BY provider, operator_pool, buyer, model, mint, has_failed, of_fee > 0, used > 0`,
    { firstSlot, lastSlot },
    { repeatedColumns: ['provider', 'operatorPool', 'buyer', 'mint'] },
  );
}

export interface BenchmarkRow {
  readonly benchmark: Uint8Array;
  readonly provider: Uint8Array;
  readonly model: number;
  readonly units: number;
}

/** The latest report of each device that reported in a range of slots, of those that were not found false. */
export function benchmarkedDevices(client: StoreClient, afterSlot: Slot, lastSlot: Slot): Promise<BenchmarkRow[]> {
  const inRange = 'WHERE slot > {afterSlot:UInt64} AND slot <= {lastSlot:UInt64}';
  return rows<BenchmarkRow>(
    client,
    `SELECT benchmark, any(provider) AS provider, argMax(model, place) AS model,
  if(argMax(report, place) IN (SELECT evidence FROM canonical_marketplace_provider_slashed ${inRange} AND class = 2),
    0, argMax(units, place)) AS units
FROM (
  SELECT benchmark, provider, model, units, (slot, tx_index, position) AS place,
    toFixedString(SHA256(concat(benchmark, reinterpretAsFixedString(submitted_at), report_hash)), 32) AS report
  FROM canonical_marketplace_benchmark_submitted ${inRange}
) GROUP BY benchmark ORDER BY benchmark`,
    { afterSlot, lastSlot },
  );
}

/** USDC that the marketplace paid into the staking program's vault in a range of slots, per pool. */
export function usdcInflow(
  client: StoreClient,
  firstSlot: Slot,
  lastSlot: Slot,
): Promise<{ pool: Uint8Array; usdc: UsdcAmount }[]> {
  const paid = (table: string) => `SELECT operator_pool, provider_amount FROM canonical_marketplace_${table}
  WHERE slot BETWEEN {firstSlot:UInt64} AND {lastSlot:UInt64} AND paid_to_staking_vault`;
  return rows(
    client,
    `SELECT operator_pool AS pool, sum(provider_amount) AS usdc FROM (
  ${paid('order_settled')} UNION ALL ${paid('usage_settled')}
) GROUP BY operator_pool ORDER BY operator_pool`,
    { firstSlot, lastSlot },
  );
}
