/**
 * Delegators of a simulated day: they come, add, collect USDC, leave in parts or whole, think better of it, and close
 * their record when nothing is left in it.
 * @module
 */
import type { Address, Instruction } from '@solana/kit';
import { getCreateAssociatedTokenIdempotentInstruction } from '@solana-program/token';
import {
  cancelUnstake,
  claimUnstake,
  claimUsdcEarnings,
  closeStakingRecord,
  decodeStakingRecord,
  type OperatorPool,
  type StakingRecord,
  unstake,
} from '../../../../programs/staking/client.generated.ts';
import { findStakingRecord } from '../../addresses.ts';
import { delegation, delegatorWallet } from '../../delegators.ts';
import { readAccounts, tokenAccountOf, USDC_MINT } from '../../network.ts';
import type { Random } from '../../random.ts';
import type { TransactionPlan } from '../../sign-plan.ts';
import { asSigner } from '../../signer.ts';
import type { Actors, Moment, World } from '../actors.ts';
import { inTurn } from '../turns.ts';
import { locatePools, type PoolPlace, readPools } from './pools.ts';

const DELEGATORS_PER_POOL = 3;
/** Chance that a delegator does something in a tick. */
const ACTS = 0.02;
const LEAVES_WHOLE = 0.3;
/** The same once the pool has closed. */
const LEAVES_CLOSED = 0.3;

interface Staker {
  readonly index: number;
  readonly place: PoolPlace;
  readonly poolIndex: number;
  readonly record: Address;
}

export async function createStakers(world: World): Promise<Actors> {
  const { network } = world;
  const places = await locatePools(network, world.providers);
  const stakers = await Promise.all(
    places.flatMap((place, poolIndex) =>
      Array.from({ length: DELEGATORS_PER_POOL }, async (_, offset): Promise<Staker> => {
        const index = poolIndex * DELEGATORS_PER_POOL + offset;
        const owner = delegatorWallet(network, index).address;
        return { index, place, poolIndex, record: await findStakingRecord(place.pool, owner, network.stakingProgram) };
      }),
    ),
  );
  const random = world.randomOf('stakers');
  return {
    name: 'stakers',
    async act({ nowSeconds }: Moment) {
      const pools = await readPools(network, places);
      const isClosed = ({ poolIndex }: Staker) => pools[poolIndex]?.closedAtEpoch !== null;
      const active = stakers.filter((staker) => random.chance(isClosed(staker) ? LEAVES_CLOSED : ACTS));
      const accounts = await readAccounts(
        network,
        active.map(({ record }) => record),
      );
      const plans = await inTurn([...active.entries()], async ([index, staker]) => {
        const data = accounts[index];
        const pool = pools[staker.poolIndex];
        if (pool === undefined) return null;
        if (data) return decide(world, staker, decodeStakingRecord(data), pool, nowSeconds, random);
        if (isClosed(staker)) return null;
        return delegation(network, staker.index, staker.place.plan, random, pool.operatorStakingRecord);
      });
      return plans.filter((plan) => plan !== null);
    },
  };
}

async function decide(
  world: World,
  staker: Staker,
  record: StakingRecord,
  pool: OperatorPool,
  nowSeconds: bigint,
  random: Random,
): Promise<TransactionPlan | null> {
  const { network } = world;
  const { place } = staker;
  const wallet = delegatorWallet(network, staker.index);
  const shared = {
    owner: wallet.address,
    poolOverview: network.poolOverview,
    operatorPool: place.pool,
    ownerStakingRecord: staker.record,
    operatorStakingRecord: pool.operatorStakingRecord,
  };
  const plan = (...instructions: readonly Instruction[]): TransactionPlan => ({
    instructions,
    signers: [network.admin, wallet],
  });
  const isClosed = pool.closedAtEpoch !== null;
  if (record.tokensUnstakeAmount > 0n) {
    if (!isClosed && random.chance(0.3)) return plan(cancelUnstake(shared, network.stakingProgram));
    if (nowSeconds < record.unstakeAtTimestamp) return null;
    const ownerTokenAccount = await tokenAccountOf(wallet.address, network.intMint.address);
    const accounts = { ...shared, ownerTokenAccount, stakedTokenAccount: place.vaults.stakedToken };
    return plan(claimUnstake(accounts, network.stakingProgram));
  }
  if (record.shares === 0n && record.accruedUsdcEarnings === 0n) {
    const accounts = { ...shared, receiver: network.admin.address };
    return plan(closeStakingRecord(accounts, network.stakingProgram));
  }
  if (record.shares > 0n && (isClosed || random.chance(0.5))) {
    const sharesAmount = isClosed || random.chance(LEAVES_WHOLE) ? record.shares : record.shares / 2n + 1n;
    return plan(unstake(shared, { sharesAmount }, network.stakingProgram));
  }
  return plan(...(await usdcClaim(world, staker)));
}

async function usdcClaim({ network }: World, { index, place, record }: Staker): Promise<Instruction[]> {
  const owner = delegatorWallet(network, index).address;
  const destination = await tokenAccountOf(owner, USDC_MINT);
  return [
    getCreateAssociatedTokenIdempotentInstruction({
      payer: asSigner(network.admin),
      ata: destination,
      owner,
      mint: USDC_MINT,
    }),
    claimUsdcEarnings(
      {
        owner,
        poolOverview: network.poolOverview,
        operatorPool: place.pool,
        stakingRecord: record,
        poolUsdcVault: place.vaults.delegatorUsdc,
        destination,
      },
      network.stakingProgram,
    ),
  ];
}
