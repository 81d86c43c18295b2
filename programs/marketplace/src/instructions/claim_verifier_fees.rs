//! `claim_verifier_fees`: every completed challenge is one share of the verifier vault of each mint until it is claimed.
//!
//! A claim pays `floor(vault * own shares / all shares)` and ends those shares. What the others have for a share is the
//! same before and after, but for less than one base unit in their favour; fees that come later belong to the shares of
//! then. So no share can be paid twice, no order of claims matters, and the vault always suffices.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    create::Authority,
    event::emit,
    fault::{self, require},
};

use super::Context;
use crate::{
    amount::sub,
    event::VerifierFeesClaimed,
    faults,
    state::{MARKETPLACE_SEED, Settings, Verifier, VerifierSet},
    vault::Vault,
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut set = accounts.load::<VerifierSet>("verifier_set")?;
    let mut verifier = accounts.load::<Verifier>("verifier")?;
    let mint = accounts.mint("mint")?;
    let vault = accounts.token_account("verifier_vault")?;
    let target = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;

    [&set.slot, &verifier.slot, &vault.slot, &target.slot].into_iter().try_for_each(Slot::require_writable)?;
    let is_usdc = *mint.key() == settings.usdc_mint;
    mint.require(is_usdc || *mint.key() == settings.infer_mint, &faults::UNSUPPORTED_MINT)?;
    let due = if is_usdc { &settings.usdc_verifier_vault } else { &settings.infer_verifier_vault };
    vault.slot.require(vault.key() == due, &fault::CONSTRAINT_ADDRESS)?;
    target.require_mint(mint.key())?;
    target.require_holder(&verifier.owner)?;

    let (own, all) = if is_usdc {
        (&mut verifier.state.usdc_shares, &mut set.state.usdc_shares)
    } else {
        (&mut verifier.state.infer_shares, &mut set.state.infer_shares)
    };
    require(*own > 0, &faults::NOTHING_TO_CLAIM)?;
    let challenge_count = core::mem::take(own);
    let amount = share(vault.amount, challenge_count, *all)?;
    *all = sub(*all, challenge_count)?;
    let seeds: [&[u8]; 1] = [MARKETPLACE_SEED];
    let authority = Authority { seeds: &seeds, bump: settings.bump };
    Vault { account: &vault, holder: &settings.slot, authority }.pay(&target.slot, amount)?;
    verifier.store()?;
    set.store()?;
    emit(&VerifierFeesClaimed {
        verifier: *verifier.key(),
        owner: verifier.owner,
        mint: *mint.key(),
        challenge_count,
        amount,
        paid_to: *target.key(),
    })
}

/// `floor(amount * own / all)`, rounded against the one who claims.
fn share(amount: u64, own: u64, all: u64) -> Result<u64, ProgramError> {
    let product = u128::from(amount).checked_mul(u128::from(own));
    let quotient = product.and_then(|product| product.checked_div(u128::from(all)));
    quotient.and_then(|part| u64::try_from(part).ok()).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())
}
