/**
 * Everything a reward epoch is computed from, gathered from the indexed chain: pools, stakes and the minimum as they
 * stood at the slot of eligibility; providers, work, scores and inflow, from events, as of the window's last slot.
 * @module
 */

import { parameters } from '../../governance/parameters.ts';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInvariant, UpstreamError } from '../../indexer/domain/errors.ts';
import type { RewardEpoch, Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import * as chainState from '../../indexer/store/queries/reward-inputs.ts';
import { scoreRows } from '../../indexer/store/queries/reward-results.ts';
import {
  decodeOperatorPool,
  decodePoolOverview,
  decodeStakingRecord,
  type StakingRecord,
} from '../../programs/staking/client.generated.ts';
import { groupBy } from '../group-by.ts';
import { type Clusters, clustersOf } from '../reputation/clusters.ts';
import {
  type DeliveredOrder,
  type EarlierScore,
  isOwnOrder,
  type ProviderScore,
  scoreProviders,
} from '../reputation/provider-scores.ts';
import { scoreRules } from '../reputation/score.ts';
import { emissionOf } from './emission.ts';
import { isEligible, type PoolInput, type WorkInput } from './epoch-allocation.ts';
import { marketFacts, recordedFrom } from './market-facts.ts';
import {
  type GovernedPrograms,
  type ParametersInForce,
  parameterInForce,
  parametersInForce,
} from './parameters-in-force.ts';
import type { ScheduleRow, SlotRange, Window } from './window.ts';

export interface EpochFrame {
  readonly rewardEpoch: RewardEpoch;
  readonly schedule: readonly ScheduleRow[];
  readonly window: Window;
  readonly slots: SlotRange;
  readonly eligibilitySlot: Slot;
  readonly markSignature: string;
}

export interface PoolFacts extends PoolInput {
  readonly isEligible: boolean;
  readonly lastClaimedEpoch: RewardEpoch;
  readonly operatorStake: bigint;
}

export interface CountedWork extends WorkInput {
  readonly orderCount: number;
}

export interface EpochInputs extends EpochFrame {
  readonly emission: bigint;
  /** Governed values that the result follows from, as in force at the window's last slot, by key. */
  readonly parameters: readonly { readonly key: string; readonly value: bigint }[];
  readonly minOperatorStake: bigint;
  /** All pools, by raw key bytes; those that cannot claim the epoch too. */
  readonly pools: readonly PoolFacts[];
  /** Of eligible pools, by pool, provider and model. */
  readonly work: readonly CountedWork[];
  readonly scores: readonly ProviderScore[];
  /** USDC of pools that can no longer claim the epoch. */
  readonly orphanedUsdc: readonly { readonly pool: Uint8Array; readonly usdc: bigint }[];
}

export interface ProgramKeys extends GovernedPrograms {
  readonly staking: Uint8Array;
}

/** Keys that scores, work and allocation follow from. */
const REWARD_KEYS = [...parameters.keys()].filter(
  (key) => key === 'work_share_bps' || key === 'heartbeat_interval_seconds' || key.startsWith('reputation_'),
);

/**
 * @throws InvariantError `REWARDS__POOLS_MISSING` when fewer pools are indexed than the chain has, `REWARDS__UNKNOWN_MODEL`,
 *   `REPUTATION__UNKNOWN_PROVIDER`; UpstreamError `REWARDS__NOT_INDEXED`
 */
export async function gatherInputs(store: StoreClient, keys: ProgramKeys, frame: EpochFrame): Promise<EpochInputs> {
  const { pools, minOperatorStake } = await gatherPools(store, keys, frame);
  const inForce = await parametersInForce(store, keys, await recordedFrom(store, frame.slots.last), frame.slots.last);
  const { work, scores } = await gatherWork(store, keys, frame, inForce);
  const eligible = new Set(pools.filter((pool) => pool.isEligible).map(({ pool }) => hex(pool)));
  const inflow = await chainState.usdcInflow(store, frame.slots.first, frame.slots.last);
  const usdcByPool = new Map(inflow.map(({ pool, usdc }) => [hex(pool), usdc]));
  return {
    ...frame,
    emission: emissionOf(frame.rewardEpoch),
    parameters: REWARD_KEYS.map((key) => ({ key, value: parameterInForce(inForce, key) })),
    minOperatorStake,
    pools: pools.map((pool) => ({ ...pool, usdcInflow: usdcByPool.get(hex(pool.pool)) ?? 0n })),
    work: work.filter(({ pool }) => eligible.has(hex(pool))),
    scores,
    orphanedUsdc: inflow.filter(({ pool }) => !eligible.has(hex(pool))),
  };
}

async function gatherPools(store: StoreClient, { staking }: ProgramKeys, { eligibilitySlot, rewardEpoch }: EpochFrame) {
  const asOf = (name: string) => chainState.accountsAsOf(store, staking, name, eligibilitySlot);
  const [poolRows, recordRows, overviewRows] = await Promise.all([
    asOf('OperatorPool'),
    asOf('StakingRecord'),
    asOf('PoolOverview'),
  ]);
  const overviewRow = overviewRows[0];
  if (overviewRow === undefined) throw notIndexed('PoolOverview', eligibilitySlot);
  const overview = decodePoolOverview(overviewRow.data);
  checkInvariant(
    BigInt(poolRows.length) === overview.totalPools,
    'REWARDS__POOLS_MISSING',
    `The chain has ${overview.totalPools} pools, ${poolRows.length} are indexed; backfill the accounts of the staking program`,
    { eligibilitySlot },
  );
  const records = new Map(recordRows.map(({ publicKey, data }) => [toBase58(publicKey), data]));
  const pools = poolRows.map(({ publicKey, data }) => {
    const pool = decodeOperatorPool(data);
    const recordData = records.get(pool.operatorStakingRecord);
    const record = recordData === undefined ? null : decodeStakingRecord(recordData);
    const operatorStake = stakeOf(record, pool.totalStakedAmount, pool.totalShares);
    const standing = { joinedAtEpoch: pool.joinedAtEpoch, closedAtEpoch: pool.closedAtEpoch };
    return {
      ...standing,
      pool: publicKey,
      isEligible: isEligible(standing, rewardEpoch),
      isHalted: pool.haltedAtTimestamp !== null,
      isBelowMinimum: operatorStake < overview.minOperatorTokenStake,
      lastClaimedEpoch: pool.rewardLastClaimedEpoch,
      totalStaked: pool.totalStakedAmount,
      operatorStake,
      usdcInflow: 0n,
    };
  });
  return { pools, minOperatorStake: overview.minOperatorTokenStake };
}

/** Tokens that a record's shares stand for; none when the record is gone. */
function stakeOf(record: StakingRecord | null, totalStaked: bigint, totalShares: bigint): bigint {
  return record === null || record.shares === 0n ? 0n : (record.shares * totalStaked) / totalShares;
}

async function gatherWork(
  store: StoreClient,
  { marketplace }: ProgramKeys,
  { slots, window, rewardEpoch }: EpochFrame,
  inForce: ParametersInForce,
) {
  const beforeSlot = slots.first > 0n ? slots.first - 1n : 0n;
  const range = { beforeSlot, beforeTime: window.start, lastSlot: slots.last, endTime: window.end };
  const [delivered, refunded, links, earlier, market] = await Promise.all([
    chainState.deliveredOrders(store, range),
    chainState.refundedOrders(store, beforeSlot, slots.last),
    chainState.walletLinks(store, slots.last),
    earlierScores(store, rewardEpoch),
    marketFacts(store, marketplace, slots.last, window.end),
  ]);
  if (market === null) return { work: [], scores: [] };
  const valueInForce = (key: string) => parameterInForce(inForce, key);
  const clusters = clustersOf(links, Number(valueInForce('reputation_cluster_hub_wallets')));
  const scores = scoreProviders(scoreRules(valueInForce), market.providers, earlier, { delivered, refunded }, clusters);
  return { work: workRows(delivered, scores, market.modelWeights, clusters), scores };
}

async function earlierScores(store: StoreClient, rewardEpoch: RewardEpoch): Promise<EarlierScore[]> {
  const stored = rewardEpoch > 1n ? await scoreRows(store, rewardEpoch - 1n) : [];
  return stored.map((row) => ({
    ...row,
    score: BigInt(row.score),
    target: row.targetScore === 0 ? null : BigInt(row.targetScore),
  }));
}

/** GPU-seconds that count: paid with a fee, not bought by the provider's own cluster. */
function workRows(
  delivered: readonly DeliveredOrder[],
  scores: readonly ProviderScore[],
  modelWeights: readonly bigint[],
  clusters: Clusters,
): CountedWork[] {
  const scoreByProvider = new Map(scores.map((score) => [hex(score.provider), score]));
  const counted = delivered.filter(
    (order) => order.fee > 0n && !isOwnOrder(order, scoreByProvider.get(hex(order.provider))?.owner, clusters),
  );
  const groups = groupBy(
    counted,
    ({ operatorPool, provider, model }) => `${hex(operatorPool)}${hex(provider)}${String(model).padStart(3, '0')}`,
  );
  return [...groups.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, orders]) => {
      const first = orders[0] as DeliveredOrder;
      const modelWeight = modelWeights[first.model];
      checkInvariant(modelWeight !== undefined, 'REWARDS__UNKNOWN_MODEL', `The catalogue has no model ${first.model}`, {
        model: first.model,
      });
      return {
        pool: first.operatorPool,
        provider: first.provider,
        model: first.model,
        gpuSeconds: orders.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0n),
        modelWeight,
        displayedScore: scoreByProvider.get(hex(first.provider))?.displayed ?? 0n,
        orderCount: orders.length,
      };
    });
}

function notIndexed(what: string, slot: Slot): UpstreamError {
  return new UpstreamError(
    'REWARDS__NOT_INDEXED',
    `${what} is not indexed as of slot ${slot}; is the staking program set up?`,
    { what, slot },
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
