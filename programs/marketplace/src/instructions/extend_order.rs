//! `extend_order`: the buyer adds time to a running order at the order's price. The offer has agreed to it: it says for
//! how long at most its price holds, and closing it or shortening that time ends extensions.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::{TokenAccount, transfer},
};

use super::Context;
use crate::{
    amount::{add, add_seconds, infer_value, order_bond, order_price, sub},
    eligibility,
    event::OrderExtended,
    faults,
    interface::args::ExtendOrderArgs,
    state::{ORDER_VAULT_SEED, Offer, Order, Provider, Settings},
};

struct ExtendOrder {
    buyer: Slot,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    offer: Loaded<Offer>,
    order: Loaded<Order>,
    vault: TokenAccount,
    source: TokenAccount,
}

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: ExtendOrderArgs = read_args(data)?;
    let mut call = ExtendOrder {
        buyer: accounts.signer("buyer")?,
        settings: accounts.load("marketplace")?,
        provider: accounts.load("provider")?,
        offer: accounts.load("offer")?,
        order: accounts.load("order")?,
        vault: accounts.token_account("vault")?,
        source: accounts.token_account("buyer_token_account")?,
    };
    accounts.token_program("token_program")?;

    let order = &call.order;
    let written = [&call.provider.slot, &order.slot, &call.vault.slot, &call.source.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    call.buyer.require_address(&order.buyer)?;
    order.slot.require(order.provider == *call.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.slot.require(order.offer == *call.offer.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let seeds = [ORDER_VAULT_SEED, order.key().as_ref()];
    call.vault.slot.require_seeds_with_bump(&seeds, order.vault_bump, program_id)?;
    let is_source = call.source.holder == order.buyer && call.source.mint == order.mint;
    call.source.slot.require(is_source, &faults::INVALID_BUYER_TOKEN_ACCOUNT)?;
    call.run(args.seconds, unix_timestamp()?)
}

impl ExtendOrder {
    fn run(&mut self, added_seconds: u32, now: i64) -> ProgramResult {
        self.order.require_running()?;
        require(now < self.order.bought_until()?, &faults::LEASE_IS_OVER)?;
        require(!self.offer.is_closed, &faults::OFFER_IS_CLOSED)?;
        let wanted = self.order.seconds.checked_add(added_seconds).filter(|total| *total <= self.offer.max_seconds);
        let seconds = wanted.ok_or_else(|| faults::DURATION_OUT_OF_RANGE.raise())?;
        require(added_seconds > 0, &faults::DURATION_OUT_OF_RANGE)?;

        let amount = order_price(self.order.units, seconds, self.order.price_per_gpu_hour)?;
        let added_amount = sub(amount, self.order.amount)?;
        let added_bond = self.lock_more(amount, now)?;
        transfer(&self.source.slot, &self.vault.slot, &self.buyer, added_amount)?;
        self.order.seconds = seconds;
        self.order.amount = amount;
        self.order.bond_locked = add(self.order.bond_locked, added_bond)?;
        self.order.delivery_deadline = add_seconds(self.order.delivery_deadline, added_seconds)?;
        self.order.store()?;
        self.provider.store()?;
        emit(&self.extended(added_seconds, added_amount, added_bond, now))
    }

    /// The order counts with its whole value, against the bond and for high stakes.
    fn lock_more(&mut self, amount: u64, now: i64) -> Result<u64, ProgramError> {
        let value = infer_value(&self.settings, amount, self.order.mint == self.settings.usdc_mint)?;
        let added_bond = order_bond(&self.settings, value)?.saturating_sub(self.order.bond_locked);
        let tier_minimum = self.settings.tier_minimum_bond(self.provider.tier);
        self.provider.lock(added_bond, tier_minimum, now)?;
        eligibility::check(&self.settings, &self.provider, value)?;
        Ok(added_bond)
    }

    fn extended(&self, added_seconds: u32, added_amount: u64, added_bond: u64, now: i64) -> OrderExtended {
        let order = &self.order;
        OrderExtended {
            order: *order.key(),
            provider: order.provider,
            buyer: order.buyer,
            mint: order.mint,
            seconds: order.seconds,
            added_seconds,
            amount: order.amount,
            added_amount,
            bond_locked: order.bond_locked,
            added_bond,
            delivery_deadline: order.delivery_deadline,
            extended_at: now,
        }
    }
}
