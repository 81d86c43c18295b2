/**
 * What finished reward epochs were computed from, with the columns that computing them again takes.
 * @module
 */
import type { RewardEpoch, Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { type RowsOptions, rows } from '../../rows.ts';

export interface ArchivedEpoch {
  readonly rewardEpoch: RewardEpoch;
  readonly inputHash: string;
  readonly firstSlot: Slot;
  readonly lastSlot: Slot;
  readonly emission: bigint;
  /** Incentives that it gave, base units of INFER. */
  readonly incentivesGiven: bigint;
}

/** Of the latest epochs whose windows had ended by `slot` and that have reached a state; ascending. */
export async function archivedEpochs(
  client: StoreClient,
  question: { readonly slot: Slot; readonly fromRank: number; readonly limit: number },
): Promise<ArchivedEpoch[]> {
  const found = await rows<ArchivedEpoch>(
    client,
    `SELECT reward_epoch AS rewardEpoch, e.input_hash AS inputHash, first_slot AS firstSlot, last_slot AS lastSlot, emission,
  given AS incentivesGiven
FROM (SELECT * FROM current_reward_epochs WHERE state_rank >= {fromRank:UInt8} AND last_slot <= {slot:UInt64}
  ORDER BY reward_epoch DESC LIMIT {limit:UInt32}) AS e
LEFT JOIN (SELECT reward_epoch, input_hash, sum(total) AS given FROM provider_trees FINAL WHERE kind = 'incentives'
  GROUP BY reward_epoch, input_hash) AS t ON t.reward_epoch = e.reward_epoch AND t.input_hash = e.input_hash
ORDER BY rewardEpoch`,
    { ...question },
  );
  return found;
}

export interface ArchivedPool {
  readonly pool: Uint8Array;
  readonly halted: number;
  readonly belowMinimum: number;
  readonly totalStaked: bigint;
  readonly usdcInflow: bigint;
}

export interface ArchivedWork {
  readonly pool: Uint8Array;
  readonly provider: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly modelWeight: bigint;
  readonly displayedScore: number;
}

export interface ArchivedScore {
  readonly provider: Uint8Array;
  readonly score: number;
  readonly displayedScore: number;
  readonly targetScore: number;
  readonly epochDelivered: number;
  readonly bond: bigint;
  readonly requiredBond: bigint;
  readonly heartbeatsExpected: bigint;
  readonly heartbeatsSeen: bigint;
}

/** A piece of evidence without its place on the chain. */
export interface ArchivedPiece {
  readonly provider: Uint8Array;
  readonly class: string;
  readonly cluster: string;
  readonly ownCluster: number;
  readonly gpuSeconds: bigint;
  readonly shortfallPpm: number;
}

type Computation = Pick<ArchivedEpoch, 'inputHash' | 'rewardEpoch'>;
const ofComputation = 'reward_epoch = {rewardEpoch:UInt64} AND input_hash = {inputHash:String}';
/** An epoch has as many rows as it has pools, providers or evidence: more than an answer may hold. */
const whole: RowsOptions = { limits: { max_result_rows: '0' } };

function ask<T>(client: StoreClient, sql: string, { rewardEpoch, inputHash }: Computation): Promise<T[]> {
  return rows<T>(client, sql, { rewardEpoch, inputHash }, whole);
}

/** Eligible ones, by address. */
export function archivedPools(client: StoreClient, of: Computation): Promise<ArchivedPool[]> {
  const sql = `SELECT pool, halted, below_minimum AS belowMinimum, total_staked AS totalStaked, usdc_inflow AS usdcInflow
FROM reward_inputs FINAL WHERE ${ofComputation} AND eligible ORDER BY pool`;
  return ask(client, sql, of);
}

export function archivedWork(client: StoreClient, of: Computation): Promise<ArchivedWork[]> {
  const sql = `SELECT pool, provider, model, gpu_seconds AS gpuSeconds, model_weight AS modelWeight, displayed_score AS displayedScore
FROM reward_work FINAL WHERE ${ofComputation} ORDER BY pool, provider, model`;
  return ask(client, sql, of);
}

export function archivedParameters(
  client: StoreClient,
  of: Computation,
): Promise<{ readonly key: string; readonly value: bigint }[]> {
  return ask(client, `SELECT key, value FROM reward_parameters FINAL WHERE ${ofComputation} ORDER BY key`, of);
}

export function archivedScores(client: StoreClient, of: Computation): Promise<ArchivedScore[]> {
  const sql = `SELECT provider, score, displayed_score AS displayedScore, target_score AS targetScore, epoch_delivered AS epochDelivered,
  bond, required_bond AS requiredBond, heartbeats_expected AS heartbeatsExpected, heartbeats_seen AS heartbeatsSeen
FROM provider_scores FINAL WHERE ${ofComputation} ORDER BY provider`;
  return ask(client, sql, of);
}

export function archivedTiers(
  client: StoreClient,
  of: Computation,
): Promise<{ readonly provider: Uint8Array; readonly tier: number }[]> {
  return ask(client, `SELECT provider, tier FROM provider_scores FINAL WHERE ${ofComputation}`, of);
}

/** By provider, then in the order of the fold. */
export function archivedEvidence(client: StoreClient, of: Computation): Promise<ArchivedPiece[]> {
  const sql = `SELECT provider, class, cluster, own_cluster AS ownCluster, gpu_seconds AS gpuSeconds, shortfall_ppm AS shortfallPpm
FROM provider_evidence FINAL WHERE ${ofComputation} ORDER BY provider, number`;
  return ask(client, sql, of);
}

export interface FeeRules {
  readonly platformFeeBps: bigint;
  readonly hostBps: bigint;
  readonly burnBps: bigint;
  readonly verifierBps: bigint;
}

/** Of a provider in one token, under one set of rules and under another; base units. */
export interface IncomeRow {
  readonly provider: Uint8Array;
  readonly mint: Uint8Array;
  readonly income: bigint;
  readonly otherIncome: bigint;
  readonly burned: bigint;
  readonly otherBurned: bigint;
  readonly forVerifiers: bigint;
  readonly otherForVerifiers: bigint;
  readonly fee: bigint;
  readonly otherFee: bigint;
}

/**
 * What the payments of a range of slots would have brought providers and network under two sets of rules, if all of each
 * order's payments had followed them: floors of the order's totals less those of what was paid before, as the marketplace
 * counts (programs/marketplace/src/settlement.rs); of a workload the host's part is the floor. USDC is not burned.
 */
export function incomeUnder(
  client: StoreClient,
  range: Pick<ArchivedEpoch, 'firstSlot' | 'lastSlot'>,
  usdcMint: Uint8Array,
  [rules, others]: readonly [FeeRules, FeeRules],
): Promise<IncomeRow[]> {
  const part = (amount: string, bps: bigint) => `intDiv(toUInt128(${amount}) * ${bps}, 10000)`;
  const under = ({ platformFeeBps, hostBps, burnBps, verifierBps }: FeeRules, prefix: string) => {
    const total = (paid: string) => `if(is_workload, ${paid} - ${part(paid, hostBps)}, ${part(paid, platformFeeBps)})`;
    const more = (of: (fee: string) => string) => `${of(total('paid_after'))} - ${of(total('paid_before'))}`;
    return `toInt128(${more((fee) => fee)}) AS ${prefix}_fee, toInt128(${more((fee) => part(fee, verifierBps))}) AS ${prefix}_verifiers,
  if(is_usdc, toInt128(0), toInt128(${more((fee) => part(fee, burnBps))})) AS ${prefix}_burned`;
  };
  const sums = (prefix: string, names: readonly [string, string, string, string]) =>
    `sum(toInt128(paid_after - paid_before) - ${prefix}_fee) AS ${names[0]}, sum(${prefix}_burned) AS ${names[1]},
  sum(${prefix}_verifiers) AS ${names[2]}, sum(${prefix}_fee) AS ${names[3]}`;
  const settled = (table: string) => `SELECT order AS paid_for, provider, mint, amount, slot, 0 AS is_workload
    FROM canonical_marketplace_${table} WHERE slot <= {lastSlot:UInt64}`;
  return rows<IncomeRow>(
    client,
    `SELECT provider, mint, ${sums('own', ['income', 'burned', 'forVerifiers', 'fee'])},
  ${sums('other', ['otherIncome', 'otherBurned', 'otherForVerifiers', 'otherFee'])}
FROM (
  SELECT of_provider AS provider, of_mint AS mint, paid_before, paid_after, ${under(rules, 'own')}, ${under(others, 'other')}
  FROM (
    SELECT any(provider) AS of_provider, any(mint) AS of_mint, of_mint = toFixedString(unhex({usdcMint:String}), 32) AS is_usdc, is_workload,
      sumIf(toUInt128(amount), slot < {firstSlot:UInt64}) AS paid_before, sum(toUInt128(amount)) AS paid_after
    FROM (
      ${settled('order_settled')}
      UNION ALL ${settled('usage_settled')}
      UNION ALL SELECT workload, provider, mint, amount, slot, 1 FROM canonical_marketplace_workload_settled
        WHERE slot BETWEEN {firstSlot:UInt64} AND {lastSlot:UInt64}
    ) GROUP BY paid_for, is_workload HAVING paid_after > paid_before
  )
) GROUP BY provider, mint ORDER BY provider, mint`,
    { ...range, usdcMint },
    whole,
  );
}
