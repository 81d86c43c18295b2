//! Creating accounts at program addresses.
//!
//! A pre-funded address is topped up to rent exemption, allocated and assigned; an address that already
//! holds an account fails in the system program with custom error 0.

use alloc::vec::Vec;
use pinocchio::{
    Address,
    cpi::{Seed, Signer},
    error::ProgramError,
};
use pinocchio_system::create_account_with_minimum_balance_signed;
use pinocchio_token::instructions::InitializeAccount3;

use crate::{account::Slot, token};

/// The seeds and bump that let the program sign for one of its addresses.
#[derive(Clone, Copy)]
pub struct Authority<'a> {
    pub seeds: &'a [&'a [u8]],
    pub bump: u8,
}

impl Authority<'_> {
    /// Run `act` with the runtime's form of the signer.
    pub fn sign<R>(&self, act: impl FnOnce(&[Signer]) -> R) -> R {
        let bump = [self.bump];
        let mut seeds: Vec<Seed> = self.seeds.iter().map(|seed| Seed::from(*seed)).collect();
        seeds.push(Seed::from(&bump));
        act(&[Signer::from(seeds.as_slice())])
    }
}

/// Create `slot` at the program address of `seeds` (other address: 2006) with `space` zero bytes owned by the
/// program; `payer` funds it. Returns the bump.
pub fn create_state<const N: usize>(
    slot: &Slot,
    space: usize,
    seeds: &[&[u8]; N],
    payer: &Slot,
    program_id: &Address,
) -> Result<u8, ProgramError> {
    let bump = slot.require_seeds(seeds, program_id)?;
    allocate(slot, space, program_id, payer, Authority { seeds, bump })?;
    Ok(bump)
}

/// Create an SPL token account of `mint` at the program address of `seeds`, held by `holder`. Returns the bump.
pub fn create_vault<const N: usize>(
    slot: &Slot,
    mint: &Slot,
    holder: &Address,
    seeds: &[&[u8]; N],
    payer: &Slot,
    program_id: &Address,
) -> Result<u8, ProgramError> {
    let bump = slot.require_seeds(seeds, program_id)?;
    allocate(slot, token::ACCOUNT_LEN, &pinocchio_token::ID, payer, Authority { seeds, bump })?;
    InitializeAccount3::new(&slot.view, &mint.view, holder).invoke()?;
    Ok(bump)
}

fn allocate(
    slot: &Slot,
    space: usize,
    owner: &Address,
    payer: &Slot,
    authority: Authority,
) -> Result<(), ProgramError> {
    let mut view = slot.view;
    authority
        .sign(|signers| create_account_with_minimum_balance_signed(&mut view, space, owner, &payer.view, None, signers))
}
