//! Checked arithmetic that aborts the transaction on overflow, as the deployed interface does.
//!
//! An overflow here is never a user's mistake that deserves a number: amounts are bounded by token supply.

/// `left + right`. Aborts on overflow.
pub fn add(left: u64, right: u64) -> u64 {
    left.checked_add(right).expect("sum exceeds 64 bits")
}

/// `left - right`. Aborts below zero.
pub fn sub(left: u64, right: u64) -> u64 {
    left.checked_sub(right).expect("difference is negative")
}

/// `floor(value * factor / divisor)`, all in 128 bits. Aborts on overflow and when `divisor` is 0.
pub fn mul_div(value: u128, factor: u128, divisor: u128) -> u128 {
    let product = value.checked_mul(factor).expect("product exceeds 128 bits");
    product.checked_div(divisor).expect("division by zero")
}

/// `floor(value * factor / divisor)` of 64-bit numbers. Aborts when the quotient exceeds 64 bits.
pub fn mul_div_u64(value: u64, factor: u64, divisor: u64) -> u64 {
    let quotient = mul_div(u128::from(value), u128::from(factor), u128::from(divisor));
    u64::try_from(quotient).expect("quotient exceeds 64 bits")
}

/// `value` in 64 bits. Aborts when it does not fit.
pub fn narrow(value: u128) -> u64 {
    u64::try_from(value).expect("value exceeds 64 bits")
}
