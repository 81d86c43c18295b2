//! What the two ends of an order share: who the accounts must be, giving the units back, emptying the vault.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use pinocchio_token::instructions::CloseAccount;
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::Authority,
    fault,
    token::{TokenAccount, transfer_signed},
};

use crate::{
    amount::sub,
    faults,
    lease::free_units,
    state::{ORDER_SEED, ORDER_VAULT_SEED, Offer, Order, Provider},
};

/// The accounts of an order that is about to end.
pub struct EndingOrder {
    pub provider: Loaded<Provider>,
    pub offer: Loaded<Offer>,
    pub order: Loaded<Order>,
    pub vault: TokenAccount,
    pub buyer: Slot,
}

impl EndingOrder {
    pub fn load(accounts: &mut Accounts) -> Result<Self, ProgramError> {
        Ok(Self {
            provider: accounts.load("provider")?,
            offer: accounts.load("offer")?,
            order: accounts.load("order")?,
            vault: accounts.token_account("vault")?,
            buyer: accounts.any("buyer")?,
        })
    }

    /// Provider, offer and buyer are the order's own (2001, 2012), the vault is at its address (2006).
    pub fn check(&self, program_id: &Address) -> ProgramResult {
        let written = [&self.provider.slot, &self.offer.slot, &self.order.slot, &self.vault.slot, &self.buyer];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.order.slot.require(self.order.provider == *self.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
        self.order.slot.require(self.order.offer == *self.offer.key(), &fault::CONSTRAINT_HAS_ONE)?;
        self.buyer.require_address(&self.order.buyer)?;
        let seeds = [ORDER_VAULT_SEED, self.order.key().as_ref()];
        self.vault.slot.require_seeds_with_bump(&seeds, self.order.vault_bump, program_id)
    }

    /// Of the buyer and the order's mint: 6036. The vault is held by the order, so it can never pass for one.
    pub fn check_buyer_account(&self, target: &TokenAccount) -> ProgramResult {
        let is_buyers = target.holder == self.order.buyer && target.mint == self.order.mint;
        target.slot.require(is_buyers, &faults::INVALID_BUYER_TOKEN_ACCOUNT)
    }

    /// What the vault still owes.
    pub fn remaining(&self) -> Result<u64, ProgramError> {
        sub(self.order.amount, self.order.paid)
    }

    /// What strangers sent to the vault beyond that. It has to leave too, or the vault could not be closed.
    pub fn surplus(&self) -> Result<u64, ProgramError> {
        sub(self.vault.amount, self.remaining()?)
    }

    /// Count the order and, unless its lease had ended before, its units as free again; store all three accounts.
    pub fn store_ended(&mut self, status: u8, now: i64) -> ProgramResult {
        self.order.status = status;
        self.order.ended_at = now;
        let overflow = || faults::ARITHMETIC_OVERFLOW.raise();
        if self.order.lease_ended_at == 0 {
            free_units(&self.order, &mut self.offer)?;
        }
        self.provider.open_order_count = self.provider.open_order_count.checked_sub(1).ok_or_else(overflow)?;
        self.order.store()?;
        self.offer.store()?;
        self.provider.store()
    }

    /// Pay `amount` out of the vault; nothing is called for 0.
    pub fn pay(&self, target: &Slot, amount: u64) -> ProgramResult {
        pay(&self.order, &self.vault, target, amount)
    }

    /// Close the emptied vault; its rent goes to the buyer.
    pub fn close_vault(&self) -> ProgramResult {
        close(&self.order, &self.vault, &self.buyer)
    }
}

/// Run `act` with the order as signer.
pub fn sign_as_order<R>(order: &Order, act: impl FnOnce(Authority) -> R) -> R {
    let id_seed = order.order_id.to_le_bytes();
    let seeds: [&[u8]; 3] = [ORDER_SEED, order.buyer.as_ref(), &id_seed];
    act(Authority { seeds: &seeds, bump: order.bump })
}

/// Pay `amount` out of a vault of the order; nothing is called for 0.
pub fn pay(order: &Loaded<Order>, vault: &TokenAccount, target: &Slot, amount: u64) -> ProgramResult {
    if amount == 0 {
        return Ok(());
    }
    sign_as_order(order, |authority| transfer_signed(&vault.slot, target, &order.slot, amount, authority))
}

/// Close an emptied vault of the order; its rent goes to `target`.
pub fn close(order: &Loaded<Order>, vault: &TokenAccount, target: &Slot) -> ProgramResult {
    let close = CloseAccount::new(&vault.slot.view, &target.view, &order.slot.view);
    sign_as_order(order, |authority| authority.sign(|signers| close.invoke_signed(signers)))
}
