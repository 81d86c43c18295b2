//! Checked arithmetic. Bounds on prices and sizes (see `price` and `trade`) keep every intermediate result inside its
//! type, so an overflow is a fault of this program and not of its caller: it has the runtime's error, not a number.

use pinocchio::error::ProgramError;

type Result<T> = core::result::Result<T, ProgramError>;

pub const PPM: u128 = 1_000_000;
pub const BPS: u128 = 10_000;
const OVERFLOW: ProgramError = ProgramError::ArithmeticOverflow;

pub fn add(left: u64, right: u64) -> Result<u64> {
    left.checked_add(right).ok_or(OVERFLOW)
}

pub fn sub(left: u64, right: u64) -> Result<u64> {
    left.checked_sub(right).ok_or(OVERFLOW)
}

pub fn add_wide(left: u128, right: u128) -> Result<u128> {
    left.checked_add(right).ok_or(OVERFLOW)
}

pub fn sub_wide(left: u128, right: u128) -> Result<u128> {
    left.checked_sub(right).ok_or(OVERFLOW)
}

pub fn add_signed(left: i128, right: i128) -> Result<i128> {
    left.checked_add(right).ok_or(OVERFLOW)
}

pub fn sub_signed(left: i128, right: i128) -> Result<i128> {
    left.checked_sub(right).ok_or(OVERFLOW)
}

/// `floor(value * factor / divisor)`.
pub fn mul_div(value: u128, factor: u128, divisor: u128) -> Result<u128> {
    let product = value.checked_mul(factor).ok_or(OVERFLOW)?;
    product.checked_div(divisor).ok_or(OVERFLOW)
}

/// `ceil(value * factor / divisor)`.
pub fn mul_div_up(value: u128, factor: u128, divisor: u128) -> Result<u128> {
    let product = value.checked_mul(factor).ok_or(OVERFLOW)?;
    if divisor == 0 { Err(OVERFLOW) } else { Ok(product.div_ceil(divisor)) }
}

/// `floor(value * factor / divisor)` with the sign of `value` kept: towards less.
pub fn mul_div_signed(value: i128, factor: i128, divisor: i128) -> Result<i128> {
    let product = value.checked_mul(factor).ok_or(OVERFLOW)?;
    product.checked_div_euclid(divisor).ok_or(OVERFLOW)
}

pub fn narrow(value: u128) -> Result<u64> {
    u64::try_from(value).map_err(|_| OVERFLOW)
}

/// A non-negative value as a signed one.
pub fn signed(value: u128) -> Result<i128> {
    i128::try_from(value).map_err(|_| OVERFLOW)
}

/// The nearest 64-bit value: amounts beyond it exceed the supply of INFER tenfold.
pub fn saturate(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// Seconds from `start` to `end`, none when `end` is earlier.
pub fn seconds(start: i64, end: i64) -> u64 {
    u64::try_from(end.saturating_sub(start)).unwrap_or(0)
}
