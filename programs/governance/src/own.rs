//! Loading the program's own accounts. Each must also stand at its program address by the bump stored in it (2006): the
//! program never creates one elsewhere, and relies on that twice.

use pinocchio::{Address, error::ProgramError};
use plumbline_shared::account::{Accounts, Loaded, Slot};

use crate::{
    interface::accounts::{Governance, Proposal, Staker},
    seeds::{GOVERNANCE_SEED, PARAMETERS_SEED, PROPOSAL_SEED, STAKER_SEED},
    table::Table,
};

pub fn governance(accounts: &mut Accounts, program_id: &Address) -> Result<Loaded<Governance>, ProgramError> {
    let governance = accounts.load::<Governance>("governance")?;
    governance.slot.require_seeds_with_bump(&[GOVERNANCE_SEED], governance.bump, program_id)?;
    Ok(governance)
}

pub fn parameters(accounts: &mut Accounts, program_id: &Address) -> Result<Table, ProgramError> {
    let table = Table::load(accounts.any("parameters")?, program_id)?;
    table.slot.require_seeds_with_bump(&[PARAMETERS_SEED], table.bump(), program_id)?;
    Ok(table)
}

/// The next account, of whatever owner; that it is the right one's is for the caller to check.
pub fn staker(accounts: &mut Accounts, program_id: &Address) -> Result<Loaded<Staker>, ProgramError> {
    staker_at(accounts.any("staker")?, program_id)
}

pub fn staker_at(slot: Slot, program_id: &Address) -> Result<Loaded<Staker>, ProgramError> {
    let staker = slot.load::<Staker>(program_id)?;
    let seeds = [STAKER_SEED, staker.owner.as_ref()];
    staker.slot.require_seeds_with_bump(&seeds, staker.bump, program_id)?;
    Ok(staker)
}

pub fn proposal(accounts: &mut Accounts, program_id: &Address) -> Result<Loaded<Proposal>, ProgramError> {
    let proposal = accounts.load::<Proposal>("proposal")?;
    let id = proposal.proposal_id.to_le_bytes();
    proposal.slot.require_seeds_with_bump(&[PROPOSAL_SEED, &id], proposal.bump, program_id)?;
    Ok(proposal)
}
