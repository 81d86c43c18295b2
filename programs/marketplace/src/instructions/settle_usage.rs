//! `settle_usage`: attested seconds of a session whose challenge window has passed are paid. Anyone may call it, as often
//! as wanted: amounts are floors of the session's totals less what was already paid.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{gpu_seconds, sub, sub_units, usage_price},
    event::UsageSettled,
    faults,
    purchase::Purchase,
    settlement::{Paid, Payment},
    state::{ORDER_VAULT_SEED, Order, Provider, Settings},
};

struct SettleUsage {
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    order: Loaded<Order>,
    vault: TokenAccount,
    payment: Payment,
    purchase: Purchase,
}

pub fn process(context: Context, _: &[u8]) -> ProgramResult {
    let program_id = context.0;
    let mut call = SettleUsage::load(context)?;
    [&call.provider.slot, &call.order.slot, &call.vault.slot].into_iter().try_for_each(Slot::require_writable)?;
    let order = &call.order;
    order.slot.require(order.provider == *call.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let seeds = [ORDER_VAULT_SEED, order.key().as_ref()];
    call.vault.slot.require_seeds_with_bump(&seeds, order.vault_bump, program_id)?;
    call.payment.check(order, &call.settings)?;
    call.purchase.check(order, &call.settings)?;
    call.run(unix_timestamp()?)
}

impl SettleUsage {
    fn load((_, mut accounts): Context) -> Result<Self, ProgramError> {
        let settings = accounts.load("marketplace")?;
        let provider = accounts.load("provider")?;
        let order = accounts.load("order")?;
        let vault = accounts.token_account("vault")?;
        let payment = Payment::load(&mut accounts)?;
        accounts.token_program("token_program")?;
        let purchase = Purchase::load(&mut accounts)?;
        Ok(Self { settings, provider, order, vault, payment, purchase })
    }

    fn run(&mut self, now: i64) -> ProgramResult {
        require(self.order.is_streaming, &faults::ORDER_NOT_STREAMING)?;
        self.order.require_live(now)?;
        self.order.require_proven()?;
        let order = &mut self.order;
        let payable = order.take_payable(now);
        require(payable > order.settled_seconds, &faults::NOTHING_TO_SETTLE)?;
        let seconds = sub_units(payable, order.settled_seconds)?;
        let gross = sub(usage_price(order.units, payable, order.price_per_gpu_hour)?, order.paid)?;
        let paid = self.payment.pay(&self.settings, &mut self.provider, order, &self.vault, (gross, 0))?;
        order.settled_seconds = payable;
        order.store()?;
        self.provider.store()?;
        let gpu_seconds = gpu_seconds(order.units, seconds);
        emit(&self.settled(seconds, gross, &paid, now))?;
        self.purchase.record(&self.settings.slot, &self.settings, &self.order, gpu_seconds)
    }

    fn settled(&self, seconds: u32, amount: u64, paid: &Paid, now: i64) -> UsageSettled {
        let order = &self.order;
        UsageSettled {
            order: *order.key(),
            provider: order.provider,
            operator_pool: order.operator_pool,
            buyer: order.buyer,
            model: order.model,
            mint: order.mint,
            seconds,
            settled_seconds: order.settled_seconds,
            gpu_seconds: gpu_seconds(order.units, seconds),
            amount,
            provider_amount: paid.parts.provider,
            fee: paid.parts.fee,
            fee_treasury: paid.parts.treasury,
            fee_burn: paid.parts.burn,
            fee_verifier: paid.parts.verifier,
            fee_infer: paid.fee_infer,
            paid_to: *self.payment.provider_account.key(),
            paid_to_staking_vault: paid.is_to_staking,
            settled_at: now,
            price_per_gpu_hour: order.price_per_gpu_hour,
        }
    }
}
