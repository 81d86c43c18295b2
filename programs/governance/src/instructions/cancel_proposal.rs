//! `cancel_proposal`: the proposer takes a proposal back, as long as nobody votes on it.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Slot, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{events::ProposalCanceled, fault},
    own,
    proposal::{CANCELED, SIGNALING},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let proposer = accounts.signer("proposer")?;
    let mut governance = own::governance(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;

    let written = [&governance.slot, &staker.slot, &proposal.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    require(proposal.proposer == *proposer.key(), &fault::NOT_PROPOSER)?;
    require(proposal.status <= SIGNALING, &fault::VOTING_BEGUN)?;

    let now = unix_timestamp()?;
    proposal.state.end(CANCELED, now, &mut governance.state, &mut staker)?;
    governance.store()?;
    staker.store()?;
    proposal.store()?;
    emit(&ProposalCanceled { proposal: *proposal.key(), proposer: proposal.proposer, ended_at: now })
}
