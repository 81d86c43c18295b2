//! What the runtime offers: log lines, the clock, the index of the running instruction.
//!
//! On a host (unit tests, clippy) log lines go nowhere.

use pinocchio::{
    Address,
    error::ProgramError,
    sysvars::{Sysvar, clock::Clock},
};
use solana_address::address;

use crate::account::Slot;

/// Address of the instructions sysvar.
pub const INSTRUCTIONS_SYSVAR: Address = address!("Sysvar1nstructions1111111111111111111111111");

/// Write one `Program log:` line.
#[inline(always)]
pub fn log_line(line: &[u8]) {
    #[cfg(target_arch = "bpf")]
    // SAFETY: pointer and length describe a live slice; the runtime only reads it.
    unsafe {
        pinocchio::syscalls::sol_log_(line.as_ptr(), line.len() as u64)
    }
    #[cfg(not(target_arch = "bpf"))]
    core::hint::black_box(line);
}

/// Unix time of the current slot, seconds.
pub fn unix_timestamp() -> Result<i64, ProgramError> {
    Ok(Clock::get()?.unix_timestamp)
}

/// Current slot.
pub fn current_slot() -> Result<u64, ProgramError> {
    Ok(Clock::get()?.slot)
}

/// Index of the running top-level instruction; under a call from another program, of the outer instruction.
/// The caller has checked the sysvar's address: its last two bytes are the index.
pub fn instruction_index(instructions: &Slot) -> Result<u16, ProgramError> {
    let data = instructions.view.try_borrow()?;
    data.last_chunk::<2>().map(|bytes| u16::from_le_bytes(*bytes)).ok_or(ProgramError::InvalidAccountData)
}
