//! What time does to an index: the mark follows, funding accrues, milestones pass. Pure.
//!
//! After a change of the index the mark goes in a straight line from where it was to the index, in `mark_window_seconds`.
//! The premium is the gap between the two; its integral over time, clamped at every moment, is what the side ahead owes.
//! Accrual is additive: how often it is counted does not matter. The other side receives what the first one owes on no
//! more size than there is on both sides, so that the bankroll never pays funding.

use alloc::vec::Vec;
use pinocchio::error::ProgramError;

use crate::{
    interface::{
        accounts::Index,
        types::{IndexState, Milestone, Rules},
    },
    number::{PPM, add_signed, add_wide, mul_div, seconds, signed, sub_signed, sub_wide},
};

type Result<T> = core::result::Result<T, ProgramError>;

impl IndexState {
    /// Mark at a time.
    pub fn mark(&self, now: i64, window_seconds: u64) -> Result<u128> {
        let gone = u128::from(seconds(self.mark_from_at, now).min(window_seconds));
        let window = u128::from(window_seconds);
        let way = mul_div(self.price.abs_diff(self.mark_from), gone, window)?;
        if self.price >= self.mark_from { add_wide(self.mark_from, way) } else { sub_wide(self.mark_from, way) }
    }

    /// Count funding up to `now` at the sizes that were open since the last time.
    fn accrue(&mut self, rules: &Rules, now: i64) -> Result<()> {
        let gap = self.price.abs_diff(self.mark_from);
        let limit = mul_div(self.price, u128::from(rules.funding_clamp_ppm), PPM)?;
        let start = seconds(self.mark_from_at, self.advanced_at);
        let end = seconds(self.mark_from_at, now);
        let integral = clamped_integral(gap, limit, start, end, rules.mark_window_seconds)?;
        let owed = mul_div(integral, 1, u128::from(rules.funding_interval_seconds))?;
        let long_pays = self.price > self.mark_from;
        let (payers, receivers) =
            if long_pays { (self.long_size, self.short_size) } else { (self.short_size, self.long_size) };
        let shared = if receivers == 0 { 0 } else { share(owed, payers, receivers)? };
        let (paying, receiving) = if long_pays {
            (&mut self.funding_long, &mut self.funding_short)
        } else {
            (&mut self.funding_short, &mut self.funding_long)
        };
        *paying = add_signed(*paying, signed(owed)?)?;
        *receiving = sub_signed(*receiving, signed(shared)?)?;
        Ok(())
    }

    /// Funding of the side that a size is on.
    pub fn funding_of(&self, size: i64) -> i128 {
        if size < 0 { self.funding_short } else { self.funding_long }
    }
}

/// What each receiving GPU-second gets: nobody receives on size that nobody pays for.
fn share(owed: u128, payers: u64, receivers: u64) -> Result<u128> {
    mul_div(owed, u128::from(payers.min(receivers)), u128::from(receivers))
}

/// Integral, from `start` to `end` seconds after the change, of a gap that shrinks to nothing within `window`, where what
/// exceeds `limit` is cut off.
fn clamped_integral(gap: u128, limit: u128, start: u64, end: u64, window: u64) -> Result<u128> {
    if start >= window {
        return Ok(0);
    }
    let end = end.min(window);
    let cut = if gap > limit {
        let tail = mul_div(u128::from(window), limit, gap)?;
        window.saturating_sub(u64::try_from(tail).unwrap_or(window))
    } else {
        0
    };
    let flat = end.min(cut).saturating_sub(start.min(cut));
    let sloped = sub_wide(rest(gap, start.max(cut), window)?, rest(gap, end.max(cut), window)?)?;
    add_wide(mul_div(limit, u128::from(flat), 1)?, sloped)
}

/// Integral of the shrinking gap from `start` to the end of the window.
fn rest(gap: u128, start: u64, window: u64) -> Result<u128> {
    let left = u128::from(window.saturating_sub(start));
    mul_div(gap, left.saturating_mul(left), u128::from(window).saturating_mul(2))
}

impl Index {
    /// Count time up to `now`. Called before anything else changes the index. Returns the milestones that passed.
    pub fn advance(&mut self, rules: &Rules, now: i64) -> Result<Vec<Milestone>> {
        self.market.accrue(rules, now)?;
        self.advance_integral(now)
    }

    /// The part of `advance` that needs no rules: integral of the anchor, and milestones.
    fn advance_integral(&mut self, now: i64) -> Result<Vec<Milestone>> {
        let state = &mut self.market;
        let mut passed = Vec::new();
        for milestone in self.milestones.iter_mut().filter(|milestone| !milestone.is_passed && milestone.at <= now) {
            milestone.is_passed = true;
            milestone.anchor = state.anchor;
            milestone.integral = integral_at(state, milestone.at)?;
            passed.push(*milestone);
        }
        state.anchor_integral = integral_at(state, now)?;
        state.advanced_at = state.advanced_at.max(now);
        Ok(passed)
    }

    pub fn milestone(&self, at: i64) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.at == at)
    }
}

/// Integral of the anchor at a time since which it has not changed.
pub fn integral_at(state: &IndexState, at: i64) -> Result<u128> {
    let gone = u128::from(seconds(state.advanced_at, at));
    add_wide(state.anchor_integral, mul_div(state.anchor, gone, 1)?)
}
