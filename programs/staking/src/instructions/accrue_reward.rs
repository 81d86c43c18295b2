//! Prove a pool's amounts of the next epoch, and pay them out when the epoch is the newest one.
//!
//! Epochs are accrued strictly in order. The call for an older epoch only adds to the pool's accumulators; the
//! one for the newest epoch, or for the epoch the pool closes in, moves everything accumulated.
//!
//! A closed pool whose closing epoch was bypassed has no such call left. Its closing epoch may then be called once more,
//! with zero amounts and no proof, to move what is unpaid.

use alloc::vec::Vec;
use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::Authority,
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, CONSTRAINT_RAW, require},
    math::{add, sub},
    merkle,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
    token::{TokenAccount, transfer_signed},
};

use crate::{
    arithmetic::split_commission,
    event::{AccrueRewardEvent, OperatorAutoStakeEvent},
    fault, seeds,
    seeds::{check_overview, check_pool, check_vault, pay_from_pool},
    state::{OperatorPool, PoolOverview, RewardRecord, StakingRecord},
    usdc_debt::book_settlement,
};

#[derive(BorshDeserialize)]
struct Args {
    merkle_index: u8,
    proof: Vec<[u8; 32]>,
    proof_path: Vec<bool>,
    reward_amount: u64,
    usdc_amount: u64,
}

struct Context {
    overview: Loaded<PoolOverview>,
    reward_record: Loaded<RewardRecord>,
    pool: Loaded<OperatorPool>,
    operator_record: Loaded<StakingRecord>,
    reward_vault: TokenAccount,
    usdc_vault: TokenAccount,
    staked_vault: TokenAccount,
    reward_fee_vault: TokenAccount,
    usdc_fee_vault: TokenAccount,
    pool_usdc_vault: TokenAccount,
    instructions: Slot,
}

/// What left the global vaults in this call.
#[derive(Default)]
struct Payout {
    rewards: u64,
    usdc: u64,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut context = load(program_id, views)?;
    context.check(program_id)?;
    context.check_proof(&args)?;
    let epoch = context.reward_record.epoch;
    let closed_at = context.pool.closed_at_epoch;
    require(closed_at.is_none_or(|closed_at| closed_at >= epoch), &fault::CLOSED_POOL)?;

    let index = instruction_index(&context.instructions)?;
    let settled_before = context.operator_record.accrued_usdc_earnings;
    let mut event = context.accumulate(&args, index);
    if context.overview.completed_reward_epoch == epoch || closed_at == Some(epoch) {
        let payout = context.pay_out(index)?;
        event.total_rewards_transferred = payout.rewards;
        event.total_usdc_transferred = payout.usdc;
    }
    emit(&event)?;
    context.overview.store()?;
    book_settlement(&mut context.pool, settled_before, context.operator_record.accrued_usdc_earnings)?;
    context.pool.store()?;
    context.operator_record.store()
}

#[inline(never)]
fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let overview = accounts.load("pool_overview")?;
    let reward_record = accounts.load("reward_record")?;
    let pool = accounts.load("operator_pool")?;
    let operator_record = accounts.load("operator_staking_record")?;
    let reward_vault = accounts.token_account("reward_token_account")?;
    let usdc_vault = accounts.token_account("usdc_token_account")?;
    let staked_vault = accounts.token_account("staked_token_account")?;
    let reward_fee_vault = accounts.token_account("reward_fee_token_account")?;
    let usdc_fee_vault = accounts.token_account("usdc_fee_token_account")?;
    let pool_usdc_vault = accounts.token_account("pool_usdc_vault")?;
    accounts.token_program("token_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context {
        overview,
        reward_record,
        pool,
        operator_record,
        reward_vault,
        usdc_vault,
        staked_vault,
        reward_fee_vault,
        usdc_fee_vault,
        pool_usdc_vault,
        instructions,
    })
}

impl Context {
    #[inline(never)]
    fn check(&self, program_id: &Address) -> ProgramResult {
        let Self { overview, reward_record, pool, operator_record, .. } = self;
        check_overview(overview, program_id)?;
        overview.slot.require_writable()?;
        overview.slot.require(!overview.is_accrue_reward_halted, &fault::ACCRUE_REWARD_HALTED)?;

        let record_seeds: [&[u8]; 2] = [seeds::REWARD_RECORD, &reward_record.epoch.to_le_bytes()];
        reward_record.slot.require_seeds(&record_seeds, program_id)?;
        let is_next = reward_record.epoch == add(pool.reward_last_claimed_epoch, 1);
        reward_record.slot.require(is_next || self.is_repeated(), &CONSTRAINT_RAW)?;

        check_pool(pool, program_id)?;
        pool.slot.require_writable()?;
        let is_operator_record = pool.operator_staking_record == *operator_record.key();
        pool.slot.require(is_operator_record, &CONSTRAINT_HAS_ONE)?;
        operator_record.slot.require_writable()?;
        operator_record.slot.require_address(&pool.operator_staking_record)?;
        self.check_vaults(program_id)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }

    #[inline(never)]
    fn check_vaults(&self, program_id: &Address) -> ProgramResult {
        for (vault, seed) in
            [(&self.reward_vault, seeds::GLOBAL_REWARD_VAULT), (&self.usdc_vault, seeds::GLOBAL_USDC_VAULT)]
        {
            vault.slot.require_seeds(&[seed], program_id)?;
            vault.slot.require_writable()?;
        }
        let pool = self.pool.key();
        for (vault, seed) in [
            (&self.staked_vault, seeds::POOL_STAKED_VAULT),
            (&self.reward_fee_vault, seeds::POOL_REWARD_COMMISSION_VAULT),
            (&self.usdc_fee_vault, seeds::POOL_USDC_COMMISSION_VAULT),
            (&self.pool_usdc_vault, seeds::POOL_DELEGATOR_USDC_VAULT),
        ] {
            check_vault(vault, seed, pool, program_id)?;
        }
        Ok(())
    }

    /// The closing epoch of a closed pool, called again while something is unpaid.
    fn is_repeated(&self) -> bool {
        let Self { reward_record, pool, .. } = self;
        pool.is_final() && pool.has_unpaid() && reward_record.epoch == pool.reward_last_claimed_epoch
    }

    /// The pool and its amounts are a leaf under the chosen root. An index without a root is an invalid proof.
    /// A repeated call claims nothing, so that it has nothing to prove.
    #[inline(never)]
    fn check_proof(&self, args: &Args) -> ProgramResult {
        if self.is_repeated() {
            return require(args.reward_amount == 0 && args.usdc_amount == 0, &fault::INVALID_PROOF);
        }
        require(args.proof.len() == args.proof_path.len(), &fault::INVALID_PROOF)?;
        let root = self.reward_record.merkle_roots.get(usize::from(args.merkle_index));
        let leaf = merkle::leaf(self.pool.key(), args.reward_amount, args.usdc_amount);
        let proven = merkle::root(leaf, &args.proof, &args.proof_path);
        require(root == Some(&proven), &fault::INVALID_PROOF)
    }

    /// Split the epoch's amounts at the rates in force and add them to what is not yet paid out.
    #[inline(never)]
    fn accumulate(&mut self, args: &Args, instruction_index: u16) -> AccrueRewardEvent {
        let operator_pool = *self.pool.key();
        let pool = &mut self.pool.state;
        let reward = split_commission(args.reward_amount, pool.reward_commission_rate_bps);
        let usdc = split_commission(args.usdc_amount, pool.usdc_commission_rate_bps);
        pool.accrued_rewards = add(pool.accrued_rewards, reward.rest);
        pool.accrued_reward_commission = add(pool.accrued_reward_commission, reward.commission);
        pool.accrued_usdc_commission = add(pool.accrued_usdc_commission, usdc.commission);
        pool.accrued_delegator_usdc = add(pool.accrued_delegator_usdc, usdc.rest);
        pool.reward_last_claimed_epoch = self.reward_record.epoch;
        AccrueRewardEvent {
            instruction_index,
            operator_pool,
            epoch: self.reward_record.epoch,
            total_rewards_transferred: 0,
            total_usdc_transferred: 0,
            delegator_rewards: reward.rest,
            operator_reward_commission: reward.commission,
            delegator_usdc_earnings: usdc.rest,
            operator_usdc_commission: usdc.commission,
        }
    }

    /// Move everything accumulated; pending rates take effect afterwards.
    #[inline(never)]
    fn pay_out(&mut self, instruction_index: u16) -> Result<Payout, ProgramError> {
        let rewards = self.pool.accrued_rewards;
        let commission = self.pool.accrued_reward_commission;
        let usdc_commission = self.pool.accrued_usdc_commission;
        let delegator_usdc = self.pool.accrued_delegator_usdc;
        self.pool.total_staked_amount = add(self.pool.total_staked_amount, rewards);

        // Shares bought here already take part in this call's USDC below.
        let bought = if self.pool.auto_stake_fees { self.auto_stake(commission, instruction_index)? } else { 0 };
        let (staked, fees) = self.release_ownerless(add(rewards, bought), sub(commission, bought))?;
        if !self.pool.auto_stake_fees || fees > 0 {
            self.send(&self.reward_vault, &self.reward_fee_vault, fees)?;
        }
        self.send(&self.reward_vault, &self.staked_vault, staked)?;
        if usdc_commission > 0 {
            self.send(&self.usdc_vault, &self.usdc_fee_vault, usdc_commission)?;
        }
        if delegator_usdc > 0 {
            self.send(&self.usdc_vault, &self.pool_usdc_vault, delegator_usdc)?;
        }
        self.pool.state.distribute_usdc(delegator_usdc);
        self.pool.state.apply_pending_rates();

        let payout = Payout { rewards: add(rewards, commission), usdc: add(usdc_commission, delegator_usdc) };
        self.overview.unclaimed_rewards = sub(self.overview.unclaimed_rewards, payout.rewards);
        self.overview.unclaimed_usdc = sub(self.overview.unclaimed_usdc, payout.usdc);
        self.pool.state.clear_accrued();
        Ok(payout)
    }

    /// In a closed pool without shares nobody can ever own stake, unless whoever cancels first an unstaking: all of it
    /// becomes the operator's commission. Returns what goes to the stake vault and what to the commission vault.
    fn release_ownerless(&mut self, staked: u64, fees: u64) -> Result<(u64, u64), ProgramError> {
        if self.pool.closed_at_epoch.is_none() || self.pool.total_shares > 0 {
            return Ok((staked, fees));
        }
        let earlier = sub(self.pool.total_staked_amount, staked);
        self.pool.total_staked_amount = 0;
        if earlier > 0 {
            pay_from_pool(&self.staked_vault, &self.reward_fee_vault.slot, &self.pool, earlier)?;
        }
        Ok((0, add(fees, staked)))
    }

    /// Stake the commission for the operator. Returns what the shares cost; the rest stays commission.
    #[inline(never)]
    fn auto_stake(&mut self, commission: u64, instruction_index: u16) -> Result<u64, ProgramError> {
        let purchase = self.pool.state.add_stake(&mut self.operator_record.state, commission);
        emit(&OperatorAutoStakeEvent {
            instruction_index,
            operator_pool: *self.pool.key(),
            epoch: add(self.overview.completed_reward_epoch, 1),
            staking_record: *self.operator_record.key(),
            owner: self.operator_record.owner,
            is_operator: true,
            token_amount: purchase.cost,
            shares_amount: purchase.shares,
        })?;
        Ok(purchase.cost)
    }

    fn send(&self, source: &TokenAccount, target: &TokenAccount, amount: u64) -> ProgramResult {
        let authority = Authority { seeds: &[seeds::POOL_OVERVIEW], bump: self.overview.bump };
        transfer_signed(&source.slot, &target.slot, &self.overview.slot, amount, authority)
    }
}
