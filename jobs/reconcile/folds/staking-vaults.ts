/**
 * Vaults of the staking program by its events: the two global ones, and the four of each pool. Where an accrual pays out what
 * earlier ones added up, the pool as folded says how much that is. Rule: docs/programs/staking.md.
 * @module
 */
import * as staking from '../../../programs/staking/client.generated.ts';
import type { AccountStates } from '../account-states.ts';
import { accountOf, eventsOf, type Step } from '../step.ts';
import { type VaultMove, VaultMoves } from '../vault-move.ts';

type Event = staking.ProgramEvent;
type Accrued = Extract<Event, { readonly name: 'AccrueRewardEvent' }>['data'];

const NAMES = [
  ...['reward_token_account', 'usdc_token_account', 'staked_token_account'],
  ...['reward_fee_token_account', 'usdc_fee_token_account', 'pool_usdc_vault', 'operator_usdc_vault'],
];

/**
 * @param states as they were before the call
 * @throws InputError `RECONCILE__UNKNOWN_ACCOUNT`, `RECONCILE__ACCOUNT_NOT_NAMED`
 */
export function stakingMoves(step: Step, states: AccountStates): readonly VaultMove[] {
  const vaults = new VaultMoves(step, NAMES);
  const events = eventsOf(step, staking.decodeEvent);
  for (const { name, data } of events) {
    if (name === 'StakeEvent') vaults.by('staked_token_account', data.tokenAmount);
    else if (name === 'ClaimUnstakeEvent') vaults.by('staked_token_account', -data.tokenAmount);
    else if (name === 'ClaimUsdcEarningsEvent') vaults.by('pool_usdc_vault', -data.usdcAmount);
    else if (name === 'SweepClosedPoolUsdcDustEvent') vaults.by('operator_usdc_vault', -data.usdcAmountSwept);
    else if (name === 'WithdrawOperatorRewardCommissionEvent') {
      vaults.by('reward_fee_token_account', -data.rewardAmountWithdrawn);
    } else if (name === 'WithdrawOperatorUsdcCommissionEvent') {
      vaults.by('usdc_fee_token_account', -data.usdcAmountWithdrawn);
    } else if (name === 'SlashStakeEvent') {
      vaults.by('staked_token_account', -data.tokenAmountSlashed);
      vaults.by('reward_fee_token_account', -data.rewardCommissionConfiscated);
      vaults.by('pool_usdc_vault', -data.usdcConfiscated);
      vaults.by('usdc_fee_token_account', -data.usdcCommissionConfiscated);
    } else if (name === 'AccrueRewardEvent') accrued(step, states, data, vaults, events);
  }
  return vaults.moves;
}

function accrued(step: Step, states: AccountStates, data: Accrued, vaults: VaultMoves, events: readonly Event[]): void {
  vaults.by('reward_token_account', -data.totalRewardsTransferred);
  vaults.by('usdc_token_account', -data.totalUsdcTransferred);
  const pool = states.of<staking.OperatorPool>('OperatorPool', accountOf(step, 'operator_pool'));
  const overview = states.of<staking.PoolOverview>('PoolOverview', accountOf(step, 'pool_overview'));
  if (overview.completedRewardEpoch !== data.epoch && pool.closedAtEpoch !== data.epoch) return;
  const bought = events.find(({ name }) => name === 'OperatorAutoStakeEvent')?.data as
    | { readonly tokenAmount: bigint; readonly sharesAmount: bigint }
    | undefined;
  const rewards = pool.accruedRewards + data.delegatorRewards + (bought?.tokenAmount ?? 0n);
  const commission = pool.accruedRewardCommission + data.operatorRewardCommission - (bought?.tokenAmount ?? 0n);
  const isOwnerless = pool.closedAtEpoch !== null && pool.totalShares + (bought?.sharesAmount ?? 0n) === 0n;
  // What no share owns becomes commission, with what was ownerless before.
  vaults.by('staked_token_account', isOwnerless ? -pool.totalStakedAmount : rewards);
  vaults.by('reward_fee_token_account', isOwnerless ? pool.totalStakedAmount + rewards + commission : commission);
  vaults.by('usdc_fee_token_account', pool.accruedUsdcCommission + data.operatorUsdcCommission);
  vaults.by('pool_usdc_vault', pool.accruedDelegatorUsdc + data.delegatorUsdcEarnings);
}
