//! Base58 text of an address, in 32-bit limbs (leaf text of reward trees).

use alloc::vec::Vec;

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// 58^5 fits 32 bits, so that one division yields five digits.
const FIVE_DIGITS: u64 = 58 * 58 * 58 * 58 * 58;
/// 58^45 > 2^256: nine groups of five digits hold any address.
const GROUPS: usize = 9;

/// Append the base58 text of `key`.
pub fn push_base58(out: &mut Vec<u8>, key: &[u8; 32]) {
    let mut limbs = [0u64; 8];
    for (limb, bytes) in limbs.iter_mut().zip(key.as_chunks::<4>().0) {
        *limb = u64::from(u32::from_be_bytes(*bytes));
    }
    let mut digits = [0u8; GROUPS * 5];
    let mut end = digits.len();
    for _ in 0..GROUPS {
        let mut group = divide(&mut limbs);
        for _ in 0..5 {
            end = end.saturating_sub(1);
            digits[end] = (group % 58) as u8;
            group /= 58;
        }
    }
    // A leading zero byte is written as one '1'; all other leading zero digits are dropped.
    let zero_bytes = key.iter().take_while(|byte| **byte == 0).count();
    let zero_digits = digits.iter().take_while(|digit| **digit == 0).count();
    out.extend(core::iter::repeat_n(b'1', zero_bytes));
    out.extend(digits.iter().skip(zero_digits).map(|digit| ALPHABET[usize::from(*digit)]));
}

/// Divide the big-endian number in `limbs` by 58^5 in place; returns the remainder.
#[allow(clippy::arithmetic_side_effects)] // remainder < 58^5 < 2^30, so remainder * 2^32 + limb < 2^62
fn divide(limbs: &mut [u64; 8]) -> u64 {
    let mut remainder = 0u64;
    for limb in limbs {
        let value = (remainder << 32) + *limb;
        *limb = value / FIVE_DIGITS;
        remainder = value % FIVE_DIGITS;
    }
    remainder
}
