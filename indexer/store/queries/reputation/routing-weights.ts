/**
 * What routing weights follow from: stake and displayed scores of each operator as a reward epoch has them.
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

export interface RoutingFactors {
  readonly rewardEpoch: RewardEpoch;
  readonly pool: Uint8Array;
  /** Base units of INT at the slot of eligibility; 0 for a pool that is halted or whose operator holds too little. */
  readonly stake: bigint;
  /** Providers that earn for the pool and have a score. */
  readonly providerCount: bigint;
  /** Sum of their displayed scores, ppm. */
  readonly scoreSum: bigint;
}

/** Of every eligible pool of an epoch, by address. @param rewardEpoch `null` for the last one that was computed */
export function routingFactors(client: StoreClient, rewardEpoch: RewardEpoch | null): Promise<RoutingFactors[]> {
  return rows<RoutingFactors>(
    client,
    `WITH computed AS (
  SELECT reward_epoch, input_hash, last_slot FROM current_reward_epochs
  WHERE input_hash != '' AND ({isLast:UInt8} OR reward_epoch = {rewardEpoch:UInt64}) ORDER BY reward_epoch DESC LIMIT 1
), registered AS (
  SELECT provider, operator_pool FROM canonical_marketplace_provider_registered
  WHERE slot <= (SELECT max(last_slot) FROM computed)
)
SELECT i.reward_epoch AS rewardEpoch, i.pool AS pool, if(i.halted OR i.below_minimum, 0, i.total_staked) AS stake,
  p.providers AS providerCount, p.scores AS scoreSum
FROM (
  SELECT * FROM reward_inputs FINAL WHERE eligible AND (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM computed)
) AS i LEFT JOIN (
  SELECT r.operator_pool AS operator_pool, count() AS providers, sum(toUInt64(s.displayed_score)) AS scores FROM (
    SELECT provider, displayed_score FROM provider_scores FINAL
    WHERE (reward_epoch, input_hash) IN (SELECT reward_epoch, input_hash FROM computed)
  ) AS s INNER JOIN registered AS r ON r.provider = s.provider GROUP BY operator_pool
) AS p ON p.operator_pool = i.pool ORDER BY pool`,
    { rewardEpoch: rewardEpoch ?? 0n, isLast: rewardEpoch === null ? 1 : 0 },
  );
}
