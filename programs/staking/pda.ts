/**
 * Program-derived addresses of the staking program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import { type Address, getAddressEncoder, getProgramDerivedAddress, getU64Encoder } from '@solana/kit';
import { STAKING_PROGRAM_ADDRESS } from './client.generated.ts';

const addressEncoder = getAddressEncoder();
const u64Encoder = getU64Encoder();

async function derive(programAddress: Address, name: string, ...keys: readonly Address[]): Promise<Address> {
  const seeds = [name, ...keys.map((key) => addressEncoder.encode(key))];
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

/** The one `PoolOverview`. */
export function findPoolOverview(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'PoolOverview');
}

/** @param initialPoolAdmin admin at creation; later changes of admin do not move the pool */
export function findOperatorPool(
  initialPoolAdmin: Address,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'OperatorPool', initialPoolAdmin);
}

export function findStakingRecord(
  operatorPool: Address,
  owner: Address,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<Address> {
  return derive(programAddress, 'StakingRecord', operatorPool, owner);
}

export async function findRewardRecord(
  epoch: bigint,
  programAddress: Address = STAKING_PROGRAM_ADDRESS,
): Promise<Address> {
  const seeds = ['RewardRecord', u64Encoder.encode(epoch)];
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

/** Token vault the emission is paid from. */
export function findGlobalTokenRewardVault(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'GlobalTokenRewardVault');
}

/** USDC vault that epochs pay out of; the marketplace pays into it. */
export function findGlobalUsdcEarningsVault(programAddress: Address = STAKING_PROGRAM_ADDRESS): Promise<Address> {
  return derive(programAddress, 'GlobalUsdcEarningsVault');
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
    derive(programAddress, 'PoolStakedTokenVault', operatorPool),
    derive(programAddress, 'PoolRewardCommissionTokenVault', operatorPool),
    derive(programAddress, 'PoolUsdcCommissionTokenVault', operatorPool),
    derive(programAddress, 'PoolDelegatorUsdcEarningsVault', operatorPool),
  ]);
  return { stakedToken, rewardCommission, usdcCommission, delegatorUsdc };
}
