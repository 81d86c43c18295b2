//! How the index moves. Pure.
//!
//! The *anchor* is the price without open positions; purchases alone move it. The *target* is the anchor times one plus a
//! premium that depends on the skew (GPU-seconds long less short) and on nothing else, and never exceeds `bound_ppm`. A
//! trade executes at the target after it. So whoever goes round, by whatever steps and accounts, comes back to the price
//! he started from and has paid his own impact; and no order of trades moves the price by more than twice the bound. The
//! published index follows the target by at most `clamp_ppm` an update and a slot.

use pinocchio::error::ProgramError;

use crate::{
    interface::types::IndexState,
    number::{PPM, add_wide, mul_div, mul_div_signed, signed, sub_wide},
};

type Result<T> = core::result::Result<T, ProgramError>;

/// Range of anchors. With the largest bound prices stay between half of the least and one and a half of the largest.
pub const MIN_PRICE: u128 = 1_000_000_000;
pub const MAX_PRICE: u128 = 100_000_000_000_000_000_000;
/// Price units times GPU-seconds that make one base unit: a million by 3,600 seconds.
pub const UNITS_PER_BASE: u128 = 3_600_000_000;
/// Premium is counted in millionths of a millionth.
const FINE: u128 = 1_000_000_000_000;
/// GPU-seconds of a purchase beyond which its weight does not grow; products stay within 128 bits.
const MAX_PURCHASE: u64 = 1_000_000_000_000_000;

/// Price at a skew: `anchor * (1 +- bound * |skew| / (bound * depth + |skew|))`, rounded down in two steps. A function of
/// the skew alone, so that rounding cannot be gone round either.
pub fn at_skew(anchor: u128, skew: i128, bound_ppm: u32, depth_gpu_seconds: u64) -> Result<u128> {
    let bound = u128::from(bound_ppm);
    let size = skew.unsigned_abs();
    if size == 0 || bound == 0 {
        return Ok(anchor);
    }
    let half = mul_div(u128::from(depth_gpu_seconds), bound, PPM)?;
    let premium = mul_div(bound.saturating_mul(FINE / PPM), size, add_wide(half, size)?)?;
    let factor = if skew > 0 { add_wide(FINE, premium)? } else { sub_wide(FINE, premium)? };
    mul_div(anchor, factor, FINE)
}

/// GPU-seconds whose notional at `price` is the governed depth; at least one.
pub fn depth_at(price: u128, trade_depth: u64) -> Result<u64> {
    let depth = mul_div(u128::from(trade_depth), UNITS_PER_BASE, price)?;
    Ok(u64::try_from(depth).unwrap_or(u64::MAX).max(1))
}

/// Half the maintenance margin: what trades may do to a price, so that a position with its margin outlives it.
pub fn bound_of(maintenance_margin_bps: u64) -> u32 {
    u32::try_from(maintenance_margin_bps.saturating_mul(50)).unwrap_or(u32::MAX)
}

impl IndexState {
    pub fn skew(&self) -> i128 {
        i128::from(self.long_size).saturating_sub(i128::from(self.short_size))
    }

    /// Price of a perpetual trade after which the skew is `skew`.
    pub fn target(&self, skew: i128) -> Result<u128> {
        at_skew(self.anchor, skew, self.bound_ppm, self.depth_gpu_seconds)
    }

    /// A new slot begins where the last one ended.
    pub fn enter_slot(&mut self, slot: u64) {
        if self.last_slot != slot {
            self.last_slot = slot;
            self.slot_open_price = self.price;
            self.slot_open_anchor = self.anchor;
        }
    }

    /// Let the index follow the target, within the clamp of this update and of this slot.
    pub fn publish(&mut self, clamp_ppm: u64, now: i64, mark: u128) -> Result<()> {
        let target = self.target(self.skew())?;
        let (update_low, update_high) = band(self.price, clamp_ppm)?;
        let (slot_low, slot_high) = band(self.slot_open_price, clamp_ppm)?;
        let price = target.clamp(update_low.max(slot_low), update_high.min(slot_high));
        if price != self.price {
            self.mark_from = mark;
            self.mark_from_at = now;
            self.price = price;
        }
        self.updated_at = now;
        Ok(())
    }

    /// Pull the anchor towards the price of a purchase by `gpu_seconds / (gpu_seconds + depth)` of the gap: by no more
    /// than the clamp, in this update and in this slot, and never so that the index would leave the mark by more than the
    /// clamp. The last rule makes a price bought with wash purchases wait for the mark.
    pub fn pull(&mut self, gpu_seconds: u64, paid: u128, depth: u64, clamp_ppm: u64, mark: u128) -> Result<()> {
        let volume = i128::from(gpu_seconds.min(MAX_PURCHASE));
        let gap = signed(paid.clamp(MIN_PRICE, MAX_PRICE))?.saturating_sub(signed(self.price)?);
        let price = signed(self.price)?;
        let fine = signed(FINE)?;
        let pulled = toward_zero(gap, volume, volume.saturating_add(i128::from(depth)))?;
        let limit = i128::from(clamp_ppm).saturating_mul(signed(FINE / PPM)?);
        let (mark_low, mark_high) = band(mark, clamp_ppm)?;
        let room_up = mul_div(mark_high.saturating_sub(self.price), FINE, self.price)?;
        let room_down = mul_div(self.price.saturating_sub(mark_low), FINE, self.price)?;
        let least = signed(room_down)?.min(limit).saturating_neg();
        let most = signed(room_up)?.min(limit);
        let part = toward_zero(pulled, fine, price)?.clamp(least, most);
        let moved = mul_div_signed(signed(self.anchor)?, fine.saturating_add(part), fine)?;
        let (low, high) = band(self.slot_open_anchor, clamp_ppm)?;
        self.anchor = moved.unsigned_abs().clamp(low, high).clamp(MIN_PRICE, MAX_PRICE);
        Ok(())
    }

    /// Take over depth and bound of the rules: only while nobody is on either side of the balance, since a curve that
    /// changed under an open position would give or take.
    pub fn adopt_curve(&mut self, trade_depth: u64, maintenance_margin_bps: u64) -> Result<()> {
        if self.skew() == 0 {
            self.depth_gpu_seconds = depth_at(self.anchor, trade_depth)?;
            self.bound_ppm = bound_of(maintenance_margin_bps);
        }
        Ok(())
    }
}

/// Lowest and highest price within `clamp_ppm` of `price`.
fn band(price: u128, clamp_ppm: u64) -> Result<(u128, u128)> {
    let room = mul_div(price, u128::from(clamp_ppm), PPM)?;
    Ok((price.saturating_sub(room), add_wide(price, room)?))
}

/// `value * factor / divisor` without its fraction; `divisor` is above zero.
fn toward_zero(value: i128, factor: i128, divisor: i128) -> Result<i128> {
    let product = value.checked_mul(factor).ok_or(ProgramError::ArithmeticOverflow)?;
    product.checked_div(divisor).ok_or(ProgramError::ArithmeticOverflow)
}
