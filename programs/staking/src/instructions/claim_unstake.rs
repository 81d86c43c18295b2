//! Pay out what has cooled down, to a token account of the owner. Anyone may call it.

use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    math::{add, sub},
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index, unix_timestamp},
    token::TokenAccount,
};

use crate::{
    event::ClaimUnstakeEvent,
    fault, seeds,
    seeds::{check_overview, check_pool, check_record, check_vault, pay_from_pool},
    state::{OperatorPool, PoolOverview, StakingRecord},
};

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

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut context = load(program_id, views)?;
    context.check(program_id)?;
    let is_operator = *context.record.key() == context.pool.operator_staking_record;
    context.check_due(is_operator)?;

    let Context { owner, overview, pool, record, owner_tokens, staked_vault, instructions, .. } = &mut context;
    let token_amount = record.tokens_unstake_amount;
    pay_from_pool(staked_vault, &owner_tokens.slot, pool, token_amount)?;
    pool.total_unstaking = sub(pool.total_unstaking, token_amount);
    record.tokens_unstake_amount = 0;
    record.unstake_at_timestamp = 0;
    if is_operator && pool.closed_at_epoch.is_none() {
        let value = pool.tokens_for(record.shares);
        require(value >= overview.min_operator_token_stake, &fault::MIN_OPERATOR_TOKEN_STAKE_NOT_MET)?;
    }

    emit(&ClaimUnstakeEvent {
        instruction_index: instruction_index(instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        staking_record: *record.key(),
        owner: *owner.key(),
        is_operator,
        token_amount,
    })?;
    pool.store()?;
    record.store()
}

fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let owner = accounts.any("owner")?;
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

    fn check_due(&self, is_operator: bool) -> ProgramResult {
        let Self { overview, pool, record, .. } = self;
        let is_held = is_operator && pool.halted_at_timestamp.is_some();
        require(!is_held, &fault::UNSTAKING_NOT_ALLOWED)?;
        require(!overview.is_withdrawal_halted, &fault::WITHDRAWALS_HALTED)?;
        pool.require_caught_up(overview.completed_reward_epoch)?;
        require(unix_timestamp()? >= record.unstake_at_timestamp, &fault::PENDING_DELAY)?;
        require(record.tokens_unstake_amount > 0, &fault::NO_TOKENS_TO_CLAIM)
    }
}
