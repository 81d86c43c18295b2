/**
 * Operators of a simulated day: they collect commission, change rates and profiles, hand a pool to another admin or
 * another staking record, pass over an epoch that forgot them, close a pool and sweep what is left.
 * @module
 */
import type { Instruction } from '@solana/kit';
import { getCreateAssociatedTokenIdempotentInstruction, getTransferInstruction } from '@solana-program/token';
import {
  accrueRewardEmergencyBypass,
  changeOperatorAdmin,
  changeOperatorStakingRecord,
  claimUnstake,
  claimUsdcEarnings,
  closeOperatorPool,
  createStakingRecord,
  decodeStakingRecord,
  type OperatorPool,
  sweepClosedPoolUsdcDust,
  unstake,
  updateOperatorPool,
  withdrawOperatorRewardCommission,
  withdrawOperatorUsdcCommission,
} from '../../../../programs/staking/client.generated.ts';
import { findRewardRecord, findStakingRecord } from '../../addresses.ts';
import { MIN_OPERATOR_STAKE } from '../../genesis.ts';
import { readAccounts, tokenAccountOf } from '../../network.ts';
import { stakeInstruction } from '../../onboarding.ts';
import type { Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import { seededWallet } from '../../wallet.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { locatePools, type PoolPlace, readOverview, readPools } from './pools.ts';

/** Pools, by number of their provider, that do what only few pools do in a day. */
export interface RareOperators {
  readonly forgotten: number;
  readonly handsOver: number;
  readonly movesRecord: number;
  readonly closes: number;
}

const COLLECTS = 0.02;
const CHANGES_PROFILE = 0.002;
const BPS_STEP = 100;

export function createOperators(rare: RareOperators) {
  return async (world: World): Promise<Actors> => {
    const places = await locatePools(world.network, world.providers);
    const random = world.randomOf('operators');
    return {
      name: 'operators',
      async act(moment: Moment) {
        const pools = await readPools(world.network, places);
        const usual = places.flatMap((place, index) => usualPlans(world, place, pools[index], index, random));
        return [...usual, ...(await rarePlans(world, places, pools, moment, rare))];
      },
    };
  };
}

/** The admin of `handsOver` changes; nobody else's does. */
function adminOf(world: World, place: PoolPlace, pool: OperatorPool) {
  return pool.admin === place.plan.wallet.address ? place.plan.wallet : successorOf(world);
}

function successorOf({ network }: World) {
  return seededWallet(network.seed, 'successor', 0);
}

function usualPlans(world: World, place: PoolPlace, pool: OperatorPool | undefined, index: number, random: Random) {
  if (pool === undefined) return [];
  const { network } = world;
  const admin = adminOf(world, place, pool);
  const accounts = { admin: admin.address, poolOverview: network.poolOverview, operatorPool: place.pool };
  const plan = (instruction: Instruction): TransactionPlan => ({
    instructions: [instruction],
    signers: [network.admin, admin],
  });
  if (random.chance(COLLECTS)) {
    const reward = withdrawOperatorRewardCommission(
      { ...accounts, rewardFeeTokenAccount: place.vaults.rewardCommission, destination: place.intAccount },
      network.stakingProgram,
    );
    const usdc = withdrawOperatorUsdcCommission(
      { ...accounts, usdcFeeTokenAccount: place.vaults.usdcCommission, destination: place.usdcAccount },
      network.stakingProgram,
    );
    return [plan(reward), plan(usdc)];
  }
  if (!random.chance(CHANGES_PROFILE)) return [];
  const unchanged = { allowDelegation: null, description: null, avatarImageUrl: null, operatorAuthKeys: null };
  const args = {
    ...unchanged,
    newRewardCommissionRateBps: { rateBps: random.integer(0, 20) * BPS_STEP },
    newUsdcCommissionRateBps: { rateBps: random.integer(0, 20) * BPS_STEP },
    autoStakeFees: random.chance(0.5),
    name: `operator-${index + 1} renamed`,
    websiteUrl: 'https://operator.example',
  };
  return [plan(updateOperatorPool(accounts, args, network.stakingProgram))];
}

async function rarePlans(
  world: World,
  places: readonly PoolPlace[],
  pools: readonly OperatorPool[],
  moment: Moment,
  rare: RareOperators,
): Promise<TransactionPlan[]> {
  const at = (index: number) => ({ place: places[index], pool: pools[index] });
  const plans = await Promise.all([
    bypass(world, at(rare.forgotten)),
    handOver(world, at(rare.handsOver), moment),
    moveRecord(world, at(rare.movesRecord), moment),
    close(world, at(rare.closes), moment),
  ]);
  return plans.filter((plan) => plan !== null);
}

interface OnePool {
  readonly place: PoolPlace | undefined;
  readonly pool: OperatorPool | undefined;
}

/** Possible once two records are there beyond the last one that the pool accrued. */
async function bypass(world: World, { place, pool }: OnePool): Promise<TransactionPlan | null> {
  const { network } = world;
  if (place === undefined || pool === undefined) return null;
  const { completedRewardEpoch } = await readOverview(network);
  const last = pool.rewardLastClaimedEpoch;
  if (last !== 1n || completedRewardEpoch < last + 2n) return null;
  const instruction = accrueRewardEmergencyBypass(
    {
      admin: place.plan.wallet.address,
      poolOverview: network.poolOverview,
      operatorPool: place.pool,
      currentPoolRewardRecord: await findRewardRecord(last + 1n, network.stakingProgram),
      nextPoolRewardRecord: await findRewardRecord(last + 2n, network.stakingProgram),
    },
    network.stakingProgram,
  );
  return { instructions: [instruction], signers: [network.admin, place.plan.wallet] };
}

/** In the third part of the day, and while no epoch is being finalized. */
async function handOver(world: World, { place, pool }: OnePool, { tick }: Moment): Promise<TransactionPlan | null> {
  const { network } = world;
  if (place === undefined || pool === undefined || pool.admin !== place.plan.wallet.address) return null;
  if (tick < world.tickCount / 3 || (await readOverview(network)).isEpochFinalizing) return null;
  const successor = successorOf(world);
  const instruction = changeOperatorAdmin(
    {
      admin: pool.admin,
      newAdmin: successor.address,
      poolOverview: network.poolOverview,
      operatorPool: place.pool,
    },
    network.stakingProgram,
  );
  return { instructions: [instruction], signers: [network.admin, place.plan.wallet, successor] };
}

/** A deputy stakes what an operator has to hold; the pool's record then becomes the deputy's. */
async function moveRecord(world: World, { place, pool }: OnePool, { tick }: Moment): Promise<TransactionPlan | null> {
  const { network } = world;
  if (place === undefined || pool === undefined || tick < world.tickCount / 4) return null;
  if (pool.operatorStakingRecord !== place.firstRecord) return null;
  const { admin, intMint, stakingProgram } = network;
  const deputy = seededWallet(network.seed, 'deputy', 0);
  const record = await findStakingRecord(place.pool, deputy.address, stakingProgram);
  const [ata, source] = await Promise.all([
    tokenAccountOf(deputy.address, intMint.address),
    tokenAccountOf(admin.address, intMint.address),
  ]);
  const amount = 2n * MIN_OPERATOR_STAKE;
  const accounts = {
    payer: admin.address,
    owner: deputy.address,
    operatorPool: place.pool,
    ownerStakingRecord: record,
  };
  const instructions = [
    getCreateAssociatedTokenIdempotentInstruction({
      payer: asSigner(admin),
      ata,
      owner: deputy.address,
      mint: intMint.address,
    }),
    getTransferInstruction({ source, destination: ata, authority: asSigner(admin), amount }),
    createStakingRecord(accounts, stakingProgram),
    await stakeInstruction(network, deputy.address, place.plan.wallet.address, amount),
    changeOperatorStakingRecord(
      {
        admin: place.plan.wallet.address,
        owner: deputy.address,
        poolOverview: network.poolOverview,
        operatorPool: place.pool,
        operatorStakingRecord: place.firstRecord,
        newStakingRecord: record,
      },
      stakingProgram,
    ),
  ];
  return { instructions, signers: [admin, deputy, place.plan.wallet] };
}

/** Closes in the second part of the day; the operator leaves after the closing epoch, then sweeps. */
async function close(
  world: World,
  { place, pool }: OnePool,
  { tick, nowSeconds }: Moment,
): Promise<TransactionPlan | null> {
  const { network } = world;
  if (place === undefined || pool === undefined || tick < world.tickCount / 4) return null;
  const { wallet } = place.plan;
  const accounts = { admin: wallet.address, poolOverview: network.poolOverview, operatorPool: place.pool };
  const plan = (instruction: Instruction): TransactionPlan => ({
    instructions: [instruction],
    signers: [network.admin, wallet],
  });
  if (pool.closedAtEpoch === null) return plan(closeOperatorPool(accounts, network.stakingProgram));
  if (pool.rewardLastClaimedEpoch < pool.closedAtEpoch) return null;
  const leaving = await leave(world, place, pool, nowSeconds);
  if (leaving !== null) return plan(leaving);
  const isEmpty = pool.totalShares === 0n && pool.totalUnstaking === 0n;
  const { completedRewardEpoch } = await readOverview(network);
  const [vault] = await readAccounts(network, [place.vaults.delegatorUsdc]);
  if (!isEmpty || completedRewardEpoch <= pool.closedAtEpoch || vault === null) return null;
  const sweep = {
    ...accounts,
    operatorUsdcVault: place.vaults.delegatorUsdc,
    adminUsdcAccount: place.usdcAccount,
  };
  return plan(sweepClosedPoolUsdcDust(sweep, network.stakingProgram));
}

async function leave(
  { network }: World,
  place: PoolPlace,
  pool: OperatorPool,
  nowSeconds: bigint,
): Promise<Instruction | null> {
  const [data] = await readAccounts(network, [place.firstRecord]);
  if (data === null || data === undefined) return null;
  const record = decodeStakingRecord(data);
  const owner = place.plan.wallet.address;
  const shared = {
    owner,
    poolOverview: network.poolOverview,
    operatorPool: place.pool,
    ownerStakingRecord: place.firstRecord,
    operatorStakingRecord: pool.operatorStakingRecord,
  };
  if (record.shares > 0n) return unstake(shared, { sharesAmount: record.shares }, network.stakingProgram);
  if (record.tokensUnstakeAmount > 0n) {
    if (nowSeconds < record.unstakeAtTimestamp) return null;
    const accounts = { ...shared, ownerTokenAccount: place.intAccount, stakedTokenAccount: place.vaults.stakedToken };
    return claimUnstake(accounts, network.stakingProgram);
  }
  if (record.accruedUsdcEarnings === 0n) return null;
  return claimUsdcEarnings(
    {
      owner,
      poolOverview: network.poolOverview,
      operatorPool: place.pool,
      stakingRecord: place.firstRecord,
      poolUsdcVault: place.vaults.delegatorUsdc,
      destination: place.usdcAccount,
    },
    network.stakingProgram,
  );
}
