//! `execute_text`: a passed text is adopted; nothing on the chain depends on it.

use pinocchio::ProgramResult;

use super::Context;
use crate::{action::TEXT, execution::Execution};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    execution.check(&[TEXT])?;
    execution.finish()
}
