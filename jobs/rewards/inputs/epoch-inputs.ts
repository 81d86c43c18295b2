/**
 * Everything a reward epoch is computed from, gathered from the indexed chain: pools, stakes and the minimum as they
 * stood at the slot of eligibility; providers, work, scores and inflow, from events, as of the window's last slot.
 * @module
 */
import { parameters } from '../../../governance/parameters.ts';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import { checkInvariant, UpstreamError } from '../../../indexer/domain/errors.ts';
import { hexOf } from '../../../indexer/domain/hex.ts';
import type { RewardEpoch, Slot } from '../../../indexer/domain/units.ts';
import type { StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { incentiveFunds } from '../../../indexer/store/queries/reputation/provider-trees.ts';
import * as chainState from '../../../indexer/store/queries/rewards/reward-inputs.ts';
import { usdcInflow } from '../../../indexer/store/queries/rewards/settled-work.ts';
import {
  decodeOperatorPool,
  decodePoolOverview,
  decodeStakingRecord,
  type StakingRecord,
} from '../../../programs/staking/client.generated.ts';
import { groupBy } from '../../group-by.ts';
import type { ClusterMember } from '../../reputation/clusters.ts';
import { evidenceHash } from '../../reputation/evidence-rows.ts';
import type { FoldedPiece, ProviderScore } from '../../reputation/provider-scores.ts';
import { emissionOf } from '../compute/emission.ts';
import { isEligible, type PoolInput } from '../compute/epoch-allocation.ts';
import type { CountedWork } from './counted-work.ts';
import { gatherWork } from './gather-work.ts';
import { recordedFrom } from './market-facts.ts';
import { type GovernedPrograms, parameterInForce, parametersInForce } from './parameters-in-force.ts';
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
  /** Rule of the clusters behind work and scores; without it that of this release, `CLUSTER_RULE`. */
  readonly clusterRule?: string;
  /** Hex SHA-256 of the evidence that the scores were folded from, see `evidenceHash`. */
  readonly evidenceHash: string;
  /** What the incentive vault has for this epoch, base units of INFER. */
  readonly incentiveFunds: bigint;
  /** USDC of pools that can no longer claim the epoch. */
  readonly orphanedUsdc: readonly { readonly pool: Uint8Array; readonly usdc: bigint }[];
}

export interface GatheredEpoch {
  readonly inputs: EpochInputs;
  /** Why the scores are what they are: by provider, then in the order of the fold. */
  readonly evidence: readonly FoldedPiece[];
  /** Wallets that belong together, as of the window's last slot. */
  readonly clusters: readonly ClusterMember[];
}

export interface ProgramKeys extends GovernedPrograms {
  readonly staking: Uint8Array;
}

/** Keys that scores, work and allocation follow from. */
export const REWARD_KEYS = [...parameters.keys()].filter(
  (key) =>
    ['work_share_bps', 'heartbeat_interval_seconds', 'base_reward_rate'].includes(key) || key.startsWith('reputation_'),
);

/**
 * @throws InvariantError `REWARDS__POOLS_MISSING` when fewer pools are indexed than the chain has, `REWARDS__UNKNOWN_MODEL`,
 *   `REPUTATION__UNKNOWN_PROVIDER`; UpstreamError `REWARDS__NOT_INDEXED`
 */
export async function gatherInputs(store: StoreClient, keys: ProgramKeys, frame: EpochFrame): Promise<GatheredEpoch> {
  const { pools, minOperatorStake } = await gatherPools(store, keys, frame);
  const inForce = await parametersInForce(store, keys, await recordedFrom(store, frame.slots.last), frame.slots.last);
  const { work, scores, evidence, clusters } = await gatherWork(store, keys.marketplace, frame, inForce);
  const eligible = new Set(pools.filter((pool) => pool.isEligible).map(({ pool }) => hexOf(pool)));
  const inflow = await usdcInflow(store, frame.slots.first, frame.slots.last);
  const usdcByPool = new Map(inflow.map(({ pool, usdc }) => [hexOf(pool), usdc]));
  const inputs = {
    ...frame,
    emission: emissionOf(frame.rewardEpoch),
    parameters: REWARD_KEYS.map((key) => ({ key, value: parameterInForce(inForce, key) })),
    minOperatorStake,
    pools: pools.map((pool) => ({ ...pool, usdcInflow: usdcByPool.get(hexOf(pool.pool)) ?? 0n })),
    work: work.filter(({ pool }) => eligible.has(hexOf(pool))),
    ...{ scores, evidenceHash: evidenceHash(evidence) },
    incentiveFunds: await incentiveFunds(store, frame.rewardEpoch, frame.slots.last),
    orphanedUsdc: inflow.filter(({ pool }) => !eligible.has(hexOf(pool))),
  };
  return { inputs, evidence, clusters };
}

async function gatherPools(store: StoreClient, { staking }: ProgramKeys, { eligibilitySlot, rewardEpoch }: EpochFrame) {
  const types = ['OperatorPool', 'PoolOverview', 'StakingRecord'];
  const accounts = await chainState.accountsOfTypesAsOf(store, staking, types, eligibilitySlot);
  const byType = groupBy(accounts, ({ name }) => name);
  const [poolRows = [], overviewRows = [], recordRows = []] = types.map((type) => byType.get(type));
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
      // A copy: the key is a view of the whole answer, which would stay in memory with it.
      pool: publicKey.slice(),
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

function notIndexed(what: string, slot: Slot): UpstreamError {
  return new UpstreamError(
    'REWARDS__NOT_INDEXED',
    `${what} is not indexed as of slot ${slot}; is the staking program set up?`,
    { what, slot },
  );
}
