//! Stands for any program that calls ours, honest or not: it passes an instruction on.
//!
//! Accounts: the program to call, then the accounts of the call in its order, each with the marks it has here. Data: the
//! call's data. This program's own address ["Caller"] signs wherever it stands among the accounts, and nothing else does
//! that has not signed the transaction.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

use alloc::vec::Vec;
use pinocchio::{
    AccountView, Address, ProgramResult,
    cpi::{Seed, Signer, invoke_signed_with_slice},
    error::ProgramError,
    instruction::{InstructionAccount, InstructionView},
};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

const SEED: &[u8] = b"Caller";

/// Entry: calls the first account with the others.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let Some((target, rest)) = accounts.split_first() else {
        return Err(ProgramError::NotEnoughAccountKeys);
    };
    let Some((own, bump)) = Address::derive_program_address(&[SEED], program_id) else {
        return Err(ProgramError::InvalidSeeds);
    };
    let metas: Vec<InstructionAccount> = rest
        .iter()
        .map(|view| {
            let is_signer = view.is_signer() || *view.address() == own;
            InstructionAccount::new(view.address(), view.is_writable(), is_signer)
        })
        .collect();
    let instruction = InstructionView { program_id: target.address(), accounts: &metas, data };
    let bump = [bump];
    let seeds = [Seed::from(SEED), Seed::from(&bump)];
    invoke_signed_with_slice(&instruction, rest, &[Signer::from(&seeds)])
}
