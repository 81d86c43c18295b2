//! `withdraw_verifier_bond`: a verifier that has left has its bond back and is closed, once its challenges have ended and
//! its fees are claimed.

use pinocchio::ProgramResult;
use plumbline_shared::{
    create::Authority,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    event::VerifierWithdrawn,
    faults,
    seeds::{VERIFIER_BOND_VAULT_SEED, VERIFIER_SEED},
    state::Verifier,
    vault::Vault,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let owner = accounts.signer("owner")?;
    let verifier = accounts.load::<Verifier>("verifier")?;
    let vault = accounts.token_account("verifier_bond_vault")?;
    let target = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;

    owner.require_writable()?;
    verifier.slot.require_writable()?;
    verifier.slot.require(verifier.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    vault.slot.require_writable()?;
    let vault_seeds = [VERIFIER_BOND_VAULT_SEED, verifier.key().as_ref()];
    vault.slot.require_seeds_with_bump(&vault_seeds, verifier.bond_vault_bump, program_id)?;
    target.slot.require_writable()?;
    target.require_mint(&vault.mint)?;
    target.require_holder(owner.key())?;
    require(verifier.is_leaving, &faults::VERIFIER_NOT_LEAVING)?;
    require(unix_timestamp()? >= verifier.withdrawable_at, &faults::WITHDRAWAL_NOT_DUE)?;
    let is_idle = verifier.open_challenge_count == 0 && verifier.infer_shares == 0 && verifier.usdc_shares == 0;
    require(is_idle, &faults::VERIFIER_BUSY)?;

    let seeds: [&[u8]; 2] = [VERIFIER_SEED, verifier.owner.as_ref()];
    let authority = Authority { seeds: &seeds, bump: verifier.bump };
    let bond_vault = Vault { account: &vault, holder: &verifier.slot, authority };
    // What strangers sent there leaves too, or the vault could not be closed.
    bond_vault.pay(&target.slot, vault.amount)?;
    bond_vault.close(&owner)?;
    let mut rent_to = owner.view;
    let mut closed = verifier.slot.view;
    let lamports = rent_to.lamports().checked_add(closed.lamports());
    rent_to.set_lamports(lamports.ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?);
    closed.close()?;
    emit(&VerifierWithdrawn {
        verifier: *verifier.key(),
        owner: verifier.owner,
        amount: vault.amount,
        paid_to: *target.key(),
    })
}
