//! Money arithmetic: all checked, wide enough never to wrap, and rounded against whoever could gain from it.

use pinocchio::error::ProgramError;
use plumbline_shared::fault::require;

use crate::{faults, state::Settings};

pub const BPS: u16 = 10_000;
const WIDE_BPS: u128 = 10_000;
const SECONDS_PER_HOUR: u128 = 3_600;
const USDC_UNIT: u128 = 1_000_000;

fn overflow() -> ProgramError {
    faults::ARITHMETIC_OVERFLOW.raise()
}

pub fn add(left: u64, right: u64) -> Result<u64, ProgramError> {
    left.checked_add(right).ok_or_else(overflow)
}

pub fn sub(left: u64, right: u64) -> Result<u64, ProgramError> {
    left.checked_sub(right).ok_or_else(overflow)
}

pub fn add_seconds(time: i64, seconds: u32) -> Result<i64, ProgramError> {
    time.checked_add(i64::from(seconds)).ok_or_else(overflow)
}

fn narrow(value: u128) -> Result<u64, ProgramError> {
    u64::try_from(value).map_err(|_| overflow())
}

/// `ceil(left * right / divisor)`.
fn mul_div_up(left: u128, right: u128, divisor: u128) -> Result<u64, ProgramError> {
    let product = left.checked_mul(right).ok_or_else(overflow)?;
    narrow(product.div_ceil(divisor))
}

/// `floor(amount * bps / 10000)`; never above `amount` while `bps` is at most 10,000.
pub fn part(amount: u64, bps: u16) -> Result<u64, ProgramError> {
    let product = u128::from(amount).checked_mul(u128::from(bps)).ok_or_else(overflow)?;
    narrow(product / WIDE_BPS)
}

/// `units * seconds`, which 64 bits always hold.
pub fn gpu_seconds(units: u32, seconds: u32) -> u64 {
    u64::from(units).saturating_mul(u64::from(seconds))
}

/// Price of an order, rounded up: the buyer could gain from many small ones.
pub fn order_price(units: u32, seconds: u32, price_per_gpu_hour: u64) -> Result<u64, ProgramError> {
    mul_div_up(u128::from(gpu_seconds(units, seconds)), u128::from(price_per_gpu_hour), SECONDS_PER_HOUR)
}

/// INFER that stands for an amount of either mint, rounded up: whoever has to cover it could gain.
pub fn infer_value(settings: &Settings, amount: u64, is_usdc: bool) -> Result<u64, ProgramError> {
    if is_usdc {
        mul_div_up(u128::from(amount), u128::from(settings.bond_infer_per_usdc), USDC_UNIT)
    } else {
        Ok(amount)
    }
}

/// INFER that stands for an amount of either mint, rounded down: whoever it is counted for could gain.
pub fn infer_credit(settings: &Settings, amount: u64, is_usdc: bool) -> Result<u64, ProgramError> {
    if !is_usdc {
        return Ok(amount);
    }
    let product = u128::from(amount).checked_mul(u128::from(settings.bond_infer_per_usdc)).ok_or_else(overflow)?;
    narrow(product / USDC_UNIT)
}

/// USDC for a price in INFER, rounded up: the buyer could gain.
pub fn usdc_of(settings: &Settings, amount: u64) -> Result<u64, ProgramError> {
    let rate = u128::from(settings.bond_infer_per_usdc);
    require(rate > 0, &faults::PARAMETER_OUT_OF_BOUNDS)?;
    mul_div_up(u128::from(amount), USDC_UNIT, rate)
}

/// Bond that an order of this value locks, in INFER, rounded up: the provider could gain from many small ones.
pub fn order_bond(settings: &Settings, infer_value: u64) -> Result<u64, ProgramError> {
    mul_div_up(u128::from(infer_value), u128::from(settings.bond_ratio_bps), WIDE_BPS)
}

/// What `seconds` of a session cost, rounded down: what the buyer pays while it runs is never more than what it will owe.
pub fn usage_price(units: u32, seconds: u32, price_per_gpu_hour: u64) -> Result<u64, ProgramError> {
    let product = u128::from(gpu_seconds(units, seconds)).checked_mul(u128::from(price_per_gpu_hour));
    narrow(product.ok_or_else(overflow)? / SECONDS_PER_HOUR)
}

/// `left - right` of units.
pub fn sub_units(left: u32, right: u32) -> Result<u32, ProgramError> {
    left.checked_sub(right).ok_or_else(overflow)
}
