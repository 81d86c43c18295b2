//! The time of an order: what was bought, what was used, until when use may be attested, and what is payable.
//!
//! Attested seconds wait for the end of their challenge window in marks. As with bond, times are rounded up to steps of a
//! fifteenth of the window, so that 16 marks hold any number of attestations, and one more what is payable already; a
//! mark is never payable before an earlier one, whatever became of the window in between.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{account::Loaded, event::emit, fault::require};

use crate::{
    amount::add_seconds,
    bond::release_time,
    event::LeaseEnded,
    faults,
    state::{LEASE_RAN_OUT, ORDER_CREATED, ORDER_DISPUTED, ORDER_STARTED, Offer, Order, RELEASE_PLACES, UsageMark},
};

/// One for each step of a window, and one for all that is payable.
const MARK_PLACES: usize = RELEASE_PLACES + 1;

impl Order {
    /// When the bought time is over. Only for started orders.
    pub fn bought_until(&self) -> Result<i64, ProgramError> {
        add_seconds(self.started_at, self.seconds)
    }

    /// When access ended, or will end at the latest.
    pub fn lease_end(&self) -> Result<i64, ProgramError> {
        if self.lease_ended_at == 0 { self.bought_until() } else { Ok(self.lease_ended_at) }
    }

    /// Whole seconds between the start and `now`, or the end of the lease if that came first.
    pub fn used_seconds(&self, now: i64) -> Result<u32, ProgramError> {
        let used = now.min(self.lease_end()?).saturating_sub(self.started_at).max(0);
        u32::try_from(used).map_err(|_| faults::ARITHMETIC_OVERFLOW.raise())
    }

    /// Whether the arbiter may still rule.
    pub fn waits_for_arbiter(&self, now: i64) -> bool {
        self.status == ORDER_DISPUTED && now <= self.dispute_deadline
    }

    /// Started and not ended, and not with the arbiter: 6030, 6033, 6064.
    pub fn require_live(&self, now: i64) -> ProgramResult {
        require(self.status != ORDER_CREATED, &faults::ORDER_NOT_STARTED)?;
        require([ORDER_STARTED, ORDER_DISPUTED].contains(&self.status), &faults::ORDER_ENDED)?;
        require(!self.waits_for_arbiter(now), &faults::ORDER_IS_DISPUTED)
    }

    /// Started, undisputed, access not cut: 6030, 6033, 6064, 6071.
    pub fn require_running(&self) -> ProgramResult {
        require(self.status != ORDER_CREATED, &faults::ORDER_NOT_STARTED)?;
        require(self.status != ORDER_DISPUTED, &faults::ORDER_IS_DISPUTED)?;
        require(self.status == ORDER_STARTED, &faults::ORDER_ENDED)?;
        require(self.lease_ended_at == 0, &faults::LEASE_IS_OVER)
    }

    /// Note attested seconds. Returns when they are payable.
    pub fn mark(&mut self, covered_seconds: u32, now: i64, window_seconds: u32) -> Result<i64, ProgramError> {
        let wanted = release_time(add_seconds(now, window_seconds)?, window_seconds)?;
        let payable = self.marks.iter().take_while(|mark| mark.payable_at <= now).count();
        self.marks.drain(..payable.saturating_sub(1));
        let is_full = self.marks.len() >= MARK_PLACES;
        let payable_at = self.marks.last().map_or(wanted, |last| last.payable_at.max(wanted));
        match self.marks.last_mut() {
            Some(last) if is_full || last.payable_at == payable_at => *last = UsageMark { payable_at, covered_seconds },
            _ => self.marks.push(UsageMark { payable_at, covered_seconds }),
        }
        self.attested_seconds = covered_seconds;
        self.attested_at = now;
        Ok(payable_at)
    }

    /// Take the marks whose time has come. Returns the seconds from the start that are payable in all.
    pub fn take_payable(&mut self, now: i64) -> u32 {
        let payable = self.marks.iter().take_while(|mark| mark.payable_at <= now).map(|mark| mark.covered_seconds);
        let seconds = payable.last().unwrap_or(self.settled_seconds);
        self.marks.retain(|mark| mark.payable_at > now);
        seconds
    }
}

/// Cut access: the units are free again, and everybody is told.
pub fn end_lease(order: &mut Loaded<Order>, offer: &mut Offer, reason: u8, now: i64) -> ProgramResult {
    let ended_at = if reason == LEASE_RAN_OUT { order.bought_until()? } else { now.min(order.bought_until()?) };
    order.lease_ended_at = ended_at;
    free_units(order, offer)?;
    emit(&LeaseEnded {
        order: *order.key(),
        offer: order.offer,
        provider: order.provider,
        buyer: order.buyer,
        units: order.units,
        used_seconds: order.used_seconds(ended_at)?,
        reason,
        ended_at,
    })
}

/// The order's units are offered again.
pub fn free_units(order: &Order, offer: &mut Offer) -> ProgramResult {
    let freed = offer.units_free.checked_add(order.units);
    offer.units_free = freed.ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
    Ok(())
}

/// Whether the signer is the order's buyer, rather than the provider's owner: neither is 6062.
pub fn side_of(signer: &Address, order: &Order, owner: &Address) -> Result<bool, ProgramError> {
    require(*signer == order.buyer || signer == owner, &faults::NOT_BUYER_OR_PROVIDER)?;
    Ok(*signer == order.buyer)
}
