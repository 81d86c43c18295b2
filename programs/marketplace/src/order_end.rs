//! What the two ends of an order share: who the accounts must be, giving the units back, emptying the vault.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use pinocchio_token::instructions::CloseAccount;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::Authority,
    fault,
    token::{TokenAccount, transfer_signed},
};

use crate::{
    amount::sub,
    faults,
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

    /// What strangers sent to the vault beyond the price. It has to leave too, or the vault could not be closed.
    pub fn surplus(&self) -> Result<u64, ProgramError> {
        sub(self.vault.amount, self.order.amount)
    }

    /// Count the order and its units as free again, and store all three accounts.
    pub fn store_ended(&mut self, status: u8, now: i64) -> ProgramResult {
        self.order.status = status;
        self.order.ended_at = now;
        let overflow = || faults::ARITHMETIC_OVERFLOW.raise();
        self.offer.units_free = self.offer.units_free.checked_add(self.order.units).ok_or_else(overflow)?;
        self.provider.open_order_count = self.provider.open_order_count.checked_sub(1).ok_or_else(overflow)?;
        self.order.store()?;
        self.offer.store()?;
        self.provider.store()
    }

    /// Run `act` with the order as signer.
    pub fn sign<R>(&self, act: impl FnOnce(Authority) -> R) -> R {
        let id_seed = self.order.order_id.to_le_bytes();
        let seeds: [&[u8]; 3] = [ORDER_SEED, self.order.buyer.as_ref(), &id_seed];
        act(Authority { seeds: &seeds, bump: self.order.bump })
    }

    /// Pay `amount` out of the vault; nothing is called for 0.
    pub fn pay(&self, target: &Slot, amount: u64) -> ProgramResult {
        if amount == 0 {
            return Ok(());
        }
        self.sign(|authority| transfer_signed(&self.vault.slot, target, &self.order.slot, amount, authority))
    }

    /// Close the emptied vault; its rent goes to the buyer.
    pub fn close_vault(&self) -> ProgramResult {
        let close = CloseAccount::new(&self.vault.slot.view, &self.buyer.view, &self.order.slot.view);
        self.sign(|authority| authority.sign(|signers| close.invoke_signed(signers)))
    }
}
