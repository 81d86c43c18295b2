//! The checks every program of the workspace makes, once.
//!
//! Wire format is Anchor's: 8-byte discriminators, borsh, events as `Program data:` lines, error numbers
//! below 6000 as in Anchor 0.31. A program loads its accounts in declared order (phase 1), creates what it
//! creates (phase 2), checks the others in declared order (phase 3), acts, and stores what it changed.
#![no_std]

extern crate alloc;

pub mod account;
pub mod base58;
pub mod bounds;
pub mod create;
pub mod discriminator;
pub mod entry;
pub mod event;
pub mod fault;
pub mod hash;
pub mod math;
pub mod merkle;
pub mod parameters;
pub mod runtime;
pub mod token;
