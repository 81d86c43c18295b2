/** Every numbered error of the staking program is reached by its cause. */
import type { Address } from '@solana/kit';
import type { ProgramInstruction } from '../../../programs/client/instruction.ts';
import { updatePoolOverviewAuthorities } from '../../../programs/staking/client.generated.ts';
import { describeErrors, type Refusal } from '../error-cases.ts';
import { addressOf } from '../svm.ts';
import { addressBytes } from '../transaction-bytes.ts';
import * as act from './actions.ts';
import { withAccount } from './instruction-edits.ts';
import {
  ADMIN,
  EMISSION_OF_FIRST_EPOCHS,
  PAYOUT_WALLET,
  type Pool,
  StakingNetwork,
  TOKEN_MINT,
  USDC_MINT,
} from './network.ts';

const NOBODY = addressOf('nobody');
const ROOT = addressBytes(addressOf('root'));

interface Stage {
  readonly network: StakingNetwork;
  readonly pool: Pool;
  readonly delegator: Address;
}

/** A pool with stake of its operator (1000) and a delegator (500), then `make` the instruction that is refused. */
function staked(make: (stage: Stage) => ProgramInstruction | Promise<ProgramInstruction>) {
  return async (): Promise<Refusal> => {
    const network = await StakingNetwork.ready();
    act.appoint(network);
    const pool = await network.pool('operator');
    const delegator = await network.delegator('delegator', pool);
    network.svm.run(await network.stake(pool.admin, pool, 1_000n), await network.stake(delegator, pool, 500n));
    return { vm: network.svm.vm, instruction: await make({ network, pool, delegator }) };
  };
}

/** A pool about to be created with `change`. */
function creating(change: Parameters<StakingNetwork['createPool']>[1], settings = {}) {
  return async (): Promise<Refusal> => {
    const network = await StakingNetwork.ready(settings);
    const pool = await network.poolOf(addressOf('operator'));
    network.giveTokens(pool.admin, 1n);
    network.giveTokens(PAYOUT_WALLET, 0n);
    return { vm: network.svm.vm, instruction: network.createPool(pool, change) };
  };
}

/** An epoch being finalized over vaults with `rewards` and `usdc`, and a record of these totals. */
function recording(rewards: bigint, usdc: bigint, totalRewards = EMISSION_OF_FIRST_EPOCHS, totalUsdc = 0n) {
  return staked(async ({ network }) => {
    const { overview, rewardVault, usdcVault } = network.places;
    network.svm.putTokens(rewardVault, TOKEN_MINT, overview, rewards);
    network.svm.putTokens(usdcVault, USDC_MINT, overview, usdc);
    network.svm.run(network.mark(1n));
    return network.createReward(1n, [ROOT], totalRewards, totalUsdc);
  });
}

const halted = (make: (stage: Stage) => ProgramInstruction | Promise<ProgramInstruction>) =>
  staked((stage) => {
    stage.network.svm.run(act.halt(stage.network, stage.pool));
    return make(stage);
  });

const keys = (...names: readonly string[]) => ({ operatorAuthKeys: names.map(addressOf) });

describeErrors({
  folder: 'staking',
  unraised: {
    PoolMustBeClosed: 'a sweep of an open pool is PoolClosedEpochInvalid',
    InvalidEpoch: 'epochs count from 1',
  },
  cases: {
    StakingNotAllowed: staked(({ network, pool, delegator }) => {
      network.svm.run(act.updatePool(network, pool, { allowDelegation: false }));
      return network.stake(delegator, pool, 1n);
    }),
    UnstakingNotAllowed: halted(({ network, pool }) => act.unstake(network, pool.admin, pool, 1n)),
    UnclaimedRewards: staked(async ({ network, pool, delegator }) => {
      await network.record(1n, { pool, rewardAmount: 1n, usdcAmount: 0n });
      return act.unstake(network, delegator, pool, 1n);
    }),
    MinOperatorTokenStakeNotMet: staked(({ network, pool }) => {
      network.svm.run(network.update({ minOperatorTokenStake: 1_000n }));
      return act.unstake(network, pool.admin, pool, 1n);
    }),
    NoTokensToClaim: staked(({ network, pool, delegator }) => act.claimUnstake(network, delegator, pool)),
    PendingDelay: staked(async ({ network, pool, delegator }) => {
      network.svm.run(network.update({ delegatorUnstakeDelaySeconds: 9n }));
      network.svm.run(await act.unstake(network, delegator, pool, 1n));
      return act.claimUnstake(network, delegator, pool);
    }),
    InsufficientRewards: recording(EMISSION_OF_FIRST_EPOCHS - 1n, 0n),
    InsufficientUsdc: recording(EMISSION_OF_FIRST_EPOCHS, 1n, EMISSION_OF_FIRST_EPOCHS, 2n),
    ClosedPool: staked(({ network, pool }) => {
      network.svm.run(act.closePool(network, pool));
      return network.stake(pool.admin, pool, 1n);
    }),
    InvalidProof: staked(async ({ network, pool }) => {
      await network.record(1n, { pool, rewardAmount: 1n, usdcAmount: 0n });
      return network.accrue(1n, { pool, rewardAmount: 2n, usdcAmount: 0n });
    }),
    OperatorPoolHalted: halted(({ network, pool }) => network.stake(pool.admin, pool, 1n)),
    StakingHalted: staked(({ network, pool }) => {
      network.svm.run(network.update({ isStakingHalted: true }));
      return network.stake(pool.admin, pool, 1n);
    }),
    WithdrawalsHalted: staked(({ network, pool }) => {
      network.svm.run(network.update({ isWithdrawalHalted: true }));
      return act.withdrawRewards(network, pool);
    }),
    AccrueRewardHalted: staked(async ({ network, pool }) => {
      const leaf = { pool, rewardAmount: 1n, usdcAmount: 0n };
      await network.record(1n, leaf);
      network.svm.run(network.update({ isAccrueRewardHalted: true }));
      return network.accrue(1n, leaf);
    }),
    InvalidProgramAdmin: staked(({ network }) => network.update({}, NOBODY)),
    InvalidRewardDistributionAuthority: staked(({ network }) => withAccount(network.mark(1n), 0, NOBODY)),
    InvalidHaltAuthority: staked(({ network, pool }) => withAccount(act.halt(network, pool), 0, NOBODY)),
    InvalidSlashingAuthority: halted(({ network, pool }) => withAccount(act.slash(network, pool, 1n), 0, NOBODY)),
    AuthoritiesExceeded: staked(({ network }) =>
      updatePoolOverviewAuthorities(
        { programAdmin: ADMIN, poolOverview: network.places.overview },
        {
          newRewardDistributionAuthorities: null,
          newHaltAuthorities: Array.from({ length: 6 }, (_, index) => addressOf(`authority ${index}`)),
          newSlashingAuthorities: null,
        },
      ),
    ),
    OperatorAuthKeysLengthInvalid: creating(keys('1', '2', '3', '4', '5', '6')),
    DuplicateOperatorAuthKey: creating(keys('1', '2', '1')),
    AccountNotEmpty: staked(({ network, pool, delegator }) => act.closeRecord(network, delegator, pool)),
    PoolCreationDisabled: creating({}, { allowPoolCreation: false }),
    InvalidUsdcMint: async () => {
      const network = await StakingNetwork.bare();
      return { vm: network.svm.vm, instruction: withAccount(network.createOverview(), 9, TOKEN_MINT) };
    },
    InvalidRegistrationFeePayoutDestination: async () => {
      const { vm, instruction } = await creating({})();
      const adminTokens = instruction.accounts[9]?.address as Address;
      return { vm, instruction: withAccount(instruction, 10, adminTokens) };
    },
    EpochMustBeFinalizing: staked(({ network }) => network.createReward(1n, [], 0n, 0n)),
    EpochMustNotBeFinalizing: staked(({ network, pool }) => {
      network.svm.run(network.mark(1n));
      return act.changeAdmin(network, pool, NOBODY);
    }),
    EpochIsFinalizingEpochInvalid: staked(({ network }) => network.mark(2n)),
    NameTooLong: creating({ name: 'x'.repeat(65) }),
    DescriptionTooLong: creating({ description: 'x'.repeat(201) }),
    WebsiteUrlTooLong: creating({ websiteUrl: `https://${'x'.repeat(57)}` }),
    AvatarImageUrlTooLong: creating({ avatarImageUrl: `https://${'x'.repeat(121)}` }),
    InvalidWebsiteUrl: creating({ websiteUrl: 'example.org' }),
    InvalidAvatarImageUrl: creating({ avatarImageUrl: 'example.org' }),
    UnclaimedUsdcEarnings: staked(async ({ network, pool, delegator }) => {
      await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 3_000n });
      network.svm.run(await act.unstake(network, delegator, pool, 500n));
      network.svm.run(await act.claimUnstake(network, delegator, pool));
      return act.closeRecord(network, delegator, pool);
    }),
    NoUsdcEarningsToClaim: staked(({ network, pool, delegator }) => act.claimUsdc(network, delegator, pool)),
    InsufficientPoolUsdcVaultBalance: staked(async ({ network, pool, delegator }) => {
      await network.epoch(1n, { pool, rewardAmount: 0n, usdcAmount: 3_000n });
      network.svm.putTokens(pool.vaults.delegatorUsdc, USDC_MINT, pool.address, 999n);
      return act.claimUsdc(network, delegator, pool);
    }),
    InvalidCommissionRate: creating({ usdcCommissionRateBps: 10_001 }),
    PoolClosedEpochInvalid: staked(({ network, pool }) => act.sweep(network, pool)),
    PoolIsNotEmpty: staked(async ({ network, pool }) => {
      network.svm.run(await act.unstake(network, pool.admin, pool, 1_000n));
      network.svm.run(await act.claimUnstake(network, pool.admin, pool));
      return act.closeRecord(network, pool.admin, pool);
    }),
    FinalUnstakeEpochInvalid: staked(({ network, pool }) => {
      network.svm.run(network.mark(1n), act.closePool(network, pool));
      return act.unstake(network, pool.admin, pool, 1n);
    }),
    InvalidEmergencyBypassEpoch: staked(async ({ network, pool }) => {
      for (const epoch of [1n, 2n, 3n]) {
        network.svm.run(network.mark(epoch), await network.createReward(epoch, [], 0n, 0n));
      }
      return act.bypass(network, pool, 2n);
    }),
    InvalidRewardAmount: recording(EMISSION_OF_FIRST_EPOCHS, 0n, EMISSION_OF_FIRST_EPOCHS - 1n),
    InvalidSlashingDelay: staked(({ network }) => network.update({ slashingDelaySeconds: 86_399n })),
    OperatorPoolNotHalted: staked(({ network, pool }) => act.slash(network, pool, 1n)),
    SlashingDelayNotMet: halted(({ network, pool }) => act.slash(network, pool, 1n)),
    InvalidAmount: staked(({ network, pool }) => network.stake(pool.admin, pool, 0n)),
    InvalidSlashSharesAmount: halted(({ network, pool }) => act.slash(network, pool, 1_001n)),
  },
});
