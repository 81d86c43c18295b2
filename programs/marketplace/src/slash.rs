//! Setting bond aside, and taking it.
//!
//! What may be lost is set aside from the moment it may be: `bond_challenged` is part of what is locked, and every slash
//! takes from what the others have left. So `bond_challenged <= bond_total` holds always, and a slash that was announced
//! can be paid. Locks of orders may exceed the bond after a slash: then no order and no withdrawal until it is topped up.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{account::Slot, create::Authority, token::TokenAccount};

use crate::{
    amount::{add, part, sub},
    state::{BOND_VAULT_SEED, PROVIDER_SEED, Provider, Settings},
    vault::Vault,
};

/// Where the parts of a slash went.
pub struct Taken {
    pub burned: u64,
    pub paid: u64,
}

impl Provider {
    /// Bond that nothing announced can take any more.
    pub fn unchallenged(&self) -> Result<u64, ProgramError> {
        sub(self.bond_total, self.bond_challenged)
    }

    /// `bps` of the bond that must stay: the tier's minimum, or what is locked if that is more; rounded down, and never
    /// more than there is.
    pub fn locked_part(&mut self, settings: &Settings, bps: u16, now: i64) -> Result<u64, ProgramError> {
        self.free_expired(now);
        let required = settings.tier_minimum_bond(self.tier).max(self.locked()?).min(self.bond_total);
        Ok(part(required, bps)?.min(self.unchallenged()?))
    }

    /// Set `amount` aside.
    pub fn set_aside(&mut self, amount: u64) -> ProgramResult {
        self.bond_challenged = add(self.bond_challenged, amount)?;
        Ok(())
    }

    /// Let go of what was set aside.
    pub fn let_go(&mut self, amount: u64) -> ProgramResult {
        self.bond_challenged = sub(self.bond_challenged, amount)?;
        Ok(())
    }
}

/// The bond vault at its address (2006), writable.
pub fn check_bond_vault(
    vault: &TokenAccount,
    provider: &Slot,
    state: &Provider,
    program_id: &Address,
) -> ProgramResult {
    vault.slot.require_writable()?;
    let seeds = [BOND_VAULT_SEED, provider.key().as_ref()];
    vault.slot.require_seeds_with_bump(&seeds, state.bond_vault_bump, program_id)
}

/// Take `amount` of the bond: the governed part is burned, rounded down, the rest goes to `target`.
pub fn take(
    state: &mut Provider,
    provider: &Slot,
    vault: &TokenAccount,
    mint: &Slot,
    target: &Slot,
    amount: u64,
    slash_burn_bps: u16,
) -> Result<Taken, ProgramError> {
    let burned = part(amount, slash_burn_bps)?;
    let paid = sub(amount, burned)?;
    let seeds: [&[u8]; 2] = [PROVIDER_SEED, state.owner.as_ref()];
    let from = Vault { account: vault, holder: provider, authority: Authority { seeds: &seeds, bump: state.bump } };
    from.burn(mint, burned)?;
    from.pay(target, paid)?;
    state.bond_total = sub(state.bond_total, amount)?;
    Ok(Taken { burned, paid })
}
