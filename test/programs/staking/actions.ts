/**
 * Instructions on a pool's life after its creation: leaving, claiming, slashing, closing.
 *
 * In: a network, a pool, who acts. Out: the instruction, with the accounts an honest client passes.
 * @module
 */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import * as staking from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import { ADMIN, type Pool, REWARD_AUTHORITY, type StakingNetwork, TOKEN_MINT, USDC_MINT } from './network.ts';

export const HALT_AUTHORITY = addressOf('halt authority');
export const SLASHING_AUTHORITY = addressOf('slashing authority');
const SLASHING_TREASURY = addressOf('slashing treasury');
export const SLASHED_TOKENS = addressOf('slashing tokens');
export const SLASHED_USDC = addressOf('slashing usdc');

type UpdateArgs = Parameters<typeof staking.updateOperatorPool>[1];

const UNCHANGED: UpdateArgs = {
  newRewardCommissionRateBps: null,
  newUsdcCommissionRateBps: null,
  allowDelegation: null,
  autoStakeFees: null,
  name: null,
  description: null,
  websiteUrl: null,
  avatarImageUrl: null,
  operatorAuthKeys: null,
};

/** Name the authorities that halt and slash, and open the accounts that slashing pays to. */
export function appoint(network: StakingNetwork): void {
  network.svm.putTokens(SLASHED_TOKENS, TOKEN_MINT, SLASHING_TREASURY, 0n);
  network.svm.putTokens(SLASHED_USDC, USDC_MINT, SLASHING_TREASURY, 0n);
  const lists = {
    newRewardDistributionAuthorities: [REWARD_AUTHORITY],
    newHaltAuthorities: [HALT_AUTHORITY],
    newSlashingAuthorities: [SLASHING_AUTHORITY],
  };
  const accounts = { programAdmin: ADMIN, poolOverview: network.places.overview };
  network.svm.run(staking.updatePoolOverviewAuthorities(accounts, lists, network.programAddress));
}

/** The USDC account that tests use for a holder; opened empty by the first call. */
export function usdcOf({ svm }: StakingNetwork, holder: Address): Address {
  const address = addressOf(`usdc of ${holder}`);
  return svm.exists(address) ? address : svm.putTokens(address, USDC_MINT, holder, 0n);
}

export async function unstake(
  network: StakingNetwork,
  owner: Address,
  pool: Pool,
  sharesAmount: bigint,
): Promise<ProgramInstruction> {
  const accounts = {
    owner,
    poolOverview: network.places.overview,
    operatorPool: pool.address,
    ownerStakingRecord: await recordAt(network, owner, pool),
    operatorStakingRecord: pool.record,
  };
  return staking.unstake(accounts, { sharesAmount }, network.programAddress);
}

export async function claimUnstake(network: StakingNetwork, owner: Address, pool: Pool): Promise<ProgramInstruction> {
  return staking.claimUnstake(
    {
      owner,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      ownerStakingRecord: await recordAt(network, owner, pool),
      operatorStakingRecord: pool.record,
      ownerTokenAccount: network.walletOf(owner),
      stakedTokenAccount: pool.vaults.stakedToken,
    },
    network.programAddress,
  );
}

export async function cancelUnstake(network: StakingNetwork, owner: Address, pool: Pool): Promise<ProgramInstruction> {
  const ownerStakingRecord = await recordAt(network, owner, pool);
  const accounts = { owner, poolOverview: network.places.overview, operatorPool: pool.address, ownerStakingRecord };
  return staking.cancelUnstake(accounts, network.programAddress);
}

export async function claimUsdc(network: StakingNetwork, owner: Address, pool: Pool): Promise<ProgramInstruction> {
  return staking.claimUsdcEarnings(
    {
      owner,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      stakingRecord: await recordAt(network, owner, pool),
      poolUsdcVault: pool.vaults.delegatorUsdc,
      destination: usdcOf(network, owner),
    },
    network.programAddress,
  );
}

/** Close the record of `owner` in `pool`, judged by `judge`, which an honest client never makes another pool. */
export async function closeRecord(
  network: StakingNetwork,
  owner: Address,
  pool: Pool,
  judge = pool,
): Promise<ProgramInstruction> {
  const ownerStakingRecord = await recordAt(network, owner, pool);
  const receiver = addressOf(`receiver of ${owner}`);
  const accounts = { receiver, owner, ownerStakingRecord, operatorPool: judge.address };
  return staking.closeStakingRecord(accounts, network.programAddress);
}

export function halt(network: StakingNetwork, pool: Pool, isHalted = true): ProgramInstruction {
  const accounts = {
    authority: HALT_AUTHORITY,
    poolOverview: network.places.overview,
    operatorPool: pool.address,
  };
  return staking.setHaltStatus(accounts, { isHalted }, network.programAddress);
}

export function slash(network: StakingNetwork, pool: Pool, sharesAmount: bigint): ProgramInstruction {
  return staking.slashStake(
    {
      authority: SLASHING_AUTHORITY,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      operatorStakingRecord: pool.record,
      stakedTokenAccount: pool.vaults.stakedToken,
      poolUsdcVault: pool.vaults.delegatorUsdc,
      rewardFeeTokenAccount: pool.vaults.rewardCommission,
      usdcFeeTokenAccount: pool.vaults.usdcCommission,
      slashingDestinationTokenAccount: SLASHED_TOKENS,
      slashingDestinationUsdcAccount: SLASHED_USDC,
    },
    { sharesAmount },
    network.programAddress,
  );
}

/** Skip the epochs from `epoch`, the pool's next one; `epoch + 1` must have a record. */
export async function bypass(
  network: StakingNetwork,
  pool: Pool,
  epoch: bigint,
  admin = pool.admin,
): Promise<ProgramInstruction> {
  return staking.accrueRewardEmergencyBypass(
    {
      admin,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      currentPoolRewardRecord: await network.rewardRecordAt(epoch),
      nextPoolRewardRecord: await network.rewardRecordAt(epoch + 1n),
    },
    network.programAddress,
  );
}

export function updatePool(network: StakingNetwork, pool: Pool, changes: Partial<UpdateArgs>): ProgramInstruction {
  const accounts = { admin: pool.admin, poolOverview: network.places.overview, operatorPool: pool.address };
  return staking.updateOperatorPool(accounts, { ...UNCHANGED, ...changes }, network.programAddress);
}

export function changeAdmin(network: StakingNetwork, pool: Pool, newAdmin: Address): ProgramInstruction {
  const accounts = { admin: pool.admin, newAdmin, poolOverview: network.places.overview, operatorPool: pool.address };
  return staking.changeOperatorAdmin(accounts, network.programAddress);
}

/** Make the record of `owner` the operator's. */
export async function changeRecord(network: StakingNetwork, pool: Pool, owner: Address): Promise<ProgramInstruction> {
  return staking.changeOperatorStakingRecord(
    {
      admin: pool.admin,
      owner,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      operatorStakingRecord: pool.record,
      newStakingRecord: await recordAt(network, owner, pool),
    },
    network.programAddress,
  );
}

export function withdrawRewards(network: StakingNetwork, pool: Pool): ProgramInstruction {
  return staking.withdrawOperatorRewardCommission(
    {
      admin: pool.admin,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      rewardFeeTokenAccount: pool.vaults.rewardCommission,
      destination: network.walletOf(pool.admin),
    },
    network.programAddress,
  );
}

export function withdrawUsdc(network: StakingNetwork, pool: Pool): ProgramInstruction {
  return staking.withdrawOperatorUsdcCommission(
    {
      admin: pool.admin,
      poolOverview: network.places.overview,
      operatorPool: pool.address,
      usdcFeeTokenAccount: pool.vaults.usdcCommission,
      destination: usdcOf(network, pool.admin),
    },
    network.programAddress,
  );
}

export function closePool(network: StakingNetwork, pool: Pool): ProgramInstruction {
  const accounts = { admin: pool.admin, poolOverview: network.places.overview, operatorPool: pool.address };
  return staking.closeOperatorPool(accounts, network.programAddress);
}

export function sweep(network: StakingNetwork, pool: Pool): ProgramInstruction {
  return staking.sweepClosedPoolUsdcDust(
    {
      admin: pool.admin,
      operatorPool: pool.address,
      operatorUsdcVault: pool.vaults.delegatorUsdc,
      adminUsdcAccount: usdcOf(network, pool.admin),
      poolOverview: network.places.overview,
    },
    network.programAddress,
  );
}

export function recordAt(network: StakingNetwork, owner: Address, pool: Pool): Promise<Address> {
  return network.recordAt(owner, pool);
}
