//! Pay a closed, empty pool's USDC that nobody is owed to its admin, and close the vault once nobody can be owed any more.
//!
//! What records have settled stays for their owners to claim. While it does, or while the closing epoch is still to be
//! accrued, the vault stays too and the sweep can be repeated.

use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use pinocchio_token::instructions::CloseAccount;
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, CONSTRAINT_RAW, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
    token::TokenAccount,
};

use crate::{
    constants::USDC_MINT,
    event::SweepClosedPoolUsdcDustEvent,
    fault, seeds,
    seeds::{check_overview, check_vault, pay_from_pool, sign_for_pool},
    state::{OperatorPool, PoolOverview},
    usdc_debt::outstanding,
};

struct Context {
    admin: Slot,
    pool: Loaded<OperatorPool>,
    usdc_vault: TokenAccount,
    admin_usdc: TokenAccount,
    overview: Loaded<PoolOverview>,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let context = load(program_id, views)?;
    let closed_at = context.check(program_id)?;
    let Context { pool, usdc_vault, .. } = &context;
    require(context.overview.completed_reward_epoch > closed_at, &fault::POOL_CLOSED_EPOCH_INVALID)?;
    require(pool.is_empty(), &fault::POOL_IS_NOT_EMPTY)?;

    // Without shares nothing is unsettled: what records have settled is all that anybody is owed.
    let owed = outstanding(pool, usdc_vault)?;
    let usdc_amount_swept = usdc_vault.amount.saturating_sub(owed);
    if usdc_amount_swept > 0 {
        pay_from_pool(usdc_vault, &context.admin_usdc.slot, pool, usdc_amount_swept)?;
    }
    if owed == 0 && pool.is_final() && pool.has_nothing_accrued() {
        context.close_vault()?;
    }
    emit(&SweepClosedPoolUsdcDustEvent {
        instruction_index: instruction_index(&context.instructions)?,
        operator_pool: *pool.key(),
        epoch: add(context.overview.completed_reward_epoch, 1),
        admin: *context.admin.key(),
        usdc_amount_swept,
    })
}

fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let pool = accounts.load("operator_pool")?;
    let usdc_vault = accounts.token_account("operator_usdc_vault")?;
    let admin_usdc = accounts.token_account("admin_usdc_account")?;
    let overview = accounts.load("pool_overview")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context { admin, pool, usdc_vault, admin_usdc, overview, instructions })
}

impl Context {
    /// Returns the epoch the pool closes in.
    fn check(&self, program_id: &Address) -> Result<u64, ProgramError> {
        let Self { admin, pool, usdc_vault, admin_usdc, .. } = self;
        admin.require_writable()?;
        pool.slot.require(pool.admin == *admin.key(), &CONSTRAINT_HAS_ONE)?;
        let Some(closed_at) = pool.closed_at_epoch else {
            return Err(fault::POOL_CLOSED_EPOCH_INVALID.at(pool.slot.name));
        };
        check_vault(usdc_vault, seeds::POOL_DELEGATOR_USDC_VAULT, pool.key(), program_id)?;
        admin_usdc.slot.require_writable()?;
        admin_usdc.slot.require(admin_usdc.mint == USDC_MINT, &CONSTRAINT_RAW)?;
        check_overview(&self.overview, program_id)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)?;
        Ok(closed_at)
    }

    fn close_vault(&self) -> ProgramResult {
        let close = CloseAccount::new(&self.usdc_vault.slot.view, &self.admin.view, &self.pool.slot.view);
        sign_for_pool(&self.pool, |authority| authority.sign(|signers| close.invoke_signed(signers)))
    }
}
