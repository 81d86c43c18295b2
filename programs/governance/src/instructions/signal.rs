//! `signal`: what an owner would vote, with the power of the moment. Recorded once per owner; binds nobody.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self as common, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    interface::{
        accounts::{SIGNAL_RECORD_SPACE, SignalRecord},
        args::SignalArgs,
        events::SignalGiven,
        fault,
    },
    own,
    proposal::SIGNALING,
    seeds::{SIGNAL_SEED, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: SignalArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let staker = own::staker(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;
    let record = accounts.any("signal_record")?;
    accounts.system_program("system_program")?;

    [&payer, &proposal.slot, &record].into_iter().try_for_each(Slot::require_writable)?;
    staker.slot.require(staker.owner == *owner.key(), &common::CONSTRAINT_HAS_ONE)?;
    require(proposal.status == SIGNALING, &fault::NOT_IN_SIGNALING)?;
    record.require(!record.view.owned_by(program_id), &fault::ALREADY_SIGNALED)?;
    let power = staker.power;
    require(power > 0, &fault::NO_VOTING_POWER)?;
    proposal.signals.count(args.choice, power)?;

    let seeds = [SIGNAL_SEED, proposal.key().as_ref(), owner.key().as_ref()];
    let bump = create_state(&record, SIGNAL_RECORD_SPACE, &seeds, &payer, program_id)?;
    let state = SignalRecord {
        version: VERSION,
        bump,
        proposal: *proposal.key(),
        owner: *owner.key(),
        choice: args.choice,
        power,
        signaled_at: unix_timestamp()?,
    };
    let mut record = Loaded::new(record, state);
    record.store()?;
    proposal.store()?;
    emit(&SignalGiven {
        proposal: record.proposal,
        owner: record.owner,
        choice: record.choice,
        power,
        signaled_at: record.signaled_at,
        signals: proposal.signals,
    })
}
