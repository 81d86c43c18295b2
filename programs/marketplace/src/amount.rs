//! Money arithmetic: all checked, wide enough never to wrap, and rounded against whoever could gain from it.

use pinocchio::error::ProgramError;

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

/// Bond that an order locks, in INFER, rounded up: the provider could gain from many small ones.
pub fn order_bond(settings: &Settings, amount: u64, is_usdc: bool) -> Result<u64, ProgramError> {
    let value = if is_usdc {
        mul_div_up(u128::from(amount), u128::from(settings.bond_infer_per_usdc), USDC_UNIT)?
    } else {
        amount
    };
    mul_div_up(u128::from(value), u128::from(settings.bond_ratio_bps), WIDE_BPS)
}

/// The parts of a settled order; `provider + treasury + burn + verifier` is its amount.
pub struct Split {
    pub provider: u64,
    pub fee: u64,
    pub treasury: u64,
    pub burn: u64,
    pub verifier: u64,
}

/// Fee first, rounded down; the provider has the difference; the treasury has what the fee's other parts leave.
/// Only INFER is burned: USDC's burn part stays with the treasury.
pub fn split(settings: &Settings, amount: u64, is_usdc: bool) -> Result<Split, ProgramError> {
    let fee = part(amount, settings.platform_fee_bps)?;
    let burn = if is_usdc { 0 } else { part(fee, settings.fee_burn_bps)? };
    let verifier = part(fee, settings.fee_verifier_bps)?;
    let treasury = sub(sub(fee, burn)?, verifier)?;
    Ok(Split { provider: sub(amount, fee)?, fee, treasury, burn, verifier })
}
