//! Splitting instruction data, and reading borsh arguments.

use borsh::BorshDeserialize;
use pinocchio::error::ProgramError;

use crate::{discriminator, fault};

/// Tag and arguments of an instruction.
///
/// Fewer than 8 bytes is 101 (InstructionFallbackNotFound).
pub fn split_tag(data: &[u8]) -> Result<(&[u8; discriminator::LEN], &[u8]), ProgramError> {
    data.split_first_chunk().ok_or_else(|| fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise())
}

/// Arguments from borsh bytes; bytes after them are ignored. Not decodable is 102.
pub fn read_args<T: BorshDeserialize>(mut data: &[u8]) -> Result<T, ProgramError> {
    T::deserialize(&mut data).map_err(|_| fault::INSTRUCTION_DID_NOT_DESERIALIZE.raise())
}
