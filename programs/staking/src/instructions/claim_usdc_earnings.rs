//! Pay a record's USDC to any USDC account its owner names. A closed pool pays for ever.

use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    event::emit,
    fault::require,
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
    token::TokenAccount,
};

use crate::{
    constants::USDC_MINT,
    event::ClaimUsdcEarningsEvent,
    fault, seeds,
    seeds::{check_named_record, check_overview, check_pool, check_vault, pay_from_pool},
    state::{OperatorPool, PoolOverview, StakingRecord},
    usdc_debt::book_claim,
};

struct Context {
    owner: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    record: Loaded<StakingRecord>,
    usdc_vault: TokenAccount,
    destination: TokenAccount,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut context = load(program_id, views)?;
    context.check(program_id)?;

    let Context { owner, overview, pool, record, usdc_vault, destination, instructions } = &mut context;
    let is_operator = *record.key() == pool.operator_staking_record;
    let is_held = is_operator && pool.halted_at_timestamp.is_some();
    require(!is_held, &fault::OPERATOR_POOL_HALTED)?;
    require(!overview.is_withdrawal_halted, &fault::WITHDRAWALS_HALTED)?;
    pool.require_caught_up(overview.completed_reward_epoch)?;

    let settled_before = record.accrued_usdc_earnings;
    record.settle(pool.cumulative_usdc_per_share);
    let usdc_amount = core::mem::take(&mut record.accrued_usdc_earnings);
    require(usdc_amount > 0, &fault::NO_USDC_EARNINGS_TO_CLAIM)?;
    require(usdc_vault.amount >= usdc_amount, &fault::INSUFFICIENT_POOL_USDC_VAULT_BALANCE)?;
    pay_from_pool(usdc_vault, &destination.slot, pool, usdc_amount)?;
    book_claim(pool, usdc_vault, settled_before)?;

    emit(&ClaimUsdcEarningsEvent {
        instruction_index: instruction_index(instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        staking_record: *record.key(),
        owner: *owner.key(),
        is_operator,
        destination: *destination.key(),
        usdc_amount,
    })?;
    record.store()
}

fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let owner = accounts.signer("owner")?;
    let overview = accounts.load("pool_overview")?;
    let pool = accounts.load("operator_pool")?;
    let record = accounts.load("staking_record")?;
    let usdc_vault = accounts.token_account("pool_usdc_vault")?;
    let destination = accounts.token_account("destination")?;
    accounts.token_program("token_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context { owner, overview, pool, record, usdc_vault, destination, instructions })
}

impl Context {
    fn check(&self, program_id: &Address) -> ProgramResult {
        let Self { pool, destination, .. } = self;
        check_overview(&self.overview, program_id)?;
        check_pool(pool, program_id)?;
        check_named_record(&self.record, pool, self.owner.key())?;
        check_vault(&self.usdc_vault, seeds::POOL_DELEGATOR_USDC_VAULT, pool.key(), program_id)?;
        destination.slot.require_writable()?;
        destination.slot.require(destination.mint == USDC_MINT, &fault::INVALID_USDC_MINT)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }
}
