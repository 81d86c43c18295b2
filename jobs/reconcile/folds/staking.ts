/**
 * Accounts of the staking program, folded from its calls. Amounts come from the event of a call where it has one; calls
 * without an event are folded from their arguments and accounts. Rules: docs/programs/staking.md.
 * @module
 */
import type { Address } from '@solana/kit';
import * as staking from '../../../programs/staking/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { bumps, type ProgramFold } from '../program-fold.ts';
import { accountOf, argsOf, optionalAccountOf, type Step } from '../step.ts';
import { raisedIndex, settled } from './staking-shares.ts';
import { stakingMoves } from './staking-vaults.ts';

type Pool = staking.OperatorPool;
type StakingRecord = staking.StakingRecord;
type Overview = staking.PoolOverview;
type Event = staking.ProgramEvent;
type Data<N extends Event['name']> = Extract<Event, { readonly name: N }>['data'];

const ACCOUNT_VERSION = 1;
/** As the program sets it when the overview is created. */
const FIRST_SLASHING_DELAY_SECONDS = 86_400n;

/** @throws InputError when a call cannot be folded: `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`, `CLIENT__TRUNCATED` */
function foldStaking(step: Step, states: AccountStates): void {
  folds[step.name]?.(new Call(step, states));
}

/** A call with the accounts that nearly every call names. */
class Call {
  readonly step: Step;
  readonly states: AccountStates;

  constructor(step: Step, states: AccountStates) {
    this.step = step;
    this.states = states;
  }

  at(name: string): Address {
    return accountOf(this.step, name);
  }

  event<N extends Event['name']>(name: N): Data<N> | null {
    for (const data of this.step.events) {
      const event = staking.decodeEvent(data);
      if (event?.name === name) return event.data as never;
    }
    return null;
  }

  get overview(): Overview {
    return this.states.of('PoolOverview', this.at('pool_overview'));
  }

  get pool(): Pool {
    return this.states.of('OperatorPool', this.at('operator_pool'));
  }

  record(name: string): StakingRecord {
    return this.states.of('StakingRecord', this.at(name));
  }

  changeOverview(change: Partial<Overview>): void {
    this.states.change('PoolOverview', this.at('pool_overview'), change);
  }

  changePool(change: Partial<Pool>): void {
    this.states.change('OperatorPool', this.at('operator_pool'), change);
  }

  changeRecord(name: string, change: Partial<StakingRecord>): void {
    this.states.change('StakingRecord', this.at(name), change);
  }

  /** Settle a record, then move shares and their tokens in or out. */
  moveStake(name: string, tokens: bigint, shares: bigint): void {
    const { pool } = this;
    const record = this.record(name);
    this.changeRecord(name, { ...settled(record, pool.cumulativeUsdcPerShare), shares: record.shares + shares });
    this.changePool({
      totalStakedAmount: pool.totalStakedAmount + tokens,
      totalShares: pool.totalShares + shares,
    });
  }
}

const folds: Readonly<Record<string, (call: Call) => void>> = {
  create_pool_overview: createOverview,
  update_pool_overview: updateOverview,
  update_pool_overview_authorities: updateAuthorities,
  create_operator_pool: createPool,
  update_operator_pool: updatePool,
  change_operator_admin(call) {
    const event = call.event('ChangeOperatorAdminEvent');
    if (event !== null) call.changePool({ admin: event.newAdmin });
  },
  change_operator_staking_record(call) {
    const event = call.event('ChangeOperatorStakingRecordEvent');
    if (event !== null) call.changePool({ operatorStakingRecord: event.newStakingRecord });
  },
  close_operator_pool(call) {
    call.changePool({ closedAtEpoch: currentEpoch(call.overview) + 1n });
  },
  set_halt_status(call) {
    const event = call.event('SetHaltStatusEvent');
    if (event !== null) call.changePool({ haltedAtTimestamp: event.isHalted ? call.step.time : null });
  },
  create_staking_record(call) {
    const { cumulativeUsdcPerShare } = call.pool;
    const fresh = newRecord(ACCOUNT_VERSION, call.at('owner'), call.at('operator_pool'));
    const record = { ...fresh, lastSettledUsdcPerShare: cumulativeUsdcPerShare };
    call.states.put('StakingRecord', call.at('owner_staking_record'), record);
  },
  close_staking_record(call) {
    call.states.close(call.at('owner_staking_record'));
  },
  stake(call) {
    const event = call.event('StakeEvent');
    if (event !== null) call.moveStake('owner_staking_record', event.tokenAmount, event.sharesAmount);
  },
  unstake,
  cancel_unstake: cancelUnstake,
  claim_unstake(call) {
    const event = call.event('ClaimUnstakeEvent');
    if (event === null) return;
    call.changePool({ totalUnstaking: call.pool.totalUnstaking - event.tokenAmount });
    call.changeRecord('owner_staking_record', { tokensUnstakeAmount: 0n, unstakeAtTimestamp: 0n });
  },
  claim_usdc_earnings(call) {
    const event = call.event('ClaimUsdcEarningsEvent');
    if (event === null) return;
    const after = settled(call.record('staking_record'), call.pool.cumulativeUsdcPerShare);
    call.changeRecord('staking_record', {
      ...after,
      accruedUsdcEarnings: after.accruedUsdcEarnings - event.usdcAmount,
    });
  },
  slash_stake(call) {
    const event = call.event('SlashStakeEvent');
    if (event === null) return;
    call.moveStake('operator_staking_record', -event.tokenAmountSlashed, -event.sharesSlashed);
    const { accruedUsdcEarnings } = call.record('operator_staking_record');
    const left = accruedUsdcEarnings - event.usdcConfiscated;
    call.changeRecord('operator_staking_record', { accruedUsdcEarnings: left });
  },
  mark_epoch_as_finalizing(call) {
    call.changeOverview({ isEpochFinalizing: true });
  },
  create_reward_record: createRewardRecord,
  accrue_reward: accrue,
  accrue_reward_emergency_bypass(call) {
    call.changePool({ rewardLastClaimedEpoch: call.pool.rewardLastClaimedEpoch + 1n });
  },
  // Sweeps and withdrawals of commission move tokens alone.
};

/** The epoch that a pool joins or leaves in. */
function currentEpoch({ completedRewardEpoch, isEpochFinalizing }: Overview): bigint {
  return completedRewardEpoch + (isEpochFinalizing ? 1n : 0n);
}

function createOverview(call: Call): void {
  const overview: Omit<Overview, 'bump'> = {
    mint: call.at('mint'),
    programAdmin: call.at('program_admin'),
    ...{ rewardDistributionAuthorities: [], haltAuthorities: [], slashingAuthorities: [] },
    slashingDestinationUsdcAccount: call.at('slashing_destination_usdc_account'),
    slashingDestinationTokenAccount: call.at('slashing_destination_token_account'),
    slashingDelaySeconds: FIRST_SLASHING_DELAY_SECONDS,
    ...{ isEpochFinalizing: false, isStakingHalted: false, isWithdrawalHalted: false, isAccrueRewardHalted: false },
    ...{ allowPoolCreation: false, operatorPoolRegistrationFee: 0n },
    registrationFeePayoutWallet: call.at('registration_fee_payout_wallet'),
    ...{ minOperatorTokenStake: 0n, delegatorUnstakeDelaySeconds: 0n, operatorUnstakeDelaySeconds: 0n },
    ...{ totalPools: 0n, completedRewardEpoch: 0n, unclaimedRewards: 0n, unclaimedUsdc: 0n },
  };
  call.states.put('PoolOverview', call.at('pool_overview'), overview);
}

function updateOverview(call: Call): void {
  const args = argsOf(call.step, staking.readUpdatePoolOverviewArgs);
  const named = {
    registrationFeePayoutWallet: optionalAccountOf(call.step, 'registration_fee_payout_wallet'),
    slashingDestinationUsdcAccount: optionalAccountOf(call.step, 'slashing_destination_usdc_account'),
    slashingDestinationTokenAccount: optionalAccountOf(call.step, 'slashing_destination_token_account'),
  };
  call.changeOverview({ ...given(args), ...given(named) });
}

function updateAuthorities(call: Call): void {
  const args = argsOf(call.step, staking.readUpdatePoolOverviewAuthoritiesArgs);
  call.changeOverview({
    ...given({
      rewardDistributionAuthorities: args.newRewardDistributionAuthorities,
      haltAuthorities: args.newHaltAuthorities,
      slashingAuthorities: args.newSlashingAuthorities,
      programAdmin: optionalAccountOf(call.step, 'new_program_admin'),
    }),
  });
}

function createPool(call: Call): void {
  const { operatorAuthKeys, ...args } = argsOf(call.step, staking.readCreateOperatorPoolArgs);
  const [admin, record, epoch] = [call.at('admin'), call.at('staking_record'), currentEpoch(call.overview)];
  const pool: Omit<Pool, 'bump'> = {
    ...args,
    version: ACCOUNT_VERSION,
    ...{ initialPoolAdmin: admin, admin, operatorStakingRecord: record, operatorAuthKeys: operatorAuthKeys ?? [] },
    ...{ newRewardCommissionRateBps: null, newUsdcCommissionRateBps: null },
    ...{ totalStakedAmount: 0n, totalShares: 0n, totalUnstaking: 0n },
    ...{ joinedAtEpoch: epoch, rewardLastClaimedEpoch: epoch, closedAtEpoch: null, haltedAtTimestamp: null },
    ...NOTHING_ACCRUED,
    cumulativeUsdcPerShare: 0n,
  };
  call.states.put('OperatorPool', call.at('operator_pool'), pool);
  // The program leaves the version of an operator's first record at zero.
  call.states.put('StakingRecord', record, newRecord(0, admin, call.at('operator_pool')));
  call.changeOverview({ totalPools: call.overview.totalPools + 1n });
}

function newRecord(version: number, owner: Address, operatorPool: Address): StakingRecord {
  const empty = { shares: 0n, unstakeAtTimestamp: 0n, tokensUnstakeAmount: 0n };
  return { version, owner, operatorPool, ...empty, lastSettledUsdcPerShare: 0n, accruedUsdcEarnings: 0n };
}

function updatePool(call: Call): void {
  if (call.event('UpdateOperatorPoolEvent') === null) return;
  const { newRewardCommissionRateBps, newUsdcCommissionRateBps, ...rest } = argsOf(
    call.step,
    staking.readUpdateOperatorPoolArgs,
  );
  call.changePool({
    ...given(rest),
    ...(newRewardCommissionRateBps && { newRewardCommissionRateBps: newRewardCommissionRateBps.rateBps }),
    ...(newUsdcCommissionRateBps && { newUsdcCommissionRateBps: newUsdcCommissionRateBps.rateBps }),
  });
}

function unstake(call: Call): void {
  const event = call.event('UnstakeEvent');
  if (event === null) return;
  call.moveStake('owner_staking_record', -event.tokenAmount, -event.sharesAmount);
  const { tokensUnstakeAmount } = call.record('owner_staking_record');
  call.changePool({ totalUnstaking: call.pool.totalUnstaking + event.tokenAmount });
  call.changeRecord('owner_staking_record', {
    tokensUnstakeAmount: tokensUnstakeAmount + event.tokenAmount,
    unstakeAtTimestamp: event.unstakeAtTimestamp,
  });
}

function cancelUnstake(call: Call): void {
  const event = call.event('CancelUnstakeEvent');
  if (event === null) return;
  call.moveStake('owner_staking_record', event.tokenAmount, event.sharesAmount);
  const { tokensUnstakeAmount } = call.record('owner_staking_record');
  const left = tokensUnstakeAmount - event.tokenAmount;
  call.changePool({ totalUnstaking: call.pool.totalUnstaking - event.tokenAmount });
  call.changeRecord('owner_staking_record', {
    tokensUnstakeAmount: left,
    ...(left === 0n && { unstakeAtTimestamp: 0n }),
  });
}

function createRewardRecord(call: Call): void {
  const { overview } = call;
  const args = argsOf(call.step, staking.readCreateRewardRecordArgs);
  const epoch = overview.completedRewardEpoch + 1n;
  const record: staking.RewardRecord = {
    ...{ version: ACCOUNT_VERSION, epoch, epochFinalizedAt: call.step.time },
    ...args,
  };
  call.states.put('RewardRecord', call.at('reward_record'), record);
  call.changeOverview({
    unclaimedRewards: overview.unclaimedRewards + args.totalRewards,
    unclaimedUsdc: overview.unclaimedUsdc + args.totalUsdcPayout,
    completedRewardEpoch: epoch,
    isEpochFinalizing: false,
  });
}

const NOTHING_ACCRUED = {
  accruedRewards: 0n,
  accruedRewardCommission: 0n,
  accruedUsdcCommission: 0n,
  accruedDelegatorUsdc: 0n,
};

function accrue(call: Call): void {
  const event = call.event('AccrueRewardEvent');
  if (event === null) return;
  const { pool } = call;
  call.changePool({
    accruedRewards: pool.accruedRewards + event.delegatorRewards,
    accruedRewardCommission: pool.accruedRewardCommission + event.operatorRewardCommission,
    accruedUsdcCommission: pool.accruedUsdcCommission + event.operatorUsdcCommission,
    accruedDelegatorUsdc: pool.accruedDelegatorUsdc + event.delegatorUsdcEarnings,
    rewardLastClaimedEpoch: event.epoch,
  });
  const isPaidOut = call.overview.completedRewardEpoch === event.epoch || pool.closedAtEpoch === event.epoch;
  if (isPaidOut) payOut(call, event);
}

/** Everything accrued moves; pending rates take effect afterwards. */
function payOut(call: Call, event: Data<'AccrueRewardEvent'>): void {
  const { overview } = call;
  call.changePool({ totalStakedAmount: call.pool.totalStakedAmount + call.pool.accruedRewards });
  const staked = call.event('OperatorAutoStakeEvent');
  // Shares bought here already take part in this call's USDC.
  if (staked !== null) call.moveStake('operator_staking_record', staked.tokenAmount, staked.sharesAmount);
  const { pool } = call;
  const isOwnerless = pool.closedAtEpoch !== null && pool.totalShares === 0n;
  call.changePool({
    ...(isOwnerless && { totalStakedAmount: 0n }),
    cumulativeUsdcPerShare: raisedIndex(pool, pool.accruedDelegatorUsdc),
    rewardCommissionRateBps: pool.newRewardCommissionRateBps ?? pool.rewardCommissionRateBps,
    usdcCommissionRateBps: pool.newUsdcCommissionRateBps ?? pool.usdcCommissionRateBps,
    ...{ newRewardCommissionRateBps: null, newUsdcCommissionRateBps: null },
    ...NOTHING_ACCRUED,
  });
  call.changeOverview({
    unclaimedRewards: overview.unclaimedRewards - event.totalRewardsTransferred,
    unclaimedUsdc: overview.unclaimedUsdc - event.totalUsdcTransferred,
  });
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], null> };

/** The entries that are not null: an option that was not given changes nothing. */
function given<T extends object>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null)) as Given<T>;
}

export const stakingFold: ProgramFold = {
  program: 'staking',
  fold: foldStaking,
  moves: stakingMoves,
  accounts: {
    PoolOverview: {
      discriminator: staking.POOL_OVERVIEW_ACCOUNT_DISCRIMINATOR,
      decode: staking.decodePoolOverview,
      notDerived: bumps('bump'),
    },
    OperatorPool: {
      discriminator: staking.OPERATOR_POOL_ACCOUNT_DISCRIMINATOR,
      decode: staking.decodeOperatorPool,
      notDerived: bumps('bump'),
    },
    StakingRecord: {
      discriminator: staking.STAKING_RECORD_ACCOUNT_DISCRIMINATOR,
      decode: staking.decodeStakingRecord,
      notDerived: {},
    },
    RewardRecord: {
      discriminator: staking.REWARD_RECORD_ACCOUNT_DISCRIMINATOR,
      decode: staking.decodeRewardRecord,
      notDerived: {},
    },
  },
};
