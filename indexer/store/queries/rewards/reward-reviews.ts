/**
 * What is looked at before an epoch is approved: how it differs from the epochs before, and what is unusual in it.
 * Tables: `sql/0013_epoch_review.sql`.
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';

interface OfComputation {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
}

/** A pool with a leaf in an epoch, in the one before, or in both. */
export interface PoolHistoryRow {
  readonly pool: Uint8Array;
  readonly isNow: boolean;
  readonly reward: bigint;
  readonly wasBefore: boolean;
  readonly previousReward: bigint;
  /** Leaves in the epochs looked back on, and what they sum to. */
  readonly epochCount: bigint;
  readonly rewardSum: bigint;
}

/** By pool. @param firstEpoch first of the epochs looked back on; the last is the one before */
export function poolHistories(
  client: StoreClient,
  { rewardEpoch, inputHash }: OfComputation,
  firstEpoch: RewardEpoch,
): Promise<PoolHistoryRow[]> {
  return rows<PoolHistoryRow>(
    client,
    `SELECT if(now.present = 1, now.pool, past.pool) AS pool, toBool(now.present) AS isNow, now.reward AS reward,
  toBool(past.last) AS wasBefore, past.previous AS previousReward, past.epochs AS epochCount, past.total AS rewardSum
FROM (
  SELECT pool, reward, 1 AS present FROM reward_leaves FINAL
  WHERE reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}
) AS now FULL JOIN (
  SELECT pool, max(reward_epoch = {rewardEpoch:UInt64} - 1) AS last, sumIf(reward, reward_epoch = {rewardEpoch:UInt64} - 1) AS previous,
    count() AS epochs, sum(reward) AS total
  FROM current_reward_leaves WHERE reward_epoch >= {firstEpoch:UInt64} AND reward_epoch < {rewardEpoch:UInt64} GROUP BY pool
) AS past ON now.pool = past.pool
WHERE now.present = 1 OR past.last = 1 ORDER BY pool`,
    { rewardEpoch, inputHash, firstEpoch },
  );
}

export interface DiffRow extends OfComputation {
  /** 0 where there is none. */
  readonly previousEpoch: RewardEpoch;
  readonly poolCount: number;
  readonly previousPoolCount: number;
  readonly gainedCount: number;
  readonly lostCount: number;
  readonly newCount: number;
  readonly goneCount: number;
  readonly anomalyCount: number;
}

export type DiffKind = 'gain' | 'loss' | 'new' | 'gone';

export interface DiffPoolRow extends OfComputation {
  readonly kind: DiffKind;
  readonly place: number;
  readonly pool: Uint8Array;
  readonly reward: bigint;
  readonly previousReward: bigint;
}

export type AnomalyKind = 'share' | 'concentration' | 'jump';

export interface AnomalyRow extends OfComputation {
  readonly kind: AnomalyKind;
  /** Zero bytes for the epoch as a whole. */
  readonly pool: Uint8Array;
  readonly valueBps: bigint;
  readonly thresholdBps: bigint;
  readonly reward: bigint;
  readonly meanBefore: bigint;
}

const ofComputation = { reward_epoch: 'UInt64', input_hash: 'String' };
const diffTable = rowTable('reward_diffs', {
  ...{ ...ofComputation, previous_epoch: 'UInt64', pool_count: 'UInt32', previous_pool_count: 'UInt32' },
  ...{ gained_count: 'UInt32', lost_count: 'UInt32', new_count: 'UInt32', gone_count: 'UInt32' },
  anomaly_count: 'UInt32',
});
const diffPoolTable = rowTable('reward_diff_pools', {
  ...{ ...ofComputation, kind: 'String', place: 'UInt32', pool: 'FixedString(32)', reward: 'UInt64' },
  previous_reward: 'UInt64',
});
const anomalyTable = rowTable('reward_anomalies', {
  ...{ ...ofComputation, kind: 'String', pool: 'FixedString(32)', value_bps: 'UInt64', threshold_bps: 'UInt64' },
  ...{ reward: 'UInt64', mean_before: 'UInt64' },
});

export interface ReviewRows {
  readonly diff: DiffRow;
  readonly pools: readonly DiffPoolRow[];
  readonly anomalies: readonly AnomalyRow[];
}

/** The row of the difference goes last: a review with it is whole. */
export async function insertReview(client: StoreClient, { diff, pools, anomalies }: ReviewRows): Promise<void> {
  await insertRows(client, diffPoolTable, pools);
  await insertRows(client, anomalyTable, anomalies);
  await insertRows(client, diffTable, [diff]);
}

const whereComputation = 'WHERE reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}';

/** `null` before the computation was published. */
export function diffRow(client: StoreClient, { rewardEpoch, inputHash }: OfComputation): Promise<DiffRow | null> {
  return firstRow<DiffRow>(
    client,
    `SELECT ${diffTable.selectList} FROM reward_diffs FINAL ${whereComputation} LIMIT 1`,
    {
      ...{ rewardEpoch, inputHash },
    },
  );
}

/** Largest change first. */
export function diffPoolRows(
  client: StoreClient,
  { rewardEpoch, inputHash }: OfComputation,
  kind: DiffKind,
): Promise<DiffPoolRow[]> {
  return rows<DiffPoolRow>(
    client,
    `SELECT ${diffPoolTable.selectList} FROM reward_diff_pools FINAL ${whereComputation} AND kind = {kind:String} ORDER BY place LIMIT 1000`,
    { rewardEpoch, inputHash, kind },
  );
}

/** What concerns the whole epoch first, then the greatest. */
export function anomalyRows(client: StoreClient, { rewardEpoch, inputHash }: OfComputation): Promise<AnomalyRow[]> {
  return rows<AnomalyRow>(
    client,
    `SELECT ${anomalyTable.selectList} FROM reward_anomalies FINAL ${whereComputation} ORDER BY kind, value_bps DESC, pool LIMIT 1000`,
    { rewardEpoch, inputHash },
  );
}
