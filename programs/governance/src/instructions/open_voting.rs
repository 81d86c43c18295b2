//! `open_voting`: the snapshot. Power, thresholds and every later time of the proposal are fixed here, so that nothing that
//! changes afterwards, by whatever authority, touches this vote.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    event::emit,
    fault::require,
    parameters::id,
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    interface::{events::VotingOpened, fault},
    own,
    proposal::{SIGNALING, VOTING},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut governance = own::governance(&mut accounts, program_id)?;
    let table = own::parameters(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;

    [&governance.slot, &proposal.slot].into_iter().try_for_each(Slot::require_writable)?;
    require(proposal.status == SIGNALING, &fault::NOT_IN_SIGNALING)?;
    let now = unix_timestamp()?;
    require(now >= proposal.voting_from, &fault::SIGNALING_NOT_OVER)?;

    let slot = current_slot()?;
    proposal.status = VOTING;
    proposal.opened_slot = slot;
    proposal.snapshot_power = governance.power_before_slot(slot);
    proposal.quorum_bps = table.bps(id::QUORUM_BPS);
    proposal.pass_threshold_bps = table.bps(id::PASS_THRESHOLD_BPS);
    proposal.veto_threshold_bps = table.bps(id::VETO_THRESHOLD_BPS);
    proposal.voting_ends_at = now.saturating_add(table.hours(id::VOTING_PERIOD_HOURS));
    proposal.executes_from = proposal.voting_ends_at.saturating_add(table.hours(id::EXECUTION_DELAY_HOURS));
    proposal.expires_at = proposal.executes_from.saturating_add(table.hours(id::EXECUTION_WINDOW_HOURS));
    governance.open_slots.push(slot);
    proposal.store()?;
    governance.store()?;
    emit(&VotingOpened {
        proposal: *proposal.key(),
        opened_slot: slot,
        voting_ends_at: proposal.voting_ends_at,
        executes_from: proposal.executes_from,
        expires_at: proposal.expires_at,
        quorum_bps: proposal.quorum_bps,
        pass_threshold_bps: proposal.pass_threshold_bps,
        veto_threshold_bps: proposal.veto_threshold_bps,
        snapshot_power: proposal.snapshot_power,
    })
}
