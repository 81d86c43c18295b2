/**
 * Trees over providers of a reward epoch as they are stored, what the incentive vault has for them, and the second
 * computation of both in SQL.
 * @module
 */
import type { InferAmount, RewardEpoch, Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { oneRow, rows } from '../../rows.ts';
import { levels } from '../rewards/reward-verification.ts';

export interface ProviderTreeRow {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly kind: string;
  readonly root: Uint8Array;
  readonly leafCount: number;
  /** Of incentives, base units of INFER; 0 for scores. */
  readonly total: InferAmount;
}

export interface ProviderLeafRow {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly kind: string;
  readonly provider: Uint8Array;
  readonly number: bigint;
  readonly leafPosition: number;
  readonly proof: readonly Uint8Array[];
  /** 1 where the sibling stands on the left. */
  readonly proofPath: readonly number[];
}

const ofComputation = 'reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}';
const key = 'FixedString(32)';
const treeTable = rowTable('provider_trees', {
  ...{ reward_epoch: 'UInt64', input_hash: 'String', kind: 'String', root: key, leaf_count: 'UInt32', total: 'UInt64' },
});
const leafTable = rowTable('provider_leaves', {
  ...{ reward_epoch: 'UInt64', input_hash: 'String', kind: 'String', provider: key, number: 'UInt64' },
  ...{ leaf_position: 'UInt32', proof: `Array(${key})`, proof_path: 'Array(UInt8)' },
});

/** Written again after a crash, the rows replace themselves. */
export async function insertProviderTrees(
  client: StoreClient,
  trees: readonly ProviderTreeRow[],
  leaves: readonly ProviderLeafRow[],
): Promise<void> {
  await insertRows(client, leafTable, leaves);
  await insertRows(client, treeTable, trees);
}

/** Trees of a computation. */
export function providerTreesOf(
  client: StoreClient,
  { rewardEpoch, inputHash }: Pick<ProviderTreeRow, 'inputHash' | 'rewardEpoch'>,
): Promise<ProviderTreeRow[]> {
  return rows<ProviderTreeRow>(
    client,
    `SELECT ${treeTable.selectList} FROM provider_trees FINAL WHERE ${ofComputation} ORDER BY kind`,
    { rewardEpoch, inputHash },
  );
}

/** Trees of one kind of epochs that are at least in a state, from an epoch on, ascending. */
export function providerTreesFrom(
  client: StoreClient,
  kind: string,
  fromEpoch: RewardEpoch,
  fromRank: number,
): Promise<ProviderTreeRow[]> {
  return rows<ProviderTreeRow>(
    client,
    `SELECT ${treeTable.selectList} FROM current_provider_trees
WHERE kind = {kind:String} AND reward_epoch >= {fromEpoch:UInt64}
  AND reward_epoch IN (SELECT reward_epoch FROM current_reward_epochs WHERE state_rank >= {fromRank:UInt8})
ORDER BY reward_epoch LIMIT 1000`,
    { kind, fromEpoch, fromRank },
  );
}

/** What was put into the incentive vault up to a slot, less the incentives of all earlier epochs, committed or not. */
export async function incentiveFunds(
  client: StoreClient,
  rewardEpoch: RewardEpoch,
  lastSlot: Slot,
): Promise<InferAmount> {
  const { funded, given } = await oneRow<{ funded: bigint; given: bigint }>(
    client,
    `SELECT (SELECT sum(amount) FROM canonical_marketplace_incentives_funded WHERE slot <= {lastSlot:UInt64}) AS funded,
  (SELECT sum(total) FROM current_provider_trees WHERE kind = 'incentives' AND reward_epoch < {rewardEpoch:UInt64}) AS given`,
    { rewardEpoch, lastSlot },
  );
  return funded > given ? funded - given : 0n;
}

/** Numbers of the leaves of both trees, from the stored scores and work alone. */
const numbers = `
WITH weights AS (
  SELECT provider, sum(toUInt256(gpu_seconds) * toUInt256(model_weight) * toUInt256(displayed_score)) AS weight
  FROM reward_work FINAL WHERE ${ofComputation} GROUP BY provider HAVING weight > 0
), totals AS (
  SELECT sum(weight) AS all_weight, least(toUInt256({funds:UInt64}), 1000 *
    (SELECT toUInt256(any(value)) FROM reward_parameters FINAL WHERE ${ofComputation} AND key = 'base_reward_rate')) AS whole FROM weights
), ranked AS (
  SELECT provider, intDiv(whole * weight, all_weight) AS share, whole - sum(share) OVER () AS left_over,
    row_number() OVER (ORDER BY (whole * weight) % all_weight DESC, provider ASC) AS rank
  FROM weights CROSS JOIN totals WHERE whole > 0
), leaf_numbers AS (
  SELECT 'reputation' AS kind, provider, toUInt64(displayed_score) AS number FROM provider_scores FINAL WHERE ${ofComputation}
  UNION ALL SELECT 'incentives', provider, toUInt64(share + (rank <= left_over)) FROM ranked
)`;

/** Root over the numbers of one kind, padded to `2^depth`. */
export async function providerRootBySql(
  client: StoreClient,
  computation: { readonly rewardEpoch: RewardEpoch; readonly inputHash: string; readonly funds: InferAmount },
  { kind, leafCount }: Pick<ProviderTreeRow, 'kind' | 'leafCount'>,
): Promise<Uint8Array> {
  const depth = Math.ceil(Math.log2(leafCount));
  const leaves = `
  SELECT toUInt64(row_number() OVER (ORDER BY provider) - 1) AS n0,
    SHA256(concat(char(0), base58Encode(provider), ',', toString(number), ',', toString({rewardEpoch:UInt64}))) AS h0
  FROM leaf_numbers WHERE kind = {kind:String}
  UNION ALL
  SELECT number AS n0, SHA256(concat(char(0), '11111111111111111111111111111111,0,0')) AS h0
  FROM numbers({leafCount:UInt64}, {fill:UInt64})`;
  const found = await oneRow<{ root: Uint8Array }>(
    client,
    `${numbers} SELECT h${depth} AS root FROM (${levels(leaves, depth)})`,
    { ...computation, kind, leafCount: BigInt(leafCount), fill: BigInt(2 ** depth - leafCount) },
  );
  return found.root;
}

export interface ProviderLeafDifference {
  readonly kind: string;
  readonly provider: Uint8Array;
  readonly number: bigint;
  readonly otherNumber: bigint;
}

/** Leaves that the second computation has otherwise, at most ten. @param funds as the artefact says them */
export function providerLeafDifferences(
  client: StoreClient,
  computation: { readonly rewardEpoch: RewardEpoch; readonly inputHash: string; readonly funds: InferAmount },
): Promise<ProviderLeafDifference[]> {
  return rows<ProviderLeafDifference>(
    client,
    `${numbers}
SELECT if(l.present, l.kind, n.kind) AS kind, if(l.present, l.provider, n.provider) AS provider, l.number AS number, n.number AS otherNumber
FROM (SELECT *, 1 AS present FROM leaf_numbers) AS n
FULL JOIN (SELECT kind, provider, number, 1 AS present FROM provider_leaves FINAL WHERE ${ofComputation}) AS l
  ON n.kind = l.kind AND n.provider = l.provider
WHERE NOT (n.present AND l.present AND l.number = n.number) ORDER BY kind, provider LIMIT 10`,
    { ...computation },
  );
}
