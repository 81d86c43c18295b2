//! `end_session`: buyer or provider end a session before its time. Seconds up to now can still be attested and are paid;
//! the rest goes back to the buyer.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    faults,
    lease::{end_lease, side_of},
    state::{LEASE_ENDED_BY_BUYER, LEASE_ENDED_BY_PROVIDER, LEASE_RAN_OUT, Offer, Order, Provider},
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let authority = accounts.signer("authority")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut offer = accounts.load::<Offer>("offer")?;
    let mut order = accounts.load::<Order>("order")?;

    [&offer.slot, &order.slot].into_iter().try_for_each(Slot::require_writable)?;
    order.slot.require(order.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.slot.require(order.offer == *offer.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let is_buyer = side_of(authority.key(), &order, &provider.owner)?;
    require(order.is_streaming, &faults::ORDER_NOT_STREAMING)?;
    order.require_running()?;
    let now = unix_timestamp()?;
    let reason = match is_buyer {
        _ if now >= order.bought_until()? => LEASE_RAN_OUT,
        true => LEASE_ENDED_BY_BUYER,
        false => LEASE_ENDED_BY_PROVIDER,
    };
    end_lease(&mut order, &mut offer, reason, now)?;
    offer.store()?;
    order.store()
}
