//! `begin_signaling`: the discussion had its time. How long signaling lasts was fixed when the proposal was submitted.

use pinocchio::ProgramResult;
use plumbline_shared::{event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{events::SignalingBegun, fault},
    own,
    proposal::{DISCUSSION, SIGNALING},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut proposal = own::proposal(&mut accounts, program_id)?;

    proposal.slot.require_writable()?;
    require(proposal.status == DISCUSSION, &fault::NOT_IN_DISCUSSION)?;
    let now = unix_timestamp()?;
    require(now >= proposal.signaling_from, &fault::DISCUSSION_NOT_OVER)?;

    proposal.status = SIGNALING;
    proposal.voting_from = now.saturating_add(i64::from(proposal.signaling_seconds));
    proposal.store()?;
    emit(&SignalingBegun { proposal: *proposal.key(), voting_from: proposal.voting_from })
}
