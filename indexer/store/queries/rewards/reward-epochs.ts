/**
 * States of reward epochs, the schedule of their windows, what was sent for them and what holds them up.
 * Rows are only ever added; tables and meanings: `sql/0002_rewards.sql`.
 * @module
 */
import type { RewardEpoch, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';

export interface EpochRow {
  readonly rewardEpoch: RewardEpoch;
  readonly stateRank: number;
  readonly state: string;
  readonly windowStart: UnixSeconds;
  readonly windowEnd: UnixSeconds;
  readonly firstSlot: Slot;
  readonly lastSlot: Slot;
  readonly eligibilitySlot: Slot;
  readonly markSignature: string;
  readonly ruleVersion: string;
  readonly inputHash: string;
  readonly artefactHash: string;
  readonly emission: bigint;
  readonly totalRewards: bigint;
  readonly totalUsdc: bigint;
  readonly orphanedUsdc: bigint;
  readonly poolCount: number;
  readonly roots: readonly Uint8Array[];
  readonly publishedAt: UnixSeconds;
  readonly approvedBy: string;
  readonly recordAddress: string;
  readonly commitSignature: string;
  readonly commitSlot: Slot;
  /** Microseconds since 1970. */
  readonly recordedAt: bigint;
}

const epochTable = rowTable('reward_epochs', {
  ...{ reward_epoch: 'UInt64', state_rank: 'UInt8', state: 'String', window_start: 'Int64', window_end: 'Int64' },
  ...{ first_slot: 'UInt64', last_slot: 'UInt64', eligibility_slot: 'UInt64', mark_signature: 'String' },
  ...{ rule_version: 'String', input_hash: 'String', artefact_hash: 'String', emission: 'UInt64' },
  ...{ total_rewards: 'UInt64', total_usdc: 'UInt64', orphaned_usdc: 'UInt64', pool_count: 'UInt32' },
  ...{ roots: 'Array(FixedString(32))', published_at: 'Int64', approved_by: 'String', record_address: 'String' },
  ...{ commit_signature: 'String', commit_slot: 'UInt64', recorded_at: 'DateTime64(6)' },
});

/** The furthest state of an epoch; `null` before it was opened. */
export function epochRow(client: StoreClient, rewardEpoch: RewardEpoch): Promise<EpochRow | null> {
  return firstRow<EpochRow>(
    client,
    `SELECT ${epochTable.selectList} FROM reward_epochs FINAL WHERE reward_epoch = {rewardEpoch:UInt64}
ORDER BY state_rank DESC LIMIT 1`,
    { rewardEpoch },
  );
}

/** Furthest states of the latest epochs, ascending. */
export async function latestEpochRows(client: StoreClient, limit: number): Promise<EpochRow[]> {
  const found = await rows<EpochRow>(
    client,
    `SELECT ${epochTable.selectList} FROM reward_epochs FINAL
ORDER BY reward_epoch DESC, state_rank DESC LIMIT 1 BY reward_epoch LIMIT {limit:UInt32}`,
    { limit },
  );
  return found.reverse();
}

/** Epochs that have reached a state but not yet a further one, ascending. */
export function epochRowsBetween(client: StoreClient, fromRank: number, belowRank: number): Promise<EpochRow[]> {
  return rows<EpochRow>(
    client,
    `SELECT * FROM (SELECT ${epochTable.selectList} FROM reward_epochs FINAL
ORDER BY reward_epoch, state_rank DESC LIMIT 1 BY reward_epoch)
WHERE stateRank >= {fromRank:UInt8} AND stateRank < {belowRank:UInt8} ORDER BY rewardEpoch LIMIT 1000`,
    { fromRank, belowRank },
  );
}

export function insertEpochRow(client: StoreClient, row: EpochRow): Promise<void> {
  return insertRows(client, epochTable, [row]);
}

export interface ScheduleRowStored {
  readonly fromRewardEpoch: RewardEpoch;
  readonly startTime: UnixSeconds;
  readonly lengthSeconds: bigint;
}

/** Rows of the schedule; the one written first holds where an epoch has two. */
export function scheduleRows(client: StoreClient): Promise<ScheduleRowStored[]> {
  return rows<ScheduleRowStored>(
    client,
    `SELECT from_reward_epoch AS fromRewardEpoch, start_time AS startTime, length_seconds AS lengthSeconds
FROM reward_schedule ORDER BY from_reward_epoch, recorded_at, start_time LIMIT 1 BY from_reward_epoch`,
  );
}

export async function insertScheduleRow(client: StoreClient, row: ScheduleRowStored): Promise<void> {
  await client.command(
    `INSERT INTO reward_schedule (from_reward_epoch, start_time, length_seconds)
SELECT {fromRewardEpoch:UInt64}, {startTime:Int64}, {lengthSeconds:UInt64}`,
    { ...row },
  );
}

export interface ProblemRow {
  readonly rewardEpoch: RewardEpoch;
  readonly step: string;
  readonly target: string;
  /** Empty once the problem has gone away. */
  readonly code: string;
  readonly message: string;
  /** JSON. */
  readonly context: string;
  readonly recordedAt: bigint;
}

const problemTable = rowTable('reward_problems', {
  ...{ reward_epoch: 'UInt64', step: 'String', target: 'String', code: 'String', message: 'String' },
  ...{ context: 'String', recorded_at: 'DateTime64(6)' },
});

export function insertProblems(client: StoreClient, problems: readonly ProblemRow[]): Promise<void> {
  return insertRows(client, problemTable, problems);
}

/** Problems that have not gone away, newest epoch first. */
export function openProblems(client: StoreClient, limit: number): Promise<ProblemRow[]> {
  return rows<ProblemRow>(
    client,
    `SELECT ${problemTable.selectList} FROM reward_problems FINAL WHERE code != ''
ORDER BY reward_epoch DESC, step, target LIMIT {limit:UInt32}`,
    { limit },
  );
}

export type TransactionKind = 'mark' | 'commit' | 'accrue' | 'reputation' | 'incentives';
export type TransactionStatus = 'sent' | 'finalized' | 'confirmed' | 'failed' | 'expired';

export interface TransactionRow {
  readonly rewardEpoch: RewardEpoch;
  readonly kind: TransactionKind;
  readonly target: string;
  readonly signature: string;
  readonly status: TransactionStatus;
  readonly slot: Slot;
  readonly lastValidBlockHeight: bigint;
  readonly errorCode: string;
  readonly error: string;
  readonly recordedAt: bigint;
}

const transactionTable = rowTable('reward_transactions', {
  ...{ reward_epoch: 'UInt64', kind: 'String', target: 'String', signature: 'String', status: 'String' },
  ...{ slot: 'UInt64', last_valid_block_height: 'UInt64', error_code: 'String', error: 'String' },
  ...{ recorded_at: 'DateTime64(6)' },
});

export function insertTransactions(client: StoreClient, transactions: readonly TransactionRow[]): Promise<void> {
  return insertRows(client, transactionTable, transactions);
}
