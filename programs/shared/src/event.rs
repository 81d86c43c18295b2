//! Events as `Program data:` lines: discriminator and borsh fields in one slice.

use alloc::vec::Vec;
use borsh::BorshSerialize;
use pinocchio::error::ProgramError;

use crate::discriminator;

/// A value that can be written to the log as an Anchor event.
pub trait Event: BorshSerialize {
    const DISCRIMINATOR: [u8; discriminator::LEN];
}

/// Room for the largest event of the programs without a second allocation.
const EVENT_CAPACITY: usize = 320;

/// Write `event` to the transaction log.
pub fn emit<E: Event>(event: &E) -> Result<(), ProgramError> {
    let mut bytes = Vec::with_capacity(EVENT_CAPACITY);
    bytes.extend_from_slice(&E::DISCRIMINATOR);
    event.serialize(&mut bytes).map_err(|_| ProgramError::BorshIoError)?;
    log_data(&bytes);
    Ok(())
}

#[inline(always)]
fn log_data(bytes: &[u8]) {
    let slices: [&[u8]; 1] = [bytes];
    #[cfg(target_arch = "bpf")]
    // SAFETY: the runtime reads an array of (pointer, length) pairs, which is how slices are laid out.
    unsafe {
        pinocchio::syscalls::sol_log_data(slices.as_ptr().cast(), slices.len() as u64)
    }
    #[cfg(not(target_arch = "bpf"))]
    core::hint::black_box(slices);
}
