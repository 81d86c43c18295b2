//! `execute_catalog_change`: a GPU model is listed or delisted, by a call of the marketplace.

use alloc::vec::Vec;
use borsh::BorshSerialize;
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::discriminator::{self, instruction};

use super::Context;
use crate::{
    action::{CATALOG_ADD, CATALOG_REMOVE},
    call::{Role, call},
    execution::Execution,
    interface::{fault, types::Action},
    targets::{Program, Target, check_authority},
};

const SET_MODEL: [u8; discriminator::LEN] = instruction("set_model");

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let marketplace_program = accounts.any("marketplace_program")?;
    let marketplace = accounts.any("marketplace")?;

    execution.check(&[CATALOG_ADD, CATALOG_REMOVE])?;
    check_authority(&authority, &execution.governance, program_id)?;
    let target = Target {
        which: Program::Marketplace,
        program: &marketplace_program,
        account: &marketplace,
        authority: &authority,
    };
    target.check(&execution.governance)?;
    marketplace.require_writable()?;
    marketplace.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;

    let data = set_model_data(&execution.proposal.action)?;
    let roles = [Role::signer(&authority), Role::writable(&marketplace)];
    call(&marketplace_program, &roles, &data, execution.governance.authority_bump)?;
    execution.finish()
}

fn set_model_data(action: &Action) -> Result<Vec<u8>, ProgramError> {
    let model = action.model.as_ref().ok_or(ProgramError::InvalidAccountData)?;
    let mut data = Vec::with_capacity(64);
    data.extend_from_slice(&SET_MODEL);
    model.serialize(&mut data).map_err(|_| ProgramError::BorshIoError)?;
    data.push(u8::from(action.kind == CATALOG_ADD));
    Ok(data)
}
