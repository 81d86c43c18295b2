//! Replace the lists of authorities, hand the program to a new admin. No event.

use alloc::vec::Vec;
use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::read_args, fault::CONSTRAINT_SIGNER, fault::require};

use crate::{constants::MAX_AUTHORITIES, fault, seeds::check_overview, state::PoolOverview};

#[derive(BorshDeserialize)]
struct Args {
    new_reward_distribution_authorities: Option<Vec<Address>>,
    new_halt_authorities: Option<Vec<Address>>,
    new_slashing_authorities: Option<Vec<Address>>,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let program_admin = accounts.signer("program_admin")?;
    let mut overview = accounts.load::<PoolOverview>("pool_overview")?;
    let new_admin = accounts.optional("new_program_admin")?;

    check_overview(&overview, program_id)?;
    overview.slot.require_writable()?;
    let is_admin = overview.program_admin == *program_admin.key();
    overview.slot.require(is_admin, &fault::INVALID_PROGRAM_ADMIN)?;
    if let Some(slot) = new_admin {
        slot.require(slot.view.is_signer(), &CONSTRAINT_SIGNER)?;
        overview.program_admin = *slot.key();
    }

    replace(&mut overview.reward_distribution_authorities, args.new_reward_distribution_authorities)?;
    replace(&mut overview.slashing_authorities, args.new_slashing_authorities)?;
    replace(&mut overview.halt_authorities, args.new_halt_authorities)?;
    overview.store()
}

fn replace(list: &mut Vec<Address>, new: Option<Vec<Address>>) -> ProgramResult {
    if let Some(new) = new {
        require(new.len() <= MAX_AUTHORITIES, &fault::AUTHORITIES_EXCEEDED)?;
        *list = new;
    }
    Ok(())
}
