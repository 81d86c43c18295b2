//! Halt a pool or let it go on. Halting a halted pool starts its slashing delay again.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::Accounts,
    entry::read_args,
    event::emit,
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index, unix_timestamp},
};

use crate::{
    event::SetHaltStatusEvent,
    fault,
    seeds::{check_overview, check_pool},
    state::{OperatorPool, PoolOverview},
};

#[derive(BorshDeserialize)]
struct Args {
    is_halted: bool,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let authority = accounts.signer("authority")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;
    let instructions = accounts.any("instructions")?;

    check_overview(&overview, program_id)?;
    let is_authority = overview.halt_authorities.contains(authority.key());
    overview.slot.require(is_authority, &fault::INVALID_HALT_AUTHORITY)?;
    check_pool(&pool, program_id)?;
    pool.slot.require_writable()?;
    instructions.require_address(&INSTRUCTIONS_SYSVAR)?;

    pool.halted_at_timestamp = if args.is_halted { Some(unix_timestamp()?) } else { None };
    emit(&SetHaltStatusEvent {
        instruction_index: instruction_index(&instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        is_halted: args.is_halted,
    })?;
    pool.store()
}
