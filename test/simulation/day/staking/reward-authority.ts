/**
 * The reward authority of a simulated day: marks an epoch, commits its tree, and has every pool accrue. Rewards are shared
 * equally, since what the epochs of the platform pay is not the subject here; trees and proofs are the platform's.
 * @module
 */
import { fromBase58 } from '../../../../indexer/domain/base58.ts';
import type { RewardEpoch } from '../../../../indexer/domain/units.ts';
import { splitAmount } from '../../../../jobs/rewards/compute/allocate.ts';
import { emissionOf } from '../../../../jobs/rewards/compute/emission.ts';
import { buildForest, type Forest, rootsOf } from '../../../../jobs/rewards/trees/forest.ts';
import { proofOf } from '../../../../jobs/rewards/trees/merkle-tree.ts';
import {
  accrueReward,
  createRewardRecord,
  markEpochAsFinalizing,
  type OperatorPool,
} from '../../../../programs/staking/client.generated.ts';
import { findRewardRecord } from '../../addresses.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { locatePools, type PoolPlace, readOverview, readPools } from './pools.ts';

/** Part of the USDC in the vault that an epoch pays out; the rest waits for the next. */
const USDC_PART = 2n;
/** The epoch from which one pool is forgotten, which its admin then passes over. */
const EPOCH_WITH_A_GAP = 2n;

export interface RewardSchedule {
  readonly ticksPerEpoch: number;
  /** Pool that is left out of one epoch's tree. */
  readonly forgotten: number;
}

export function createRewardAuthority(schedule: RewardSchedule) {
  return async (world: World): Promise<Actors> => {
    const { network } = world;
    const places = await locatePools(network, world.providers);
    const forests = new Map<bigint, Forest>();
    return {
      name: 'reward authority',
      async act(moment: Moment) {
        const [overview, pools] = await Promise.all([readOverview(network), readPools(network, places)]);
        const epoch = overview.completedRewardEpoch + 1n;
        if (overview.isEpochFinalizing) {
          const forest = await forestOf(world, places, pools, epoch, schedule.forgotten);
          forests.set(epoch, forest);
          return [await commitment(world, epoch, forest)];
        }
        const accruals = await accrualsOf(world, places, pools, overview.completedRewardEpoch, forests);
        const isDue = moment.tick % schedule.ticksPerEpoch === schedule.ticksPerEpoch - 1;
        return isDue ? [...accruals, marking(world, epoch)] : accruals;
      },
    };
  };
}

function marking({ network, rewardAuthority }: World, expectedEpoch: bigint): TransactionPlan {
  const accounts = { authority: rewardAuthority.address, poolOverview: network.poolOverview };
  const instruction = markEpochAsFinalizing(accounts, { expectedEpoch }, network.stakingProgram);
  return { instructions: [instruction], signers: [rewardAuthority] };
}

async function forestOf(
  { network }: World,
  places: readonly PoolPlace[],
  pools: readonly OperatorPool[],
  epoch: bigint,
  forgotten: number,
): Promise<Forest> {
  const eligible = places.filter((_, index) => {
    const pool = pools[index];
    const isOpen = pool?.closedAtEpoch === null || (pool?.closedAtEpoch ?? 0n) >= epoch;
    return isOpen && (pool?.joinedAtEpoch ?? epoch) < epoch && !(epoch === EPOCH_WITH_A_GAP && index === forgotten);
  });
  const shares = eligible.map(({ pool }) => ({ key: fromBase58(pool), weight: 1n }));
  const { value } = await network.rpc.getTokenAccountBalance(network.usdcVault, { commitment: 'confirmed' }).send();
  const overview = await readOverview(network);
  const usdcTotal = (BigInt(value.amount) - overview.unclaimedUsdc) / USDC_PART;
  const rewards = splitAmount(emissionOf(epoch as RewardEpoch), shares);
  const usdc = splitAmount(usdcTotal, shares);
  return buildForest(
    shares.map(({ key }, index) => ({ pool: key, reward: rewards[index] ?? 0n, usdc: usdc[index] ?? 0n })),
  );
}

async function commitment(
  { network, rewardAuthority }: World,
  epoch: bigint,
  forest: Forest,
): Promise<TransactionPlan> {
  const sum = (pick: (leaf: Forest['leaves'][number]) => bigint) =>
    forest.leaves.reduce((all, leaf) => all + pick(leaf), 0n);
  const instruction = createRewardRecord(
    {
      payer: rewardAuthority.address,
      authority: rewardAuthority.address,
      poolOverview: network.poolOverview,
      rewardRecord: await findRewardRecord(epoch, network.stakingProgram),
      rewardTokenAccount: network.rewardVault,
      usdcTokenAccount: network.usdcVault,
    },
    {
      merkleRoots: rootsOf(forest),
      totalRewards: sum(({ reward }) => reward),
      totalUsdcPayout: sum(({ usdc }) => usdc),
    },
    network.stakingProgram,
  );
  return { instructions: [instruction], signers: [rewardAuthority] };
}

async function accrualsOf(
  world: World,
  places: readonly PoolPlace[],
  pools: readonly OperatorPool[],
  completed: bigint,
  forests: ReadonlyMap<bigint, Forest>,
): Promise<TransactionPlan[]> {
  const plans = places.map(async (place, index) => {
    const pool = pools[index];
    const epoch = (pool?.rewardLastClaimedEpoch ?? completed) + 1n;
    const forest = forests.get(epoch);
    const isOver = pool?.closedAtEpoch !== null && (pool?.closedAtEpoch ?? 0n) < epoch;
    if (pool === undefined || forest === undefined || epoch > completed || isOver) return null;
    return accrual(world, place, pool, epoch, forest);
  });
  return (await Promise.all(plans)).filter((plan) => plan !== null);
}

async function accrual(
  { network, rewardAuthority }: World,
  place: PoolPlace,
  pool: OperatorPool,
  epoch: bigint,
  forest: Forest,
): Promise<TransactionPlan | null> {
  const key = Buffer.from(fromBase58(place.pool));
  const position = forest.leaves.findIndex((leaf) => key.equals(leaf.pool));
  const leaf = forest.leaves[position];
  const tree = forest.trees[Math.floor(position / forest.treeCapacity)];
  if (leaf === undefined || tree === undefined) return null;
  const instruction = accrueReward(
    {
      poolOverview: network.poolOverview,
      rewardRecord: await findRewardRecord(epoch, network.stakingProgram),
      operatorPool: place.pool,
      operatorStakingRecord: pool.operatorStakingRecord,
      rewardTokenAccount: network.rewardVault,
      usdcTokenAccount: network.usdcVault,
      stakedTokenAccount: place.vaults.stakedToken,
      rewardFeeTokenAccount: place.vaults.rewardCommission,
      usdcFeeTokenAccount: place.vaults.usdcCommission,
      poolUsdcVault: place.vaults.delegatorUsdc,
    },
    {
      merkleIndex: Math.floor(position / forest.treeCapacity),
      ...proofOf(tree, position % forest.treeCapacity),
      rewardAmount: leaf.reward,
      usdcAmount: leaf.usdc,
    },
    network.stakingProgram,
  );
  return { instructions: [instruction], signers: [rewardAuthority] };
}
