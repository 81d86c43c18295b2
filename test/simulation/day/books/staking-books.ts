/**
 * What holds of the staking program whatever has happened: shares and unstaking tokens of a pool are the sum of its
 * records, its vaults hold what is owed, the global vaults hold what is still to be accrued.
 * @module
 */
import type { Address } from '@solana/kit';
import type { OperatorPool, StakingRecord } from '../../../../programs/staking/client.generated.ts';
import { findPoolVaults } from '../../addresses.ts';
import { Audit, grouped, sum } from './audit.ts';
import { type Books, balanceOf, theOne } from './books.ts';

const USDC_PRECISION = 10n ** 18n;

export async function auditStaking(books: Books): Promise<Audit> {
  const audit = new Audit();
  const { overviews, pools, records } = books.staking;
  const byPool = grouped(records.values(), ({ operatorPool }) => operatorPool);
  for (const [address, pool] of pools) await auditPool(audit, books, address, pool, byPool.get(address) ?? []);
  const overview = theOne(overviews);
  const states = [...pools.values()];
  const rewards = sum(states.map((state) => state.accruedRewards + state.accruedRewardCommission));
  const usdc = sum(states.map((state) => state.accruedDelegatorUsdc + state.accruedUsdcCommission));
  audit.same('pools', overview.totalPools, BigInt(pools.size));
  audit.atLeast('reward vault', balanceOf(books, books.network.rewardVault), overview.unclaimedRewards);
  audit.atLeast('global USDC vault', balanceOf(books, books.network.usdcVault), overview.unclaimedUsdc);
  audit.atLeast('rewards to come', overview.unclaimedRewards, rewards);
  audit.atLeast('USDC to come', overview.unclaimedUsdc, usdc);
  return audit;
}

async function auditPool(
  audit: Audit,
  books: Books,
  address: Address,
  pool: OperatorPool,
  records: readonly StakingRecord[],
): Promise<void> {
  const vaults = await findPoolVaults(address, books.network.stakingProgram);
  audit.same(`shares of ${address}`, pool.totalShares, sum(records.map(({ shares }) => shares)));
  const unstaking = sum(records.map(({ tokensUnstakeAmount }) => tokensUnstakeAmount));
  audit.same(`unstaking of ${address}`, pool.totalUnstaking, unstaking);
  audit.atLeast(`tokens by shares of ${address}`, pool.totalStakedAmount, pool.totalShares);
  const staked = balanceOf(books, vaults.stakedToken);
  audit.same(`stake vault of ${address}`, staked, pool.totalStakedAmount + pool.totalUnstaking);
  const owed = records.map(
    ({ shares, accruedUsdcEarnings, lastSettledUsdcPerShare }) =>
      accruedUsdcEarnings + (shares * (pool.cumulativeUsdcPerShare - lastSettledUsdcPerShare)) / USDC_PRECISION,
  );
  audit.atLeast(`USDC of ${address}`, balanceOf(books, vaults.delegatorUsdc), sum(owed));
}
