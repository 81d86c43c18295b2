//! The three vaults: token accounts held by the exchange, at fixed addresses.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded},
    create::Authority,
    token::{TokenAccount, transfer_signed},
};

use crate::{
    interface::{accounts::Exchange, types::Funds},
    number::{add, sub},
    seed,
};

type Result<T> = core::result::Result<T, ProgramError>;

pub enum Vault {
    Margin,
    Bankroll,
    Insurance,
}

/// Next account, which must be the writable vault of this kind.
pub fn load(accounts: &mut Accounts, program_id: &Address, exchange: &Exchange, kind: Vault) -> Result<TokenAccount> {
    let (name, seeds, bump) = match kind {
        Vault::Margin => ("margin_vault", seed::MARGIN_VAULT, exchange.margin_vault_bump),
        Vault::Bankroll => ("bankroll_vault", seed::BANKROLL_VAULT, exchange.bankroll_vault_bump),
        Vault::Insurance => ("insurance_vault", seed::INSURANCE_VAULT, exchange.insurance_vault_bump),
    };
    let vault = accounts.token_account(name)?;
    vault.slot.require_seeds_with_bump(&[seeds], bump, program_id)?;
    vault.slot.require_writable()?;
    Ok(vault)
}

/// Move tokens out of a vault.
pub fn pay(exchange: &Loaded<Exchange>, vault: &TokenAccount, target: &TokenAccount, amount: u64) -> ProgramResult {
    let authority = Authority { seeds: &[seed::EXCHANGE], bump: exchange.bump };
    transfer_signed(&vault.slot, &target.slot, &exchange.slot, amount, authority)
}

pub struct Vaults {
    pub margin: TokenAccount,
    pub bankroll: TokenAccount,
    pub insurance: TokenAccount,
}

impl Vaults {
    pub fn load(accounts: &mut Accounts, program_id: &Address, exchange: &Exchange) -> Result<Self> {
        Ok(Self {
            margin: load(accounts, program_id, exchange, Vault::Margin)?,
            bankroll: load(accounts, program_id, exchange, Vault::Bankroll)?,
            insurance: load(accounts, program_id, exchange, Vault::Insurance)?,
        })
    }

    /// Move between the vaults what the funds say has moved since `before`; nothing else may have come or gone.
    pub fn follow(&self, exchange: &Loaded<Exchange>, before: &Funds) -> ProgramResult {
        let after = &exchange.funds;
        let mut open = [
            (&self.margin, before.margin, after.margin),
            (&self.bankroll, in_bankroll_vault(before)?, in_bankroll_vault(after)?),
            (&self.insurance, before.insurance, after.insurance),
        ];
        for source in 0..open.len() {
            for target in 0..open.len() {
                let (from, has, should) = open[source];
                let (to, target_has, target_should) = open[target];
                let amount = has.saturating_sub(should).min(target_should.saturating_sub(target_has));
                if amount > 0 {
                    pay(exchange, from, to, amount)?;
                    open[source].1 = sub(has, amount)?;
                    open[target].1 = add(target_has, amount)?;
                }
            }
        }
        let is_even = open.iter().all(|(_, has, should)| has == should);
        if is_even { Ok(()) } else { Err(ProgramError::InvalidAccountData) }
    }
}

/// Accounted tokens of the bankroll vault.
pub fn in_bankroll_vault(funds: &Funds) -> Result<u64> {
    add(funds.bankroll, funds.claims_reserve)
}
