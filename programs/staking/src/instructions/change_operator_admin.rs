//! Hand a pool to another admin, who signs too. The pool's address and the operator's record do not change.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::Accounts,
    event::emit,
    fault::CONSTRAINT_HAS_ONE,
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
};

use crate::{
    event::ChangeOperatorAdminEvent,
    fault,
    seeds::{check_overview, check_pool},
    state::{OperatorPool, PoolOverview},
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let new_admin = accounts.signer("new_admin")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;
    let instructions = accounts.any("instructions")?;

    check_overview(&overview, program_id)?;
    overview.slot.require(!overview.is_epoch_finalizing, &fault::EPOCH_MUST_NOT_BE_FINALIZING)?;
    check_pool(&pool, program_id)?;
    pool.slot.require_writable()?;
    pool.slot.require(pool.admin == *admin.key(), &CONSTRAINT_HAS_ONE)?;
    instructions.require_address(&INSTRUCTIONS_SYSVAR)?;

    pool.admin = *new_admin.key();
    emit(&ChangeOperatorAdminEvent {
        instruction_index: instruction_index(&instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        old_admin: *admin.key(),
        new_admin: *new_admin.key(),
    })?;
    pool.store()
}
