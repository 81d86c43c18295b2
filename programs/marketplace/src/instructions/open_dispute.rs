//! `open_dispute`: buyer or provider of a running order ask the arbiter to rule, against a deposit. It cuts access and
//! holds all payments until the ruling, or until the arbiter's time has passed: then a prepaid order is refunded, and a
//! session goes on to its end as if nobody had asked.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_vault,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::{TokenAccount, transfer},
};

use super::Context;
use crate::{
    amount::add_seconds,
    event::DisputeOpened,
    faults,
    lease::{end_lease, side_of},
    state::{DISPUTE_VAULT_SEED, LEASE_DISPUTED, ORDER_DISPUTED, ORDER_STARTED, Offer, Order, Provider, Settings},
};

struct OpenDispute {
    payer: Slot,
    opener: Slot,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    offer: Loaded<Offer>,
    order: Loaded<Order>,
    infer_mint: Slot,
    dispute_vault: Slot,
    source: TokenAccount,
}

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut call = OpenDispute {
        payer: accounts.signer("payer")?,
        opener: accounts.signer("opener")?,
        settings: accounts.load("marketplace")?,
        provider: accounts.load("provider")?,
        offer: accounts.load("offer")?,
        order: accounts.load("order")?,
        infer_mint: accounts.mint("infer_mint")?,
        dispute_vault: accounts.any("dispute_vault")?,
        source: accounts.token_account("opener_token_account")?,
    };
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;
    let now = unix_timestamp()?;
    call.check(now)?;
    let seeds = [DISPUTE_VAULT_SEED, call.order.key().as_ref()];
    call.order.dispute_vault_bump =
        create_vault(&call.dispute_vault, &call.infer_mint, call.order.key(), &seeds, &call.payer, program_id)?;
    call.run(now)
}

impl OpenDispute {
    fn check(&self, now: i64) -> Result<(), ProgramError> {
        let order = &self.order;
        let written = [&self.payer, &self.offer.slot, &order.slot, &self.dispute_vault, &self.source.slot];
        written.into_iter().try_for_each(Slot::require_writable)?;
        order.slot.require(order.provider == *self.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
        order.slot.require(order.offer == *self.offer.key(), &fault::CONSTRAINT_HAS_ONE)?;
        self.infer_mint.require_address(&self.settings.infer_mint)?;
        self.source.require_mint(&self.settings.infer_mint)?;
        self.source.require_holder(self.opener.key())?;
        side_of(self.opener.key(), order, &self.provider.owner)?;
        order.require_live(now)?;
        require(order.status == ORDER_STARTED, &faults::ORDER_IS_DISPUTED)?;
        require(order.is_streaming || now <= order.delivery_deadline, &faults::DELIVERY_DEADLINE_PASSED)
    }

    fn run(&mut self, now: i64) -> ProgramResult {
        let deposit = self.settings.dispute_deposit;
        transfer(&self.source.slot, &self.dispute_vault, &self.opener, deposit)?;
        let order = &mut self.order;
        order.status = ORDER_DISPUTED;
        order.dispute_opener = *self.opener.key();
        order.dispute_deposit = deposit;
        order.dispute_deadline = add_seconds(now, self.settings.dispute_resolution_seconds)?;
        emit(&DisputeOpened {
            order: *order.key(),
            provider: order.provider,
            buyer: order.buyer,
            opener: order.dispute_opener,
            deposit,
            opened_at: now,
            dispute_deadline: order.dispute_deadline,
        })?;
        if order.lease_ended_at == 0 {
            end_lease(order, &mut self.offer, LEASE_DISPUTED, now)?;
            self.offer.store()?;
        }
        self.order.store()
    }
}
