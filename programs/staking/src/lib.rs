//! Operator pools, stake, reward epochs: the interface of `idl.json`, one file per instruction.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::split_tag, fault, runtime::log_line};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

/// Entry: reads the tag and hands over to the instruction.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, _args) = split_tag(data)?;
    let _ = tag;
    log_line(b"Instruction: Probe");
    let _accounts = Accounts::new(accounts, program_id);
    Err(fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise())
}
