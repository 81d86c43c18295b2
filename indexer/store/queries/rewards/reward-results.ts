/**
 * What a reward epoch was computed from and what came out: inputs, work, scores, leaves with proofs, trees, artefact.
 * Every row carries the hash of the inputs it follows from; a computation that was given up is never mixed with another.
 * @module
 */
import type { RewardEpoch, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';
import { type EvidenceRow, insertEvidence } from '../reputation/evidence-rows.ts';
import { insertProviderTrees, type ProviderLeafRow, type ProviderTreeRow } from '../reputation/provider-trees.ts';

interface OfComputation {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
}

export interface RewardInputRow extends OfComputation {
  readonly pool: Uint8Array;
  readonly eligible: number;
  readonly halted: number;
  readonly belowMinimum: number;
  readonly joinedAtEpoch: RewardEpoch;
  readonly lastClaimedEpoch: RewardEpoch;
  /** -1 when open. */
  readonly closedAtEpoch: bigint;
  readonly totalStaked: bigint;
  readonly operatorStake: bigint;
  readonly usdcInflow: bigint;
  readonly workWeight: bigint;
  readonly stakeWeight: bigint;
}

export interface RewardParameterRow extends OfComputation {
  readonly key: string;
  readonly value: bigint;
}

export interface RewardWorkRow extends OfComputation {
  readonly pool: Uint8Array;
  readonly provider: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly modelWeight: bigint;
  readonly displayedScore: number;
  readonly orderCount: number;
  readonly settledSeconds: bigint;
  readonly capSeconds: bigint;
}

export interface ProviderScoreRow extends OfComputation {
  readonly provider: Uint8Array;
  readonly score: number;
  readonly displayedScore: number;
  /** 0 for none. */
  readonly targetScore: number;
  readonly bond: bigint;
  readonly requiredBond: bigint;
  readonly deliveredCount: bigint;
  readonly failedCount: bigint;
  readonly refundedCount: bigint;
  readonly gpuSeconds: bigint;
  readonly epochDelivered: number;
  readonly tier: number;
  readonly registeredAt: UnixSeconds;
  readonly disputedCount: bigint;
  readonly lostDisputeCount: bigint;
  readonly challengesPassed: bigint;
  readonly challengesFailed: bigint;
  readonly slashCount: bigint;
  readonly slashedAmount: bigint;
  readonly volumeInfer: bigint;
  readonly volumeUsdc: bigint;
  readonly heartbeatsExpected: bigint;
  readonly heartbeatsSeen: bigint;
}

export interface RewardLeafRow extends OfComputation {
  readonly pool: Uint8Array;
  readonly reward: bigint;
  readonly usdc: bigint;
  readonly workReward: bigint;
  readonly stakeReward: bigint;
  readonly treeIndex: number;
  readonly leafPosition: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  /** 1 where the sibling stands on the left. */
  readonly proofPath: readonly number[];
}

export interface RewardTreeRow extends OfComputation {
  readonly treeIndex: number;
  readonly root: Uint8Array;
  readonly leafCount: number;
  readonly depth: number;
}

export interface ArtefactRow extends OfComputation {
  readonly artefactHash: string;
  readonly ruleVersion: string;
  readonly sizeBytes: bigint;
  readonly content: string;
  readonly recordedAt: bigint;
}

const ofComputation = { reward_epoch: 'UInt64', input_hash: 'String' };
const key = 'FixedString(32)';

const inputTable = rowTable('reward_inputs', {
  ...{ ...ofComputation, pool: key, eligible: 'UInt8', halted: 'UInt8', below_minimum: 'UInt8' },
  ...{ joined_at_epoch: 'UInt64', last_claimed_epoch: 'UInt64', closed_at_epoch: 'Int64', total_staked: 'UInt64' },
  ...{ operator_stake: 'UInt64', usdc_inflow: 'UInt64', work_weight: 'UInt256', stake_weight: 'UInt256' },
});
const parameterTable = rowTable('reward_parameters', { ...ofComputation, key: 'String', value: 'Int64' });
const workTable = rowTable('reward_work', {
  ...{ ...ofComputation, pool: key, provider: key, model: 'UInt8', gpu_seconds: 'UInt64' },
  ...{
    model_weight: 'UInt64',
    displayed_score: 'UInt32',
    order_count: 'UInt32',
    settled_seconds: 'UInt64',
    cap_seconds: 'UInt64',
  },
});
const scoreTable = rowTable('provider_scores', {
  ...{ ...ofComputation, provider: key, score: 'UInt32', displayed_score: 'UInt32', target_score: 'UInt32' },
  ...{ bond: 'UInt64', required_bond: 'UInt64', delivered_count: 'UInt64', failed_count: 'UInt64' },
  ...{ refunded_count: 'UInt64', gpu_seconds: 'UInt64', epoch_delivered: 'UInt32', tier: 'UInt8' },
  ...{ registered_at: 'Int64', disputed_count: 'UInt64', lost_dispute_count: 'UInt64', challenges_passed: 'UInt64' },
  ...{ challenges_failed: 'UInt64', slash_count: 'UInt64', slashed_amount: 'UInt64', volume_infer: 'UInt64' },
  ...{ volume_usdc: 'UInt64', heartbeats_expected: 'UInt64', heartbeats_seen: 'UInt64' },
});
/** SELECT list of a `ProviderScoreRow`. */
export const scoreColumns = scoreTable.selectList;
const leafTable = rowTable('reward_leaves', {
  ...{ ...ofComputation, pool: key, reward: 'UInt64', usdc: 'UInt64', work_reward: 'UInt64', stake_reward: 'UInt64' },
  ...{
    tree_index: 'UInt16',
    leaf_position: 'UInt32',
    leaf_hash: key,
    proof: `Array(${key})`,
    proof_path: 'Array(UInt8)',
  },
});
const treeTable = rowTable('reward_trees', {
  ...{ ...ofComputation, tree_index: 'UInt16', root: key, leaf_count: 'UInt32', depth: 'UInt8' },
});
const artefactTable = rowTable('reward_artefacts', {
  ...{ reward_epoch: 'UInt64', artefact_hash: 'String', input_hash: 'String', rule_version: 'String' },
  ...{ size_bytes: 'UInt64', content: 'String', recorded_at: 'DateTime64(6)' },
});

export interface ResultRows {
  readonly inputs: readonly RewardInputRow[];
  readonly parameters: readonly RewardParameterRow[];
  readonly work: readonly RewardWorkRow[];
  readonly scores: readonly ProviderScoreRow[];
  /** These two are many and large: made one by one as they are written. */
  readonly evidence: Iterable<EvidenceRow>;
  readonly leaves: Iterable<RewardLeafRow>;
  readonly trees: readonly RewardTreeRow[];
  readonly providerTrees: readonly ProviderTreeRow[];
  readonly providerLeaves: readonly ProviderLeafRow[];
  readonly artefact: ArtefactRow;
}

/** Written again after a crash, the rows replace themselves. */
export async function insertResults(client: StoreClient, results: ResultRows): Promise<void> {
  await insertRows(client, inputTable, results.inputs);
  await insertRows(client, parameterTable, results.parameters);
  await insertRows(client, workTable, results.work);
  await insertRows(client, scoreTable, results.scores);
  await insertEvidence(client, results.evidence);
  await insertRows(client, leafTable, results.leaves);
  await insertRows(client, treeTable, results.trees);
  await insertProviderTrees(client, results.providerTrees, results.providerLeaves);
  await insertRows(client, artefactTable, [results.artefact]);
}

/** Leaves of an epoch by raw key bytes, from `fromPosition` on. */
export function leafRows(
  client: StoreClient,
  { rewardEpoch, inputHash }: OfComputation,
  afterPool: Uint8Array | null,
  limit: number,
): Promise<RewardLeafRow[]> {
  return rows<RewardLeafRow>(
    client,
    `SELECT ${leafTable.selectList} FROM reward_leaves FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}
  AND ({isFirst:UInt8} OR pool > toFixedString(unhex({after:String}), 32)) ORDER BY pool LIMIT {limit:UInt32}`,
    { rewardEpoch, inputHash, isFirst: afterPool === null ? 1 : 0, after: afterPool ?? new Uint8Array(32), limit },
  );
}

/** Leaf of one pool in the computation that its epoch uses. */
export function leafOfPool(
  client: StoreClient,
  rewardEpoch: RewardEpoch,
  pool: Uint8Array,
): Promise<RewardLeafRow | null> {
  return firstRow<RewardLeafRow>(
    client,
    `SELECT ${leafTable.selectList} FROM reward_leaves FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND pool = toFixedString(unhex({pool:String}), 32) AND input_hash =
  (SELECT input_hash FROM reward_epochs FINAL WHERE reward_epoch = {rewardEpoch:UInt64} ORDER BY state_rank DESC LIMIT 1)`,
    { rewardEpoch, pool },
  );
}

/** Scores that an epoch ended with, all providers. */
export function scoreRows(client: StoreClient, rewardEpoch: RewardEpoch): Promise<ProviderScoreRow[]> {
  return rows<ProviderScoreRow>(
    client,
    `SELECT ${scoreTable.selectList} FROM provider_scores FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND input_hash =
  (SELECT input_hash FROM reward_epochs FINAL WHERE reward_epoch = {rewardEpoch:UInt64} ORDER BY state_rank DESC LIMIT 1)
ORDER BY provider`,
    { rewardEpoch },
  );
}

/** Every artefact that was ever computed of an epoch, the newest first. */
export function artefactsOf(client: StoreClient, rewardEpoch: RewardEpoch): Promise<ArtefactRow[]> {
  return rows<ArtefactRow>(
    client,
    `SELECT ${artefactTable.selectList} FROM reward_artefacts FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} ORDER BY recorded_at DESC, artefact_hash LIMIT 20`,
    { rewardEpoch },
  );
}

export function artefactRow(
  client: StoreClient,
  rewardEpoch: RewardEpoch,
  artefactHash: string,
): Promise<ArtefactRow | null> {
  return firstRow<ArtefactRow>(
    client,
    `SELECT ${artefactTable.selectList} FROM reward_artefacts FINAL
WHERE reward_epoch = {rewardEpoch:UInt64} AND artefact_hash = {artefactHash:String}`,
    { rewardEpoch, artefactHash },
  );
}
