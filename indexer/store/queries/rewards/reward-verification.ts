/**
 * The second computation of a reward epoch: allocation, leaf hashes and roots in SQL, from the stored inputs alone.
 * It shares nothing with the first but the inputs and the rule (docs/rewards.md): 256-bit integers of ClickHouse,
 * ranking by window function, SHA-256 of the engine, a tree built level by level with GROUP BY.
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { oneRow, rows } from '../../rows.ts';

export interface Computation {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly emission: bigint;
}

export interface LeafDifference {
  readonly pool: Uint8Array;
  readonly reward: bigint;
  readonly otherReward: bigint;
  readonly usdc: bigint;
  readonly otherUsdc: bigint;
  readonly isHashEqual: number;
}

const ofComputation = 'reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}';

/** floor(amount · weight / total), and one more for those whose remainder ranks within what is left over. */
const share = (amount: string, weight: string, total: string, name: string) => `
  if(${total} = 0, toUInt256(0), intDiv(${amount} * ${weight}, ${total})) AS ${name}_floor,
  if(${total} = 0, toUInt256(0), (${amount} * ${weight}) % ${total}) AS ${name}_rest`;

const allocation = `
WITH pools AS (
  SELECT pool, halted OR below_minimum AS mute, if(mute, toUInt256(0), toUInt256(total_staked)) AS stake, usdc_inflow
  FROM reward_inputs FINAL WHERE ${ofComputation} AND eligible
), work AS (
  SELECT pool, sum(toUInt256(gpu_seconds) * toUInt256(model_weight) * toUInt256(displayed_score)) AS done
  FROM reward_work FINAL WHERE ${ofComputation} GROUP BY pool
), weights AS (
  SELECT pools.pool AS pool, usdc_inflow, stake, if(mute, toUInt256(0), done) AS done FROM pools LEFT JOIN work ON pools.pool = work.pool
), totals AS (
  SELECT sum(done) AS all_done, sum(stake) AS all_stake, toUInt256(count()) AS pool_count, toUInt256({emission:UInt64}) AS whole,
    (SELECT toUInt256(any(value)) FROM reward_parameters FINAL WHERE ${ofComputation} AND key = 'work_share_bps') AS work_share,
    multiIf(all_done = 0, toUInt256(0), all_stake = 0, whole, intDiv(whole * work_share, toUInt256(10000))) AS for_work,
    toUInt256(whole - for_work) AS for_stake, all_done = 0 AND all_stake = 0 AS is_equal FROM weights
), floors AS (
  SELECT pool, usdc_inflow, for_work, for_stake, if(is_equal, toUInt256(1), stake) AS stake_weight,
    if(is_equal, pool_count, all_stake) AS stake_total,
    ${share('for_work', 'done', 'all_done', 'work')},
    ${share('for_stake', 'stake_weight', 'stake_total', 'stake')}
  FROM weights CROSS JOIN totals
), ranked AS (
  SELECT pool, usdc_inflow, work_floor, stake_floor,
    if(for_work = 0, toUInt256(0), toUInt256(for_work - sum(work_floor) OVER ())) AS work_left,
    if(for_stake = 0, toUInt256(0), toUInt256(for_stake - sum(stake_floor) OVER ())) AS stake_left,
    row_number() OVER (ORDER BY work_rest DESC, pool ASC) AS work_rank,
    row_number() OVER (ORDER BY stake_rest DESC, pool ASC) AS stake_rank
  FROM floors
), awards AS (
  SELECT pool, usdc_inflow AS usdc, toUInt64(work_floor + (work_rank <= work_left) + stake_floor + (stake_rank <= stake_left)) AS reward,
    row_number() OVER (ORDER BY pool ASC) - 1 AS place,
    SHA256(concat(char(0), base58Encode(pool), ',', toString(reward), ',', toString(usdc))) AS hash
  FROM ranked
)`;

/** Leaves that the second computation has otherwise, at most ten; empty when both agree on every pool. */
export function leafDifferences(client: StoreClient, computation: Computation): Promise<LeafDifference[]> {
  return rows<LeafDifference>(
    client,
    `${allocation}
SELECT if(l.present, l.pool, a.pool) AS pool, l.reward AS reward, a.reward AS otherReward, l.usdc AS usdc, a.usdc AS otherUsdc,
  l.leaf_hash = a.hash AS isHashEqual
FROM (SELECT *, 1 AS present FROM awards) AS a
FULL JOIN (SELECT pool, reward, usdc, leaf_hash, 1 AS present FROM reward_leaves FINAL WHERE ${ofComputation}) AS l ON a.pool = l.pool
WHERE NOT (a.present AND l.present AND l.reward = a.reward AND l.usdc = a.usdc AND l.leaf_hash = a.hash)
ORDER BY pool LIMIT 10`,
    { ...computation },
  );
}

/** Sums over the leaves of the second computation. */
export function leafTotals(
  client: StoreClient,
  computation: Computation,
): Promise<{ poolCount: bigint; rewards: bigint; usdc: bigint }> {
  return oneRow(
    client,
    `${allocation} SELECT count() AS poolCount, sum(reward) AS rewards, sum(usdc) AS usdc FROM awards`,
    { ...computation },
  );
}

/**
 * Root over the leaves at `[firstPlace, firstPlace + leafCount)` in order of raw key bytes, padded to `2^depth`.
 */
export async function rootBySql(
  client: StoreClient,
  computation: Computation,
  tree: { readonly firstPlace: bigint; readonly leafCount: bigint; readonly depth: number },
): Promise<Uint8Array> {
  const leaves = `
  SELECT toUInt64(place - {firstPlace:UInt64}) AS n0, hash AS h0 FROM awards
  WHERE place >= {firstPlace:UInt64} AND place < {firstPlace:UInt64} + {leafCount:UInt64}
  UNION ALL
  SELECT number AS n0, SHA256(concat(char(0), '11111111111111111111111111111111,0,0')) AS h0
  FROM numbers({leafCount:UInt64}, {width:UInt64} - {leafCount:UInt64})`;
  const found = await oneRow<{ root: Uint8Array }>(
    client,
    `${allocation} SELECT h${tree.depth} AS root FROM (${levels(leaves, tree.depth)})`,
    { ...computation, firstPlace: tree.firstPlace, leafCount: tree.leafCount, width: 2 ** tree.depth },
  );
  return found.root;
}

/** Each level above rows `n0, h0` hashes the pairs of the one below; names differ per level, as an alias would shadow the column it is made of. */
export function levels(leaves: string, depth: number): string {
  return Array.from({ length: depth }, (_, level) => level).reduce(
    (below, level) => `
SELECT intDiv(n${level}, 2) AS n${level + 1}, SHA256(concat(char(1), anyIf(h${level}, n${level} % 2 = 0), anyIf(h${level}, n${level} % 2 = 1))) AS h${level + 1}
FROM (${below}) GROUP BY n${level + 1}`,
    leaves,
  );
}
