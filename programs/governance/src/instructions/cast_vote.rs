//! `cast_vote`: once and finally, with the power held strictly before the vote opened. The voter's stake stays until the
//! vote ends and the unbonding period after it, also where it is already waiting to be withdrawn.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self as common, require},
    parameters::id,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    interface::{
        accounts::{VOTE_RECORD_SPACE, VoteRecord},
        args::CastVoteArgs,
        events::VoteCast,
        fault,
    },
    own,
    proposal::VOTING,
    seeds::{VERSION, VOTE_SEED},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: CastVoteArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let table = own::parameters(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let mut proposal = own::proposal(&mut accounts, program_id)?;
    let record = accounts.any("vote_record")?;
    accounts.system_program("system_program")?;

    let written = [&payer, &staker.slot, &proposal.slot, &record];
    written.into_iter().try_for_each(Slot::require_writable)?;
    staker.slot.require(staker.owner == *owner.key(), &common::CONSTRAINT_HAS_ONE)?;
    require(proposal.status == VOTING, &fault::NOT_IN_VOTING)?;
    let now = unix_timestamp()?;
    require(now < proposal.voting_ends_at, &fault::VOTING_OVER)?;
    record.require(!record.view.owned_by(program_id), &fault::ALREADY_VOTED)?;
    let power = staker.vote_power(proposal.opened_slot);
    require(power > 0, &fault::NO_VOTING_POWER)?;
    proposal.votes.count(args.choice, power)?;

    let free_at = proposal.voting_ends_at.saturating_add(table.hours(id::UNBONDING_PERIOD_HOURS));
    staker.locked_until = staker.locked_until.max(free_at);
    if staker.unstaking > 0 {
        staker.unstake_at = staker.unstake_at.max(free_at);
    }
    let seeds = [VOTE_SEED, proposal.key().as_ref(), owner.key().as_ref()];
    let bump = create_state(&record, VOTE_RECORD_SPACE, &seeds, &payer, program_id)?;
    let state = VoteRecord {
        version: VERSION,
        bump,
        proposal: *proposal.key(),
        owner: *owner.key(),
        choice: args.choice,
        power,
        voted_at: now,
    };
    let mut record = Loaded::new(record, state);
    record.store()?;
    staker.store()?;
    proposal.store()?;
    emit(&VoteCast {
        proposal: record.proposal,
        owner: record.owner,
        choice: record.choice,
        power,
        voted_at: now,
        votes: proposal.votes,
        locked_until: staker.locked_until,
        unstake_at: staker.unstake_at,
    })
}
