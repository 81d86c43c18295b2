//! `finalize_vote`: counts when the time of voting is over. A passed proposal waits for its execution; any other ends.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    event::emit,
    fault::{self as common, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    interface::{events::VoteFinalized, fault},
    own,
    proposal::{DEFEATED, QUEUED, QUORUM_NOT_MET, VETOED, VOTING},
    tally::{Outcome, tally},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut governance = own::governance(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;

    let written = [&governance.slot, &staker.slot, &proposal.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    staker.slot.require(staker.owner == proposal.proposer, &common::CONSTRAINT_HAS_ONE)?;
    require(proposal.status == VOTING, &fault::NOT_IN_VOTING)?;
    let now = unix_timestamp()?;
    require(now >= proposal.voting_ends_at, &fault::VOTING_NOT_OVER)?;

    let opened_slot = proposal.opened_slot;
    if let Some(place) = governance.open_slots.iter().position(|slot| *slot == opened_slot) {
        governance.open_slots.remove(place);
    }
    match tally(&proposal) {
        Outcome::Succeeded => proposal.status = QUEUED,
        Outcome::Defeated => proposal.state.end(DEFEATED, now, &mut governance.state, &mut staker)?,
        Outcome::QuorumNotMet => proposal.state.end(QUORUM_NOT_MET, now, &mut governance.state, &mut staker)?,
        Outcome::Vetoed => proposal.state.end(VETOED, now, &mut governance.state, &mut staker)?,
    }
    governance.store()?;
    staker.store()?;
    proposal.store()?;
    emit(&VoteFinalized {
        proposal: *proposal.key(),
        status: proposal.status,
        votes: proposal.votes,
        snapshot_power: proposal.snapshot_power,
        finalized_at: now,
    })
}
