//! Locking a provider's bond and letting it go.
//!
//! An open order locks bond in `bond_open`. When it ends with something left to challenge, the lock moves to one of 16
//! release places, each with a time. Nobody has to come and free it: every instruction that changes the bond first
//! drops the places whose time has come. So that 16 places hold any number of orders, times are rounded up to steps of
//! a fifteenth of the window: the lock may last up to one step longer than the window, never shorter.

use pinocchio::error::ProgramError;
use plumbline_shared::fault::require;

use crate::{
    amount::{add, sub},
    faults,
    state::{BondRelease, Provider, RELEASE_PLACES},
};

impl Provider {
    /// Free the bond whose time has come.
    pub fn free_expired(&mut self, now: i64) {
        for place in &mut self.bond_releases {
            if place.release_at <= now {
                *place = BondRelease::default();
            }
        }
    }

    /// Bond that open and recently ended orders hold, and what is set aside for challenges.
    pub fn locked(&self) -> Result<u64, ProgramError> {
        let held = add(self.bond_open, self.bond_challenged)?;
        self.bond_releases.iter().try_fold(held, |sum, place| add(sum, place.amount))
    }

    /// Lock `amount` for a new order: the bond must cover all locks (6027) and the tier's minimum (6023).
    pub fn lock(&mut self, amount: u64, tier_minimum: u64, now: i64) -> Result<(), ProgramError> {
        self.free_expired(now);
        require(self.bond_total >= tier_minimum, &faults::BOND_BELOW_TIER_MINIMUM)?;
        require(add(self.locked()?, amount)? <= self.bond_total, &faults::INSUFFICIENT_BOND)?;
        self.bond_open = add(self.bond_open, amount)?;
        Ok(())
    }

    /// End the lock of an open order at once.
    pub fn unlock(&mut self, amount: u64, now: i64) -> Result<(), ProgramError> {
        self.free_expired(now);
        self.bond_open = sub(self.bond_open, amount)?;
        Ok(())
    }

    /// End the lock of an open order when its window ends. Returns the time at which it really does.
    pub fn unlock_later(
        &mut self,
        amount: u64,
        window_ends_at: i64,
        window_seconds: u32,
        now: i64,
    ) -> Result<i64, ProgramError> {
        self.unlock(amount, now)?;
        let wanted = release_time(window_ends_at, window_seconds)?;
        if amount == 0 || wanted <= now {
            return Ok(wanted);
        }
        let place = &mut self.bond_releases[place_for(&self.bond_releases, wanted)];
        place.release_at = place.release_at.max(wanted);
        place.amount = add(place.amount, amount)?;
        Ok(place.release_at)
    }
}

/// `window_ends_at`, rounded up to a multiple of a fifteenth of the window.
pub fn release_time(window_ends_at: i64, window_seconds: u32) -> Result<i64, ProgramError> {
    let steps = RELEASE_PLACES.saturating_sub(1) as u32;
    let step = i64::from(window_seconds.div_ceil(steps).max(1));
    let late = window_ends_at.rem_euclid(step);
    let wait = if late == 0 { 0 } else { step.saturating_sub(late) };
    window_ends_at.checked_add(wait).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())
}

/// The place of the same time, else a free one, else the one with the latest time. Live times are multiples of the step
/// in an interval of 16 steps, so the last case needs a window that was changed; it only ever locks for longer.
fn place_for(places: &[BondRelease; RELEASE_PLACES], release_at: i64) -> usize {
    let same = places.iter().position(|place| place.amount > 0 && place.release_at == release_at);
    let free = || places.iter().position(|place| place.amount == 0);
    let latest = || places.iter().enumerate().max_by_key(|(_, place)| place.release_at).map(|(index, _)| index);
    same.or_else(free).or_else(latest).unwrap_or(0)
}
