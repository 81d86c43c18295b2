//! Take shares of a halted pool's operator, with all its settled USDC and all commission in the pool's vaults.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_RAW, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index, unix_timestamp},
    token::TokenAccount,
};

use crate::{
    constants::USDC_MINT,
    event::SlashStakeEvent,
    fault, seeds,
    seeds::{check_overview, check_pool, check_vault, pay_from_pool},
    state::{OperatorPool, PoolOverview, StakingRecord},
    usdc_debt::book_settlement,
};

#[derive(BorshDeserialize)]
struct Args {
    shares_amount: u64,
}

struct Context {
    authority: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    operator_record: Loaded<StakingRecord>,
    staked_vault: TokenAccount,
    usdc_vault: TokenAccount,
    reward_fee_vault: TokenAccount,
    usdc_fee_vault: TokenAccount,
    destination: TokenAccount,
    usdc_destination: TokenAccount,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut context = load(program_id, views)?;
    context.check(program_id)?;
    context.check_due(args.shares_amount)?;

    let settled_before = context.operator_record.accrued_usdc_earnings;
    let Context { pool, operator_record, .. } = &mut context;
    let token_amount_slashed = pool.state.remove_stake(&mut operator_record.state, args.shares_amount);
    let usdc_confiscated = core::mem::take(&mut operator_record.accrued_usdc_earnings);
    context.confiscate(token_amount_slashed, usdc_confiscated)?;

    emit(&SlashStakeEvent {
        instruction_index: instruction_index(&context.instructions)?,
        operator_pool: *context.pool.key(),
        epoch: add(context.overview.completed_reward_epoch, 1),
        operator_staking_record: *context.operator_record.key(),
        authority: *context.authority.key(),
        destination: *context.destination.key(),
        destination_usdc: *context.usdc_destination.key(),
        shares_slashed: args.shares_amount,
        token_amount_slashed,
        usdc_confiscated,
        reward_commission_confiscated: context.reward_fee_vault.amount,
        usdc_commission_confiscated: context.usdc_fee_vault.amount,
    })?;
    book_settlement(&mut context.pool, settled_before, 0)?;
    context.pool.store()?;
    context.operator_record.store()
}

#[inline(never)]
fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let authority = accounts.signer("authority")?;
    let overview = accounts.load("pool_overview")?;
    let pool = accounts.load("operator_pool")?;
    let operator_record = accounts.load("operator_staking_record")?;
    let staked_vault = accounts.token_account("staked_token_account")?;
    let usdc_vault = accounts.token_account("pool_usdc_vault")?;
    let reward_fee_vault = accounts.token_account("reward_fee_token_account")?;
    let usdc_fee_vault = accounts.token_account("usdc_fee_token_account")?;
    let destination = accounts.token_account("slashing_destination_token_account")?;
    let usdc_destination = accounts.token_account("slashing_destination_usdc_account")?;
    accounts.token_program("token_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context {
        authority,
        overview,
        pool,
        operator_record,
        staked_vault,
        usdc_vault,
        reward_fee_vault,
        usdc_fee_vault,
        destination,
        usdc_destination,
        instructions,
    })
}

impl Context {
    #[inline(never)]
    fn check(&self, program_id: &Address) -> ProgramResult {
        let Self { overview, pool, operator_record, destination, usdc_destination, .. } = self;
        check_overview(overview, program_id)?;
        let is_authority = overview.slashing_authorities.contains(self.authority.key());
        overview.slot.require(is_authority, &fault::INVALID_SLASHING_AUTHORITY)?;
        check_pool(pool, program_id)?;
        pool.slot.require_writable()?;
        operator_record.slot.require_writable()?;
        operator_record.slot.require_address(&pool.operator_staking_record)?;
        for (vault, seed) in [
            (&self.staked_vault, seeds::POOL_STAKED_VAULT),
            (&self.usdc_vault, seeds::POOL_DELEGATOR_USDC_VAULT),
            (&self.reward_fee_vault, seeds::POOL_REWARD_COMMISSION_VAULT),
            (&self.usdc_fee_vault, seeds::POOL_USDC_COMMISSION_VAULT),
        ] {
            check_vault(vault, seed, pool.key(), program_id)?;
        }
        destination.slot.require_writable()?;
        destination.slot.require_address(&overview.slashing_destination_token_account)?;
        usdc_destination.slot.require_writable()?;
        usdc_destination.slot.require(usdc_destination.mint == USDC_MINT, &CONSTRAINT_RAW)?;
        usdc_destination.slot.require_address(&overview.slashing_destination_usdc_account)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }

    /// The pool has been halted for the slashing delay, and the operator has the shares.
    fn check_due(&self, shares_amount: u64) -> ProgramResult {
        require(shares_amount > 0, &fault::INVALID_AMOUNT)?;
        let Some(halted_at) = self.pool.halted_at_timestamp else {
            return Err(fault::OPERATOR_POOL_NOT_HALTED.raise());
        };
        require(self.operator_record.shares >= shares_amount, &fault::INVALID_SLASH_SHARES_AMOUNT)?;
        let halted_seconds = unix_timestamp()?.saturating_sub(halted_at);
        // As deployed: a delay beyond 63 bits turns negative. Only the program admin sets it.
        let delay_seconds = self.overview.slashing_delay_seconds as i64;
        require(halted_seconds >= delay_seconds, &fault::SLASHING_DELAY_NOT_MET)
    }

    #[inline(never)]
    fn confiscate(&self, token_amount: u64, usdc_amount: u64) -> ProgramResult {
        let Self { pool, usdc_vault, reward_fee_vault, usdc_fee_vault, .. } = self;
        if usdc_amount > 0 {
            require(usdc_vault.amount >= usdc_amount, &fault::INSUFFICIENT_POOL_USDC_VAULT_BALANCE)?;
            pay_from_pool(usdc_vault, &self.usdc_destination.slot, pool, usdc_amount)?;
        }
        if reward_fee_vault.amount > 0 {
            pay_from_pool(reward_fee_vault, &self.destination.slot, pool, reward_fee_vault.amount)?;
        }
        if usdc_fee_vault.amount > 0 {
            pay_from_pool(usdc_fee_vault, &self.usdc_destination.slot, pool, usdc_fee_vault.amount)?;
        }
        pay_from_pool(&self.staked_vault, &self.destination.slot, pool, token_amount)
    }
}
