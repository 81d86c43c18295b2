//! `hand_over`: a number goes from the founding admin to governance, and there is no instruction that takes it back. Those
//! with a joint rule go together: in different hands, neither hand could move its own freely again.

use alloc::vec::Vec;
use pinocchio::ProgramResult;
use plumbline_shared::{
    bounds::{JOINT_ORDERS, JOINT_SUMS, parameter},
    entry::read_args,
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    changes::refuse,
    interface::{args::HandOverArgs, events::ParametersHandedOver, fault},
    own,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: HandOverArgs = read_args(data)?;
    let founding_admin = accounts.signer("founding_admin")?;
    let governance = own::governance(&mut accounts, program_id)?;
    let mut table = own::parameters(&mut accounts, program_id)?;

    table.slot.require_writable()?;
    founding_admin.require(governance.founding_admin == *founding_admin.key(), &fault::NOT_FOUNDING_ADMIN)?;
    parameter(args.id).map_err(|refusal| refuse(&refusal))?;
    require(!table.is_handed_over(args.id), &fault::HELD_BY_GOVERNANCE)?;

    let ids = partners(args.id);
    ids.iter().for_each(|id| table.hand_over(*id));
    table.store()?;
    emit(&ParametersHandedOver { ids, handed_over_at: unix_timestamp()? })
}

/// The number and all those it has a joint rule with.
fn partners(id: u16) -> Vec<u16> {
    let sum = JOINT_SUMS.iter().find(|sum| sum.ids.contains(&id)).map(|sum| sum.ids.to_vec());
    let order = || JOINT_ORDERS.iter().find(|order| [order.below, order.above].contains(&id));
    sum.or_else(|| order().map(|order| Vec::from([order.below, order.above]))).unwrap_or_else(|| Vec::from([id]))
}
