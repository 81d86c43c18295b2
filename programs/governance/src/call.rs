//! Calling another program with the signature of the authority.

use alloc::vec::Vec;
use pinocchio::{
    AccountView, ProgramResult,
    cpi::invoke_signed_with_slice,
    instruction::{InstructionAccount, InstructionView},
};
use plumbline_shared::{account::Slot, create::Authority};

use crate::seeds::AUTHORITY_SEED;

/// An account of the called instruction.
pub struct Role<'a> {
    slot: &'a Slot,
    is_writable: bool,
    is_signer: bool,
}

impl<'a> Role<'a> {
    pub fn readonly(slot: &'a Slot) -> Self {
        Self { slot, is_writable: false, is_signer: false }
    }

    pub fn writable(slot: &'a Slot) -> Self {
        Self { slot, is_writable: true, is_signer: false }
    }

    pub fn signer(slot: &'a Slot) -> Self {
        Self { slot, is_writable: false, is_signer: true }
    }

    pub fn writable_signer(slot: &'a Slot) -> Self {
        Self { slot, is_writable: true, is_signer: true }
    }
}

/// Run an instruction of `program` in which the authority signs by its seed.
pub fn call(program: &Slot, roles: &[Role], data: &[u8], authority_bump: u8) -> ProgramResult {
    let accounts: Vec<InstructionAccount> =
        roles.iter().map(|role| InstructionAccount::new(role.slot.key(), role.is_writable, role.is_signer)).collect();
    let views: Vec<&AccountView> = roles.iter().map(|role| &role.slot.view).collect();
    let instruction = InstructionView { program_id: program.key(), data, accounts: &accounts };
    let authority = Authority { seeds: &[AUTHORITY_SEED], bump: authority_bump };
    authority.sign(|signers| invoke_signed_with_slice(&instruction, &views, signers))
}
