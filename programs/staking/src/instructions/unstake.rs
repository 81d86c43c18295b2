//! Sell shares at today's price; the tokens cool down before they can be claimed.
//!
//! A second call adds to what is cooling and starts the delay again for all of it.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, REQUIRE_GTE_VIOLATED, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index, unix_timestamp},
};

use crate::{
    event::UnstakeEvent,
    fault,
    seeds::{check_overview, check_pool, check_record},
    state::{OperatorPool, PoolOverview, StakingRecord},
    usdc_debt::book_settlement,
};

#[derive(BorshDeserialize)]
struct Args {
    shares_amount: u64,
}

struct Context {
    owner: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    record: Loaded<StakingRecord>,
    operator_record: Loaded<StakingRecord>,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let mut context = Context {
        owner: accounts.signer("owner")?,
        overview: accounts.load("pool_overview")?,
        pool: accounts.load("operator_pool")?,
        record: accounts.load("owner_staking_record")?,
        operator_record: accounts.load("operator_staking_record")?,
        instructions: accounts.any("instructions")?,
    };
    context.check(program_id)?;
    let is_operator = *context.record.key() == context.pool.operator_staking_record;
    context.check_open(args.shares_amount, is_operator)?;

    let settled_before = context.record.accrued_usdc_earnings;
    let token_amount = context.take_out(args.shares_amount, is_operator)?;
    if is_operator {
        context.check_operator_leaves()?;
    }

    emit(&UnstakeEvent {
        instruction_index: instruction_index(&context.instructions)?,
        operator_pool: *context.pool.key(),
        epoch: add(context.overview.completed_reward_epoch, 1),
        staking_record: *context.record.key(),
        owner: *context.owner.key(),
        is_operator,
        token_amount,
        shares_amount: args.shares_amount,
        unstake_at_timestamp: context.record.unstake_at_timestamp,
    })?;
    book_settlement(&mut context.pool, settled_before, context.record.accrued_usdc_earnings)?;
    context.pool.store()?;
    context.record.store()
}

impl Context {
    fn check(&self, program_id: &Address) -> ProgramResult {
        check_overview(&self.overview, program_id)?;
        self.overview.slot.require(!self.overview.is_staking_halted, &fault::STAKING_HALTED)?;
        let Self { pool, record, .. } = self;
        check_pool(pool, program_id)?;
        pool.slot.require_writable()?;
        let is_operator_record = pool.operator_staking_record == *self.operator_record.key();
        pool.slot.require(is_operator_record, &CONSTRAINT_HAS_ONE)?;
        check_record(record, pool, self.owner.key(), program_id)?;
        self.operator_record.slot.require_address(&pool.operator_staking_record)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }

    fn check_open(&self, shares_amount: u64, is_operator: bool) -> ProgramResult {
        let Self { overview, pool, record, .. } = self;
        require(shares_amount > 0, &fault::INVALID_AMOUNT)?;
        let is_held = is_operator && pool.halted_at_timestamp.is_some();
        require(!is_held, &fault::UNSTAKING_NOT_ALLOWED)?;
        require(!overview.is_withdrawal_halted, &fault::WITHDRAWALS_HALTED)?;
        pool.require_caught_up(overview.completed_reward_epoch)?;
        require(record.shares >= shares_amount, &REQUIRE_GTE_VIOLATED)
    }

    /// Move the shares' value to what is cooling. Returns it.
    fn take_out(&mut self, shares_amount: u64, is_operator: bool) -> Result<u64, ProgramError> {
        let Self { overview, pool, record, .. } = self;
        let tokens = pool.state.remove_stake(&mut record.state, shares_amount);
        pool.total_unstaking = add(pool.total_unstaking, tokens);
        record.tokens_unstake_amount = add(record.tokens_unstake_amount, tokens);
        let delay_seconds = if is_operator {
            overview.operator_unstake_delay_seconds
        } else {
            overview.delegator_unstake_delay_seconds
        };
        let delay_seconds = i64::try_from(delay_seconds).expect("delay exceeds 63 bits");
        record.unstake_at_timestamp = unix_timestamp()?.checked_add(delay_seconds).expect("time exceeds 63 bits");
        Ok(tokens)
    }

    /// In an open pool the operator keeps the minimum; in a closed one it stays until the epoch before the closing one
    /// is complete.
    fn check_operator_leaves(&self) -> ProgramResult {
        let Self { overview, pool, record, .. } = self;
        if let Some(closed_at) = pool.closed_at_epoch {
            let is_last_epoch = add(overview.completed_reward_epoch, 1) >= closed_at;
            return require(is_last_epoch, &fault::FINAL_UNSTAKE_EPOCH_INVALID);
        }
        let value = pool.tokens_for(record.shares);
        require(value >= overview.min_operator_token_stake, &fault::MIN_OPERATOR_TOKEN_STAKE_NOT_MET)
    }
}
