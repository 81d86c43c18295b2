/**
 * The overview of the staking program beside a governance: its account with an admin of the test's choice.
 * @module
 */
import { type Address, getProgramDerivedAddress } from '@solana/kit';
import {
  decodePoolOverview,
  encodePoolOverview,
  type PoolOverview,
  STAKING_PROGRAM_ADDRESS,
} from '../../../programs/staking/client.generated.ts';
import { addressOf } from '../svm.ts';
import type { Chamber } from './chamber.ts';

const SPACE = 1_024;

export async function putOverview({ svm, at }: Chamber, programAdmin: Address): Promise<void> {
  const [, bump] = await getProgramDerivedAddress({
    programAddress: STAKING_PROGRAM_ADDRESS,
    seeds: ['PoolOverview'],
  });
  const nobody = addressOf('nobody');
  const state: PoolOverview = {
    mint: addressOf('INT'),
    bump,
    programAdmin,
    rewardDistributionAuthorities: [],
    haltAuthorities: [],
    slashingAuthorities: [],
    slashingDestinationUsdcAccount: nobody,
    slashingDestinationTokenAccount: nobody,
    slashingDelaySeconds: 86_400n,
    isEpochFinalizing: false,
    isStakingHalted: false,
    isWithdrawalHalted: false,
    isAccrueRewardHalted: false,
    allowPoolCreation: true,
    operatorPoolRegistrationFee: 0n,
    registrationFeePayoutWallet: nobody,
    minOperatorTokenStake: 0n,
    delegatorUnstakeDelaySeconds: 0n,
    operatorUnstakeDelaySeconds: 0n,
    totalPools: 0n,
    completedRewardEpoch: 0n,
    unclaimedRewards: 0n,
    unclaimedUsdc: 0n,
  };
  const data = new Uint8Array(SPACE);
  data.set(encodePoolOverview(state));
  svm.put(at.poolOverview, data, STAKING_PROGRAM_ADDRESS);
}

export function overviewOf({ svm, at }: Chamber): PoolOverview {
  return decodePoolOverview(svm.data(at.poolOverview));
}
