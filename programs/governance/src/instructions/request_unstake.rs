//! `request_unstake`: stake leaves voting power at once, and the program after the unbonding period and after the lock of
//! every vote that was cast. A further request renews the waiting time of all that waits.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    entry::read_args,
    event::emit,
    fault::{self as common, require},
    math::{add, sub},
    parameters::id,
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    interface::{args::RequestUnstakeArgs, events::UnstakeRequested, fault},
    own,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: RequestUnstakeArgs = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut governance = own::governance(&mut accounts, program_id)?;
    let table = own::parameters(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;

    [&governance.slot, &staker.slot].into_iter().try_for_each(Slot::require_writable)?;
    staker.slot.require(staker.owner == *owner.key(), &common::CONSTRAINT_HAS_ONE)?;
    require(args.amount > 0, &fault::ZERO_AMOUNT)?;
    require(args.amount <= staker.free_stake(), &fault::STAKE_COMMITTED)?;

    let slot = current_slot()?;
    let unbonded_at = unix_timestamp()?.saturating_add(table.hours(id::UNBONDING_PERIOD_HOURS));
    staker.stake = sub(staker.stake, args.amount);
    staker.unstaking = add(staker.unstaking, args.amount);
    staker.unstake_at = staker.unstake_at.max(unbonded_at).max(staker.locked_until);
    governance.total_staked = sub(governance.total_staked, args.amount);
    governance.total_unstaking = add(governance.total_unstaking, args.amount);
    staker.state.update_power(&mut governance.state, slot);
    staker.store()?;
    governance.store()?;
    emit(&UnstakeRequested {
        staker: *staker.key(),
        owner: staker.owner,
        amount: args.amount,
        stake: staker.stake,
        unstaking: staker.unstaking,
        unstake_at: staker.unstake_at,
        power: staker.power,
        total_staked: governance.total_staked,
        total_unstaking: governance.total_unstaking,
        total_power: governance.total_power,
        slot,
    })
}
