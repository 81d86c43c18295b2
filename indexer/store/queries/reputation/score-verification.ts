/**
 * The second computation of scores and counted work: one fold in SQL over the stored evidence, 64-bit integers of
 * ClickHouse, which shares nothing with the first but the evidence, the governed values and the rule (docs/reputation.md).
 * @module
 */
import type { RewardEpoch } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';

export interface ScoreComputation {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
}

export interface ScoreDifference {
  readonly provider: Uint8Array;
  readonly score: number;
  readonly otherScore: bigint;
  readonly target: number;
  readonly otherTarget: bigint;
  readonly displayed: number;
  readonly otherDisplayed: bigint;
}

const ofComputation = 'reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}';
const ofEarlier = `reward_epoch = {rewardEpoch:UInt64} - 1 AND input_hash =
  (SELECT input_hash FROM reward_epochs FINAL WHERE reward_epoch = {rewardEpoch:UInt64} - 1 ORDER BY state_rank DESC LIMIT 1)`;

/** Scalars of the governed values, under the names of their keys without the prefix. */
const RULES = [
  ...['start_ppm', 'gain_ppm', 'gain_cap_seconds', 'buyer_full_orders', 'challenge_passed_divisor'],
  ...['uptime_full_divisor', 'loss_heartbeat_ppm', 'loss_not_delivered_ppm', 'loss_dispute_ppm'],
  ...['loss_challenge_ppm', 'loss_slashed_ppm', 'recovery_divisor', 'idle_ppm'],
];
const rules = RULES.map(
  (name) =>
    `assumeNotNull((SELECT any(value) FROM reward_parameters FINAL WHERE ${ofComputation} AND key = 'reputation_${name}')) AS ${name}`,
).join(',\n  ');

/** ceil(score · ppm / 1,000,000) taken away. */
const lost = (ppm: string) => `acc.1 - intDiv(acc.1 * ${ppm} + 999999, 1000000)`;
/** What a gain leads to; a quarter of it below the target. */
const gained = `acc.1 + intDiv((1000000 - acc.1) * if(acc.2 > acc.1, intDiv(gain_ppm, recovery_divisor), gain_ppm) * piece.2, 1000000 * gain_cap_seconds)`;

/**
 * Each provider's pieces as (kind, amount): 0 gains by seconds, 1 loses ppm, 2 loses ppm and sets a target. The state is
 * (score, target), 0 for no target. The boundary between two epochs is not taken from the evidence: the decay follows
 * from the earlier epoch's own deliveries.
 */
const folded = `
WITH ${rules},
earlier AS (
  SELECT s.provider AS provider, toInt64(score) AS score_was, toInt64(target_score) AS target_was, deliveries
  FROM (SELECT provider, score, target_score FROM provider_scores FINAL WHERE ${ofEarlier}) AS s
  LEFT JOIN (
    SELECT provider, count() AS deliveries FROM provider_evidence FINAL WHERE ${ofEarlier} AND class = 'delivered' GROUP BY provider
  ) AS d ON d.provider = s.provider
), starts AS (
  SELECT s.provider AS provider, score, target_score, displayed_score, toInt128(bond) AS bond, toInt128(required_bond) AS required,
    if(e.known, tuple(e.score_was - if(deliveries = 0 AND e.score_was > start_ppm, intDiv((e.score_was - start_ppm) * idle_ppm, 1000000), 0), e.target_was),
      tuple(start_ppm, toInt64(0))) AS start
  FROM (SELECT * FROM provider_scores FINAL WHERE ${ofComputation}) AS s
  LEFT JOIN (SELECT *, 1 AS known FROM earlier) AS e ON e.provider = s.provider
), pieces AS (
  SELECT provider, number, class,
    multiIf(class IN ('delivered', 'challenge_passed', 'uptime_full'), 0, class = 'heartbeat_shortfall', 1, 2) AS kind,
    row_number() OVER (PARTITION BY provider, class, own_cluster, cluster ORDER BY number) - 1 AS earlier_orders,
    multiIf(
      class = 'delivered', if(own_cluster OR earlier_orders >= buyer_full_orders, 0,
        bitShiftRight(least(toInt64(gpu_seconds), gain_cap_seconds), toUInt8(earlier_orders))),
      class = 'challenge_passed', intDiv(gain_cap_seconds, challenge_passed_divisor),
      class = 'uptime_full', intDiv(gain_cap_seconds, uptime_full_divisor),
      class = 'heartbeat_shortfall', intDiv(loss_heartbeat_ppm * toInt64(shortfall_ppm), 1000000),
      class = 'not_delivered', loss_not_delivered_ppm,
      class = 'dispute_lost', loss_dispute_ppm,
      class = 'challenge_failed', loss_challenge_ppm,
      loss_slashed_ppm) AS amount
  FROM provider_evidence FINAL WHERE ${ofComputation} AND class != 'epoch_end'
), lists AS (
  SELECT provider, arrayMap(each -> tuple(each.2, each.3), arraySort(each -> each.1, groupArray((number, toInt64(kind), toInt64(amount))))) AS list
  FROM pieces GROUP BY provider
), folded AS (
  SELECT s.provider AS provider, score, target_score, displayed_score, bond, required, arrayFold((acc, piece) -> multiIf(
    piece.1 = 0, tuple(${gained}, if(acc.2 > (${gained}), acc.2, toInt64(0))),
    piece.1 = 1, tuple(${lost('piece.2')}, acc.2),
    tuple(${lost('piece.2')}, if(greatest(acc.1, acc.2) > (${lost('piece.2')}), greatest(acc.1, acc.2), toInt64(0)))
  ), list, start) AS state FROM starts AS s LEFT JOIN lists AS l ON l.provider = s.provider
)`;

/** Providers whose stored score, target or displayed score is not what the fold gives, at most ten; empty when both agree. */
export function scoreDifferences(client: StoreClient, computation: ScoreComputation): Promise<ScoreDifference[]> {
  return rows<ScoreDifference>(
    client,
    `${folded}
SELECT provider, score, state.1 AS otherScore, target_score AS target, state.2 AS otherTarget, displayed_score AS displayed,
  if(required = 0, state.1, toInt64(least(toInt128(state.1), intDiv(1000000 * bond, required)))) AS otherDisplayed
FROM folded WHERE score != otherScore OR target != otherTarget OR displayed != otherDisplayed ORDER BY provider LIMIT 10`,
    { ...computation },
  );
}

export interface WorkDifference {
  readonly provider: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly otherGpuSeconds: bigint;
}

/**
 * Work of providers and models that is not what came due, up to the cap, or is not weighed by the provider's displayed
 * score; at most ten.
 */
export function workDifferences(client: StoreClient, computation: ScoreComputation): Promise<WorkDifference[]> {
  return rows<WorkDifference>(
    client,
    `SELECT w.provider AS provider, model, sum(w.gpu_seconds) AS gpuSeconds, least(sum(settled_seconds), max(cap_seconds)) AS otherGpuSeconds
FROM (SELECT * FROM reward_work FINAL WHERE ${ofComputation}) AS w
LEFT JOIN (SELECT provider, displayed_score AS shown FROM provider_scores FINAL WHERE ${ofComputation}) AS s ON s.provider = w.provider
GROUP BY provider, model
HAVING gpuSeconds != otherGpuSeconds OR min(cap_seconds) != max(cap_seconds) OR countIf(displayed_score != shown) > 0
ORDER BY provider, model LIMIT 10`,
    { ...computation },
  );
}
