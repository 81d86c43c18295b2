/**
 * Program-derived addresses of the staking program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import type { Address } from '@solana/kit';
import { deriveAddress } from '../client/derive-address.ts';
import { STAKING_PROGRAM_ADDRESS } from './client.generated.ts';

/** The one `PoolOverview`. */
export function findPoolOverview(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'PoolOverview');
}

/** @param initialPoolAdmin admin at creation; later changes of admin do not move the pool */
export function findOperatorPool(
  initialPoolAdmin: Address,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'OperatorPool', initialPoolAdmin);
}

export function findStakingRecord(
  operatorPool: Address,
  owner: Address,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'StakingRecord', operatorPool, owner);
}

export function findRewardRecord(epoch: bigint, programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'RewardRecord', epoch);
}

/** Token vault the emission is paid from. */
export function findGlobalTokenRewardVault(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'GlobalTokenRewardVault');
}

/** USDC vault that epochs pay out of; the marketplace pays into it. */
export function findGlobalUsdcEarningsVault(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'GlobalUsdcEarningsVault');
}

export type PoolVaults = {
  readonly stakedToken: Address;
  readonly rewardCommission: Address;
  readonly usdcCommission: Address;
  readonly delegatorUsdc: Address;
};

/** The four token accounts of a pool. */
export async function findPoolVaults(
  operatorPool: Address,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<PoolVaults> {
  const [stakedToken, rewardCommission, usdcCommission, delegatorUsdc] = await Promise.all([
    deriveAddress(programAddress, 'PoolStakedTokenVault', operatorPool),
    deriveAddress(programAddress, 'PoolRewardCommissionTokenVault', operatorPool),
    deriveAddress(programAddress, 'PoolUsdcCommissionTokenVault', operatorPool),
    deriveAddress(programAddress, 'PoolDelegatorUsdcEarningsVault', operatorPool),
  ]);
  return { stakedToken, rewardCommission, usdcCommission, delegatorUsdc };
}
