/**
 * Who is paid what for a reward epoch: a part by work delivered, a part by stake. Pure, integers only.
 * Rule and fall-backs: docs/rewards.md, "Weights and allocation".
 * @module
 */
import { compareBytes } from '../../../indexer/domain/base58.ts';
import { checkInput } from '../../../indexer/domain/errors.ts';
import { BPS, type IntAmount, type RewardEpoch, type UsdcAmount } from '../../../indexer/domain/units.ts';
import { type Share, splitAmount } from './allocate.ts';

/** What of a pool's account decides whether it takes part. */
export interface PoolStanding {
  /** `reward_last_claimed_epoch` at creation. */
  readonly joinedAtEpoch: RewardEpoch;
  readonly closedAtEpoch: RewardEpoch | null;
}

/** Everything that decides a pool's weight, at the slot of eligibility. */
export interface PoolInput extends PoolStanding {
  readonly pool: Uint8Array;
  readonly isHalted: boolean;
  /** The operator holds less than the staking program's minimum. */
  readonly isBelowMinimum: boolean;
  readonly totalStaked: IntAmount;
  readonly usdcInflow: UsdcAmount;
}

/** Work of one provider with one model for a pool. */
export interface WorkInput {
  readonly pool: Uint8Array;
  readonly provider: Uint8Array;
  readonly model: number;
  readonly gpuSeconds: bigint;
  readonly modelWeight: bigint;
  /** ppm, capped by bond. */
  readonly displayedScore: bigint;
}

export interface WeightedPool {
  readonly pool: Uint8Array;
  readonly workWeight: bigint;
  readonly stakeWeight: bigint;
  readonly usdc: UsdcAmount;
}

export interface Award {
  readonly pool: Uint8Array;
  readonly workReward: IntAmount;
  readonly stakeReward: IntAmount;
  readonly usdc: UsdcAmount;
}

/** True for a pool that still has to claim `rewardEpoch`: without a leaf it would be stuck, a closed one for ever. */
export function isEligible({ joinedAtEpoch, closedAtEpoch }: PoolStanding, rewardEpoch: RewardEpoch): boolean {
  return joinedAtEpoch < rewardEpoch && (closedAtEpoch === null || closedAtEpoch >= rewardEpoch);
}

/** Seconds · model weight · displayed score of one row. */
export function workOf({ gpuSeconds, modelWeight, displayedScore }: WorkInput): bigint {
  return gpuSeconds * modelWeight * displayedScore;
}

/** Both weights of every pool, in the order given. Halted pools and those below the minimum weigh nothing. */
export function weigh(pools: readonly PoolInput[], work: readonly WorkInput[]): WeightedPool[] {
  const workByPool = new Map<string, bigint>();
  for (const row of work) {
    const key = Buffer.from(row.pool).toString('hex');
    workByPool.set(key, (workByPool.get(key) ?? 0n) + workOf(row));
  }
  return pools.map(({ pool, isHalted, isBelowMinimum, totalStaked, usdcInflow }) => {
    const counts = !isHalted && !isBelowMinimum;
    return {
      pool,
      workWeight: counts ? (workByPool.get(Buffer.from(pool).toString('hex')) ?? 0n) : 0n,
      stakeWeight: counts ? totalStaked : 0n,
      usdc: usdcInflow,
    };
  });
}

/**
 * Awards of all eligible pools, by raw key bytes ascending; rewards sum to `emission` exactly unless there is no pool.
 * A part nobody has weight in goes to the other part; without any weight all share equally, as the chain accepts no
 * record without roots while there is an emission.
 * @throws InputError `REWARDS__DUPLICATE_POOL`, and the codes of `splitAmount`
 */
export function allocateEpoch(emission: IntAmount, workShareBps: bigint, pools: readonly WeightedPool[]): Award[] {
  const ordered = [...pools].sort((left, right) => compareBytes(left.pool, right.pool));
  ordered.forEach(({ pool }, index) => {
    const before = ordered[index - 1];
    const isNew = before === undefined || compareBytes(before.pool, pool) !== 0;
    checkInput(isNew, 'REWARDS__DUPLICATE_POOL', 'A pool stands twice in the epoch', { index });
  });
  if (ordered.length === 0) return [];
  const parts = partsOf(emission, workShareBps, ordered);
  const work = split(parts.work, ordered, (pool) => pool.workWeight);
  const stake = split(parts.stake, ordered, parts.isEqual ? () => 1n : (pool) => pool.stakeWeight);
  return ordered.map(({ pool, usdc }, index) => ({
    pool,
    workReward: work[index] ?? 0n,
    stakeReward: stake[index] ?? 0n,
    usdc,
  }));
}

interface Parts {
  readonly work: IntAmount;
  readonly stake: IntAmount;
  /** Nobody has any weight. */
  readonly isEqual: boolean;
}

function partsOf(emission: IntAmount, workShareBps: bigint, pools: readonly WeightedPool[]): Parts {
  const hasWork = pools.some(({ workWeight }) => workWeight > 0n);
  const hasStake = pools.some(({ stakeWeight }) => stakeWeight > 0n);
  if (!hasWork) return { work: 0n, stake: emission, isEqual: !hasStake };
  const work = hasStake ? (emission * workShareBps) / BPS : emission;
  return { work, stake: emission - work, isEqual: false };
}

function split(amount: IntAmount, pools: readonly WeightedPool[], weightOf: (pool: WeightedPool) => bigint): bigint[] {
  if (amount === 0n) return pools.map(() => 0n);
  const shares: Share[] = pools.map((pool) => ({ key: pool.pool, weight: weightOf(pool) }));
  return splitAmount(amount, shares);
}
