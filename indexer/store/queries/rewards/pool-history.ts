/**
 * What became of pools over a window of time: halts, what delegators were given, heartbeats of their providers, and stake
 * that left.
 * @module
 */
import type { RewardEpoch, Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

const ofPools = 'operator_pool IN (SELECT toFixedString(unhex(arrayJoin({pools:Array(String)})), 32))';

export interface HaltRow {
  readonly isHalted: boolean;
  readonly slot: Slot;
  /** Unix seconds; -1 where the chain gave none. */
  readonly time: UnixSeconds;
  readonly signature: Uint8Array;
}

/** Halts of a pool and their ends up to a slot, newest first, at most `limit`. */
export function haltsOfPool(client: StoreClient, pool: Uint8Array, slot: Slot, limit: number): Promise<HaltRow[]> {
  return rows<HaltRow>(
    client,
    `SELECT toBool(is_halted) AS isHalted, slot, block_time AS time, signature FROM canonical_staking_set_halt_status
WHERE slot <= {slot:UInt64} AND operator_pool = toFixedString(unhex({pool:String}), 32)
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`,
    { pool, slot, limit },
  );
}

export interface PoolsQuestion {
  readonly pools: readonly Uint8Array[];
  /** The window begins after the block of this slot. */
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
  readonly fromTime: UnixSeconds;
  readonly toTime: UnixSeconds;
}

export interface DelegatorRewardRow {
  readonly pool: Uint8Array;
  readonly rewardEpoch: RewardEpoch;
  /** Base units of INT, commission taken off. */
  readonly rewards: bigint;
  /** Base units of USDC, likewise. */
  readonly usdc: bigint;
  /** Base units of INT staked when the epoch was marked. */
  readonly staked: bigint;
  readonly lengthSeconds: bigint;
}

/** What epochs gave the delegators of pools, for epochs that were accrued in the window. */
export function delegatorRewards(client: StoreClient, question: PoolsQuestion): Promise<DelegatorRewardRow[]> {
  return rows<DelegatorRewardRow>(
    client,
    `SELECT a.operator_pool AS pool, a.epoch AS rewardEpoch, a.delegator_rewards AS rewards, a.delegator_usdc_earnings AS usdc,
  i.total_staked AS staked, toUInt64(e.window_end - e.window_start) AS lengthSeconds
FROM (
  SELECT operator_pool, epoch, delegator_rewards, delegator_usdc_earnings FROM canonical_staking_accrue_reward
  WHERE slot > {fromSlot:UInt64} AND slot <= {toSlot:UInt64} AND ${ofPools}
) AS a
INNER JOIN (SELECT reward_epoch, pool AS operator_pool, total_staked FROM current_reward_inputs) AS i
  ON i.reward_epoch = a.epoch AND i.operator_pool = a.operator_pool
INNER JOIN (SELECT reward_epoch, window_start, window_end FROM current_reward_epochs) AS e ON e.reward_epoch = a.epoch
ORDER BY pool, rewardEpoch LIMIT 100000`,
    { ...question },
  );
}

export interface HeartbeatRow {
  readonly pool: Uint8Array;
  readonly seen: bigint;
  readonly expected: bigint;
}

/** Heartbeats of the providers of pools in the reward epochs of the window, and how many there should have been. */
export function heartbeatsOfPools(client: StoreClient, question: PoolsQuestion): Promise<HeartbeatRow[]> {
  const until = (time: string) =>
    `(SELECT max(reward_epoch) FROM current_reward_epochs WHERE window_end <= ${time} AND input_hash != '')`;
  return rows<HeartbeatRow>(
    client,
    `WITH ${until('{toTime:Int64}')} AS last_epoch, ${until('{fromTime:Int64}')} AS first_epoch
SELECT p.operator_pool AS pool,
  toUInt64(sumIf(heartbeats_seen, reward_epoch = last_epoch) - sumIf(heartbeats_seen, reward_epoch = first_epoch)) AS seen,
  toUInt64(sumIf(heartbeats_expected, reward_epoch = last_epoch) - sumIf(heartbeats_expected, reward_epoch = first_epoch)) AS expected
FROM (
  SELECT provider, operator_pool FROM canonical_marketplace_provider_registered WHERE slot <= {toSlot:UInt64} AND ${ofPools}
) AS p
INNER JOIN (
  SELECT provider, reward_epoch, heartbeats_seen, heartbeats_expected FROM current_provider_scores
  WHERE reward_epoch IN (first_epoch, last_epoch)
) AS s ON s.provider = p.provider
GROUP BY p.operator_pool LIMIT 10000`,
    { ...question },
  );
}

export interface LeftSharesRow {
  readonly pool: Uint8Array;
  /** Shares that records had less at the end of the window than at its start, by unstaking. */
  readonly left: bigint;
}

/** Each record's unstaking in the window, less what it staked anew or took back. */
export function sharesThatLeft(client: StoreClient, question: PoolsQuestion): Promise<LeftSharesRow[]> {
  const changes = [
    ...[['stake', 1] as const, ['operator_auto_stake', 1] as const, ['cancel_unstake', 1] as const],
    ['unstake', -1] as const,
  ].map(
    ([event, sign]) => `SELECT operator_pool, staking_record, ${sign} * toInt128(shares_amount) AS change
    FROM canonical_staking_${event} WHERE slot > {fromSlot:UInt64} AND slot <= {toSlot:UInt64} AND ${ofPools}`,
  );
  return rows<LeftSharesRow>(
    client,
    `SELECT operator_pool AS pool, toUInt64(sum(greatest(-net, 0))) AS left FROM (
  SELECT operator_pool, staking_record, sum(change) AS net FROM (${changes.join('\n    UNION ALL ')})
  GROUP BY operator_pool, staking_record
) GROUP BY operator_pool LIMIT 10000`,
    { ...question },
  );
}
