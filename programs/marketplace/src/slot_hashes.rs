//! The first block after a slot, from the sysvar that keeps the hashes of the last 512 blocks, newest first.

use pinocchio::{error::ProgramError, sysvars::slot_hashes::SLOTHASHES_ID};
use plumbline_shared::account::Slot;

const ENTRY_BYTES: usize = 40;
/// The sysvar's number of entries once that many blocks exist; older ones are gone.
const FULL_LENGTH: usize = 512;

/// What the sysvar says about the first block after a slot.
pub enum FirstBlock {
    NotYet,
    Known {
        slot: u64,
        hash: [u8; 32],
    },
    /// Blocks after it are known, and it may have been among those that are gone.
    Missed,
}

/// The first block with a slot above `after`. Another account than the sysvar: 2012.
pub fn first_block_after(sysvar: &Slot, after: u64) -> Result<FirstBlock, ProgramError> {
    sysvar.require_address(&SLOTHASHES_ID)?;
    let data = sysvar.view.try_borrow()?;
    let (length, rest) = data.split_first_chunk::<8>().ok_or(ProgramError::InvalidAccountData)?;
    let (entries, _) = rest.as_chunks::<ENTRY_BYTES>();
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| ProgramError::InvalidAccountData)?;
    let entries = entries.get(..length).ok_or(ProgramError::InvalidAccountData)?;
    Ok(find(entries, after))
}

fn find(entries: &[[u8; ENTRY_BYTES]], after: u64) -> FirstBlock {
    let newer = entries.partition_point(|entry| slot_of(entry) > after);
    let Some(first) = newer.checked_sub(1).and_then(|index| entries.get(index)) else {
        return FirstBlock::NotYet;
    };
    let slot = slot_of(first);
    // An entry at or below `after` proves that none is missing between; so does a list that has lost nothing yet.
    let is_first = newer < entries.len() || entries.len() < FULL_LENGTH || after.checked_add(1) == Some(slot);
    match first.last_chunk::<32>() {
        Some(hash) if is_first => FirstBlock::Known { slot, hash: *hash },
        _ => FirstBlock::Missed,
    }
}

fn slot_of(entry: &[u8; ENTRY_BYTES]) -> u64 {
    entry.first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
