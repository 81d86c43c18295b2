//! Moving tokens out of a vault that an account of this program holds.

use pinocchio::ProgramResult;
use pinocchio_token::instructions::{Burn, CloseAccount};
use plumbline_shared::{
    account::Slot,
    create::Authority,
    token::{TokenAccount, transfer_signed},
};

/// A vault with the account that holds it and the seeds that sign for that account.
pub struct Vault<'a> {
    pub account: &'a TokenAccount,
    pub holder: &'a Slot,
    pub authority: Authority<'a>,
}

impl Vault<'_> {
    /// Pay `amount` out; nothing is called for 0.
    pub fn pay(&self, target: &Slot, amount: u64) -> ProgramResult {
        if amount == 0 {
            return Ok(());
        }
        transfer_signed(&self.account.slot, target, self.holder, amount, self.authority)
    }

    /// Burn `amount`; nothing is called for 0.
    pub fn burn(&self, mint: &Slot, amount: u64) -> ProgramResult {
        if amount == 0 {
            return Ok(());
        }
        let burn = Burn::new(&self.account.slot.view, &mint.view, &self.holder.view, amount);
        self.authority.sign(|signers| burn.invoke_signed(signers))
    }

    /// Close the emptied vault; `rent_to` has its rent.
    pub fn close(&self, rent_to: &Slot) -> ProgramResult {
        let close = CloseAccount::new(&self.account.slot.view, &rent_to.view, &self.holder.view);
        self.authority.sign(|signers| close.invoke_signed(signers))
    }
}
