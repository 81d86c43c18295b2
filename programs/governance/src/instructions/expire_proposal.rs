//! `expire_proposal`: a queued proposal that nobody carried out in time ends. Its own instruction, since what an execution
//! needs may not exist any more.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Slot, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{events::ProposalExpired, fault},
    own,
    proposal::{EXPIRED, QUEUED},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut governance = own::governance(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;

    let written = [&governance.slot, &staker.slot, &proposal.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    require(proposal.status == QUEUED, &fault::NOT_QUEUED)?;
    let now = unix_timestamp()?;
    require(now >= proposal.expires_at, &fault::EXECUTION_WINDOW_NOT_OVER)?;

    proposal.state.end(EXPIRED, now, &mut governance.state, &mut staker)?;
    governance.store()?;
    staker.store()?;
    proposal.store()?;
    emit(&ProposalExpired { proposal: *proposal.key(), ended_at: now })
}
