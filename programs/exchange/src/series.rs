//! Dated futures: the price a series settles on, and its own price around it. Pure.
//!
//! A series settles on the anchor of its index, at expiry or averaged over the delivery period: no trade moves it. Within
//! the delivery period the reference is what has been averaged so far together with the anchor for the rest, so that
//! nobody can trade at a price that is already known to be off.

use pinocchio::error::ProgramError;

use crate::{
    desk::series_price,
    funding::integral_at,
    interface::{
        accounts::{Index, Series},
        types::Milestone,
    },
    number::{add_wide, mul_div, seconds, sub_wide},
};

type Result<T> = core::result::Result<T, ProgramError>;

/// Most times an index can wait for: its account has room for them.
pub const MAX_MILESTONES: usize = 24;

impl Series {
    /// The price that the series would settle on if the anchor stayed where it is.
    pub fn reference(&self, index: &Index, now: i64) -> Result<u128> {
        if !self.is_average || now <= self.delivery_start {
            return Ok(index.market.anchor);
        }
        let begin = passed(index, self.delivery_start)?.integral;
        let so_far = sub_wide(integral_at(&index.market, now)?, begin)?;
        let to_come = mul_div(index.market.anchor, u128::from(seconds(now, self.expiry)), 1)?;
        self.mean(add_wide(so_far, to_come)?)
    }

    /// Price of a trade after which `long` and `short` are open.
    pub fn price(&self, reference: u128, long: u64, short: u64) -> Result<u128> {
        series_price(reference, long, short, self.basis_bound_ppm, self.depth_gpu_seconds)
    }

    /// What an expired series settles on. It follows from purchases before the expiry alone.
    pub fn settlement_price(&self, index: &Index) -> Result<u128> {
        let end = passed(index, self.expiry)?;
        if !self.is_average {
            return Ok(end.anchor);
        }
        self.mean(sub_wide(end.integral, passed(index, self.delivery_start)?.integral)?)
    }

    fn mean(&self, integral: u128) -> Result<u128> {
        mul_div(integral, 1, u128::from(seconds(self.delivery_start, self.expiry)))
    }

    /// The times that the index has to keep for this series.
    pub fn times(&self) -> impl Iterator<Item = i64> + use<> {
        let begin = if self.is_average { Some(self.delivery_start) } else { None };
        begin.into_iter().chain(core::iter::once(self.expiry))
    }
}

fn passed(index: &Index, at: i64) -> Result<&Milestone> {
    index.milestone(at).filter(|milestone| milestone.is_passed).ok_or(ProgramError::InvalidAccountData)
}

impl Index {
    /// Wait for a time, together with other series that do. False when there is no room.
    pub fn wait_for(&mut self, at: i64) -> bool {
        if let Some(known) = self.milestones.iter_mut().find(|milestone| milestone.at == at) {
            let Some(count) = known.series_count.checked_add(1) else { return false };
            known.series_count = count;
            return true;
        }
        self.milestones.push(Milestone { at, series_count: 1, ..Milestone::default() });
        self.milestones.len() <= MAX_MILESTONES
    }

    /// Wait no longer for one series.
    pub fn forget(&mut self, at: i64) {
        for milestone in self.milestones.iter_mut().filter(|milestone| milestone.at == at) {
            milestone.series_count = milestone.series_count.saturating_sub(1);
        }
        self.milestones.retain(|milestone| milestone.series_count > 0);
    }
}
