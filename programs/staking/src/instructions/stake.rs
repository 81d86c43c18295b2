//! Buy shares of a pool at today's price.
//!
//! An amount below the price of one share is refused: it would be a gift to the other holders. Where few shares are bought,
//! only what they cost is taken, for the same reason.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, REQUIRE_GTE_VIOLATED, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
    token::{TokenAccount, transfer},
};

use crate::{
    event::StakeEvent,
    fault, seeds,
    seeds::{check_overview, check_pool, check_record, check_vault},
    state::{OperatorPool, PoolOverview, StakingRecord},
    usdc_debt::book_settlement,
};

#[derive(BorshDeserialize)]
struct Args {
    token_amount: u64,
}

struct Context {
    owner: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    record: Loaded<StakingRecord>,
    operator_record: Loaded<StakingRecord>,
    owner_tokens: TokenAccount,
    staked_vault: TokenAccount,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut context = load(program_id, views)?;
    context.check(program_id)?;
    let is_operator = *context.record.key() == context.pool.operator_staking_record;
    context.check_open(args.token_amount, is_operator)?;

    let settled_before = context.record.accrued_usdc_earnings;
    let purchase = context.pool.state.add_stake(&mut context.record.state, args.token_amount);
    require(purchase.shares > 0, &fault::INVALID_AMOUNT)?;
    transfer(&context.owner_tokens.slot, &context.staked_vault.slot, &context.owner, purchase.cost)?;

    // When the operator stakes, the read-only copy of its record still has the shares of before.
    let operator_shares = if is_operator { context.record.shares } else { context.operator_record.shares };
    let operator_value = context.pool.tokens_for(operator_shares);
    require(operator_value >= context.overview.min_operator_token_stake, &fault::MIN_OPERATOR_TOKEN_STAKE_NOT_MET)?;

    emit(&StakeEvent {
        instruction_index: instruction_index(&context.instructions)?,
        operator_pool: *context.pool.key(),
        epoch: add(context.overview.completed_reward_epoch, 1),
        staking_record: *context.record.key(),
        owner: *context.owner.key(),
        is_operator,
        token_amount: purchase.cost,
        shares_amount: purchase.shares,
    })?;
    book_settlement(&mut context.pool, settled_before, context.record.accrued_usdc_earnings)?;
    context.pool.store()?;
    context.record.store()
}

fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let owner = accounts.signer("owner")?;
    let overview = accounts.load("pool_overview")?;
    let pool = accounts.load("operator_pool")?;
    let record = accounts.load("owner_staking_record")?;
    let operator_record = accounts.load("operator_staking_record")?;
    let owner_tokens = accounts.token_account("owner_token_account")?;
    let staked_vault = accounts.token_account("staked_token_account")?;
    accounts.token_program("token_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context { owner, overview, pool, record, operator_record, owner_tokens, staked_vault, instructions })
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

        self.owner_tokens.slot.require_writable()?;
        self.owner_tokens.require_holder(self.owner.key())?;
        self.owner_tokens.require_mint(&self.staked_vault.mint)?;
        check_vault(&self.staked_vault, seeds::POOL_STAKED_VAULT, pool.key(), program_id)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }

    fn check_open(&self, token_amount: u64, is_operator: bool) -> ProgramResult {
        let Self { overview, pool, .. } = self;
        require(token_amount > 0, &fault::INVALID_AMOUNT)?;
        require(pool.allow_delegation || is_operator, &fault::STAKING_NOT_ALLOWED)?;
        require(pool.closed_at_epoch.is_none(), &fault::CLOSED_POOL)?;
        require(pool.halted_at_timestamp.is_none(), &fault::OPERATOR_POOL_HALTED)?;
        let is_caught_up = pool.reward_last_claimed_epoch >= overview.completed_reward_epoch;
        require(is_caught_up, &fault::UNCLAIMED_REWARDS)?;
        require(self.owner_tokens.amount >= token_amount, &REQUIRE_GTE_VIOLATED)
    }
}
