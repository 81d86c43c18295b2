//! Paying an operator's commission: what the two withdrawal instructions share.

use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
    token::TokenAccount,
};

use crate::{
    fault,
    seeds::{check_overview, check_pool, check_vault, pay_from_pool},
    state::{OperatorPool, PoolOverview},
};

/// What was paid, by whom and to whom.
pub struct Withdrawal {
    pub instruction_index: u16,
    pub operator_pool: Address,
    pub epoch: u64,
    pub admin: Address,
    pub destination: Address,
    pub amount: u64,
}

struct Context {
    admin: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    vault: TokenAccount,
    destination: TokenAccount,
    instructions: Slot,
}

/// Pay the whole of the vault that `seed` names, named `vault` in the interface, to the destination.
pub fn withdraw(
    program_id: &Address,
    views: &[AccountView],
    vault: &'static str,
    seed: &[u8],
) -> Result<Withdrawal, ProgramError> {
    let context = load(program_id, views, vault)?;
    context.check(program_id, seed)?;
    let Context { overview, pool, vault, destination, .. } = &context;
    require(!overview.is_withdrawal_halted, &fault::WITHDRAWALS_HALTED)?;
    require(pool.halted_at_timestamp.is_none(), &fault::OPERATOR_POOL_HALTED)?;
    pay_from_pool(vault, &destination.slot, pool, vault.amount)?;
    Ok(Withdrawal {
        instruction_index: instruction_index(&context.instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        admin: *context.admin.key(),
        destination: *destination.key(),
        amount: vault.amount,
    })
}

fn load(program_id: &Address, views: &[AccountView], vault: &'static str) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let overview = accounts.load("pool_overview")?;
    let pool = accounts.load("operator_pool")?;
    let vault = accounts.token_account(vault)?;
    let destination = accounts.token_account("destination")?;
    accounts.token_program("token_program")?;
    let instructions = accounts.any("instructions")?;
    Ok(Context { admin, overview, pool, vault, destination, instructions })
}

impl Context {
    fn check(&self, program_id: &Address, seed: &[u8]) -> ProgramResult {
        let Self { pool, .. } = self;
        check_overview(&self.overview, program_id)?;
        check_pool(pool, program_id)?;
        pool.slot.require(pool.admin == *self.admin.key(), &CONSTRAINT_HAS_ONE)?;
        check_vault(&self.vault, seed, pool.key(), program_id)?;
        self.destination.slot.require_writable()?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }
}
