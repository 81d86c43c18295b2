//! Proof of amounts against the root of a tree: SHA-256, leaf prefix 0, node prefix 1, position given by the path.
//!
//! A leaf is the text `<address base58>,<number>,<number>`: of a reward epoch (pool, reward, USDC), and of every other tree
//! that the reward authority commits.

use alloc::vec::Vec;
use pinocchio::Address;

use crate::{base58::push_base58, fault::push_decimal, hash::sha256};

const LEAF_PREFIX: [u8; 1] = [0];
const NODE_PREFIX: [u8; 1] = [1];
/// Longest leaf text: 44 base58 digits, two numbers of 20 digits, two commas.
const LEAF_TEXT_CAPACITY: usize = 86;

/// Hash of `"<address base58>,<first>,<second>"`.
pub fn leaf(address: &Address, first: u64, second: u64) -> [u8; 32] {
    let mut text = Vec::with_capacity(LEAF_TEXT_CAPACITY);
    push_base58(&mut text, address.as_array());
    text.push(b',');
    push_decimal(&mut text, first);
    text.push(b',');
    push_decimal(&mut text, second);
    sha256(&[&LEAF_PREFIX, &text])
}

/// Root that follows from `leaf` along `proof`; `true` in `path` puts the sibling on the left.
pub fn root(leaf: [u8; 32], proof: &[[u8; 32]], path: &[bool]) -> [u8; 32] {
    proof.iter().zip(path).fold(leaf, |node, (sibling, sibling_is_left)| {
        if *sibling_is_left { sha256(&[&NODE_PREFIX, sibling, &node]) } else { sha256(&[&NODE_PREFIX, &node, sibling]) }
    })
}
