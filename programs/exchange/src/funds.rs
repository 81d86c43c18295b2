//! Whose money is whose. Pure: vaults follow in `vault`, by the difference between two states of `Funds`.
//!
//! Every inflow to bankroll or insurance first fills the reserve of recorded claims. A claim arises only when both are
//! empty, so while one is unfunded both stay empty.

use pinocchio::error::ProgramError;

use crate::{
    interface::types::Funds,
    number::{add, add_wide, narrow, sub, sub_wide},
};

type Result<T> = core::result::Result<T, ProgramError>;

/// How a debt of the protocol was met.
pub struct Payment {
    pub bankroll: u64,
    pub insurance: u64,
    pub unpaid: u64,
}

impl Funds {
    /// Set aside for claims what they still lack. Returns what is left of `amount`.
    pub fn set_aside(&mut self, amount: u64) -> Result<u64> {
        let lacking = sub_wide(self.claims_issued, self.claims_funded)?;
        let kept = narrow(lacking.min(u128::from(amount)))?;
        self.claims_reserve = add(self.claims_reserve, kept)?;
        self.claims_funded = add_wide(self.claims_funded, u128::from(kept))?;
        sub(amount, kept)
    }

    pub fn add_to_bankroll(&mut self, amount: u64) -> Result<()> {
        let left = self.set_aside(amount)?;
        self.bankroll = add(self.bankroll, left)?;
        Ok(())
    }

    pub fn add_to_insurance(&mut self, amount: u64) -> Result<()> {
        let left = self.set_aside(amount)?;
        self.insurance = add(self.insurance, left)?;
        Ok(())
    }

    /// A trader's loss: from margin to bankroll.
    pub fn collect(&mut self, amount: u64) -> Result<()> {
        self.margin = sub(self.margin, amount)?;
        self.add_to_bankroll(amount)
    }

    /// A trader's fee: from margin to insurance.
    pub fn collect_fee(&mut self, amount: u64) -> Result<()> {
        self.margin = sub(self.margin, amount)?;
        self.add_to_insurance(amount)
    }

    /// A loss that no margin is left for: the insurance fund gives the bankroll what it has. The rest is the bankroll's
    /// own loss. Returns what the insurance fund gave.
    pub fn cover(&mut self, shortfall: u64) -> Result<u64> {
        let covered = shortfall.min(self.insurance);
        self.insurance = sub(self.insurance, covered)?;
        self.add_to_bankroll(covered)?;
        Ok(covered)
    }

    /// A trader's profit: from the bankroll, then from insurance, never from margin.
    pub fn pay(&mut self, owed: u64) -> Result<Payment> {
        let bankroll = owed.min(self.bankroll);
        let insurance = sub(owed, bankroll)?.min(self.insurance);
        self.bankroll = sub(self.bankroll, bankroll)?;
        self.insurance = sub(self.insurance, insurance)?;
        let paid = add(bankroll, insurance)?;
        self.margin = add(self.margin, paid)?;
        Ok(Payment { bankroll, insurance, unpaid: sub(owed, paid)? })
    }
}
