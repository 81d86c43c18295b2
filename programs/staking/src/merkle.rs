//! Proof of a pool's amounts against a reward epoch's root: SHA-256, leaf prefix 0, node prefix 1, position given.

use alloc::vec::Vec;
use pinocchio::Address;
use plumbline_shared::{base58::push_base58, fault::push_decimal, hash::sha256};

const LEAF_PREFIX: [u8; 1] = [0];
const NODE_PREFIX: [u8; 1] = [1];
/// Longest leaf text: 44 base58 digits, two amounts of 20 digits, two commas.
const LEAF_TEXT_CAPACITY: usize = 86;

/// Hash of `"<pool base58>,<reward amount>,<usdc amount>"`.
pub fn leaf(pool: &Address, reward_amount: u64, usdc_amount: u64) -> [u8; 32] {
    let mut text = Vec::with_capacity(LEAF_TEXT_CAPACITY);
    push_base58(&mut text, pool.as_array());
    text.push(b',');
    push_decimal(&mut text, reward_amount);
    text.push(b',');
    push_decimal(&mut text, usdc_amount);
    sha256(&[&LEAF_PREFIX, &text])
}

/// Root that follows from `leaf` along `proof`; `true` in `path` puts the sibling on the left.
pub fn root(leaf: [u8; 32], proof: &[[u8; 32]], path: &[bool]) -> [u8; 32] {
    proof.iter().zip(path).fold(leaf, |node, (sibling, sibling_is_left)| {
        if *sibling_is_left { sha256(&[&NODE_PREFIX, sibling, &node]) } else { sha256(&[&NODE_PREFIX, &node, sibling]) }
    })
}
