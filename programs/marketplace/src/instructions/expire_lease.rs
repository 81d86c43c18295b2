//! `expire_lease`: anyone ends a lease whose bought time ran out, or a session whose provider has been silent for too
//! long. The event says that access must be cut; what is still owed is another matter.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Slot, fault, runtime::unix_timestamp};

use super::Context;
use crate::{
    amount::add_seconds,
    faults,
    lease::end_lease,
    state::{LEASE_NOT_ATTESTED, LEASE_RAN_OUT, Offer, Order, Settings},
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut offer = accounts.load::<Offer>("offer")?;
    let mut order = accounts.load::<Order>("order")?;

    [&offer.slot, &order.slot].into_iter().try_for_each(Slot::require_writable)?;
    order.slot.require(order.offer == *offer.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.require_running()?;
    let now = unix_timestamp()?;
    let silent_until = add_seconds(order.attested_at, settings.stream_attest_timeout_seconds)?;
    let reason = if now >= order.bought_until()? {
        LEASE_RAN_OUT
    } else if order.is_streaming && now > silent_until {
        LEASE_NOT_ATTESTED
    } else {
        return Err(faults::LEASE_NOT_EXPIRED.raise());
    };
    end_lease(&mut order, &mut offer, reason, now)?;
    offer.store()?;
    order.store()
}
