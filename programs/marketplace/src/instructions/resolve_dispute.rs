//! `resolve_dispute`: the arbiter splits what a disputed order still owes between provider and buyer. Whoever opened the
//! dispute has the deposit back if the ruling gives that side anything; otherwise the other side has it.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    entry::read_args,
    event::emit,
    fault::require,
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{BPS, add, add_seconds, gpu_seconds, part, sub},
    event::DisputeResolved,
    faults,
    instructions::refund_order::refunded,
    interface::args::ResolveDisputeArgs,
    order_end::{EndingOrder, close, pay},
    payout::{Ending, settled},
    purchase::Purchase,
    settlement::{Paid, Payment},
    state::{DISPUTE_VAULT_SEED, ORDER_DISPUTED, ORDER_REFUNDED, ORDER_SETTLED, REFUND_RULED, Settings},
};

struct ResolveDispute {
    arbiter: Slot,
    settings: Loaded<Settings>,
    ending: EndingOrder,
    payment: Payment,
    buyer_account: TokenAccount,
    dispute_vault: TokenAccount,
    opener: Slot,
    deposit_account: TokenAccount,
    purchase: Purchase,
}

/// What the ruling gives to whom.
struct Ruling {
    provider_bps: u16,
    gross: u64,
    refund: u64,
    gpu_seconds: u64,
    surplus: u64,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let program_id = context.0;
    let ResolveDisputeArgs { provider_bps } = read_args(data)?;
    let mut call = ResolveDispute::load(context)?;
    call.ending.check(program_id)?;
    call.payment.check(&call.ending.order, &call.settings)?;
    call.purchase.check(&call.ending.order, &call.settings)?;
    let order = &call.ending.order;
    let seeds = [DISPUTE_VAULT_SEED, order.key().as_ref()];
    let now = unix_timestamp()?;
    call.check(provider_bps, now)?;
    call.dispute_vault.slot.require_seeds_with_bump(&seeds, order.dispute_vault_bump, program_id)?;
    let ruling = call.rule(provider_bps)?;
    call.check_deposit_account(&ruling)?;
    call.run(&ruling, now)
}

impl ResolveDispute {
    fn load((_, mut accounts): Context) -> Result<Self, ProgramError> {
        let arbiter = accounts.signer("arbiter")?;
        let settings = accounts.load("marketplace")?;
        let ending = EndingOrder::load(&mut accounts)?;
        let payment = Payment::load(&mut accounts)?;
        let buyer_account = accounts.token_account("buyer_token_account")?;
        let dispute_vault = accounts.token_account("dispute_vault")?;
        let opener = accounts.any("opener")?;
        let deposit_account = accounts.token_account("deposit_token_account")?;
        accounts.token_program("token_program")?;
        let purchase = Purchase::load(&mut accounts)?;
        Ok(Self { arbiter, settings, ending, payment, buyer_account, dispute_vault, opener, deposit_account, purchase })
    }

    fn check(&self, provider_bps: u16, now: i64) -> ProgramResult {
        let order = &self.ending.order;
        let written = [&self.buyer_account.slot, &self.dispute_vault.slot, &self.opener, &self.deposit_account.slot];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.arbiter.require_address(&self.settings.arbiter)?;
        self.ending.check_buyer_account(&self.buyer_account)?;
        require(order.status == ORDER_DISPUTED, &faults::ORDER_NOT_DISPUTED)?;
        require(now <= order.dispute_deadline, &faults::DISPUTE_EXPIRED)?;
        require(provider_bps <= BPS, &faults::INVALID_SPLIT)?;
        self.opener.require_address(&order.dispute_opener)
    }

    /// The provider's part is rounded down, of money and of GPU-seconds.
    fn rule(&self, provider_bps: u16) -> Result<Ruling, ProgramError> {
        let order = &self.ending.order;
        let remaining = self.ending.remaining()?;
        let gross = part(remaining, provider_bps)?;
        let unpaid = sub(gpu_seconds(order.units, order.seconds), gpu_seconds(order.units, order.settled_seconds))?;
        Ok(Ruling {
            provider_bps,
            gross,
            refund: sub(remaining, gross)?,
            gpu_seconds: part(unpaid, provider_bps)?,
            surplus: self.ending.surplus()?,
        })
    }

    fn opener_is_buyer(&self) -> bool {
        self.ending.order.dispute_opener == self.ending.order.buyer
    }

    /// Whether the opener has anything of the ruling, and with it the deposit.
    fn is_returned(&self, ruling: &Ruling) -> bool {
        if self.opener_is_buyer() { ruling.provider_bps < BPS } else { ruling.provider_bps > 0 }
    }

    fn check_deposit_account(&self, ruling: &Ruling) -> ProgramResult {
        let order = &self.ending.order;
        let holder = match (self.is_returned(ruling), self.opener_is_buyer()) {
            (true, _) => &order.dispute_opener,
            (false, true) => &self.ending.provider.payout,
            (false, false) => &order.buyer,
        };
        let account = &self.deposit_account;
        let is_due = account.holder == *holder && account.mint == self.dispute_vault.mint;
        account.slot.require(is_due, &faults::INVALID_DEPOSIT_ACCOUNT)
    }

    fn run(&mut self, ruling: &Ruling, now: i64) -> ProgramResult {
        let ending = &mut self.ending;
        let paid = if ruling.gross > 0 {
            let amounts = (ruling.gross, 0);
            let (provider, order) = (&mut ending.provider, &mut ending.order);
            Some(self.payment.pay(&self.settings, provider, order, &ending.vault, amounts)?)
        } else {
            None
        };
        ending.pay(&self.buyer_account.slot, add(ruling.refund, ruling.surplus)?)?;
        ending.close_vault()?;
        pay(&ending.order, &self.dispute_vault, &self.deposit_account.slot, self.dispute_vault.amount)?;
        close(&ending.order, &self.dispute_vault, &self.opener)?;

        let window_seconds = self.settings.challenge_window_seconds;
        let challenge_ends_at = add_seconds(now, window_seconds)?;
        let bond_locked = ending.order.bond_locked;
        let bond_release_at = ending.provider.unlock_later(bond_locked, challenge_ends_at, window_seconds, now)?;
        ending.order.challenge_ends_at = if paid.is_some() { challenge_ends_at } else { 0 };
        let status = if paid.is_some() { ORDER_SETTLED } else { ORDER_REFUNDED };
        ending.order.marks.clear();
        ending.store_ended(status, now)?;
        self.tell(ruling, paid, bond_release_at, now)?;
        self.purchase.record(&self.settings.slot, &self.settings, &self.ending.order, ruling.gpu_seconds)
    }

    fn tell(&self, ruling: &Ruling, paid: Option<Paid>, bond_release_at: i64, now: i64) -> ProgramResult {
        let order = &self.ending.order;
        emit(&DisputeResolved {
            order: *order.key(),
            provider: order.provider,
            buyer: order.buyer,
            provider_bps: ruling.provider_bps,
            provider_gross: ruling.gross,
            refunded: ruling.refund,
            deposit: order.dispute_deposit,
            deposit_to: *self.deposit_account.key(),
            deposit_returned: self.is_returned(ruling),
            resolved_at: now,
        })?;
        let (gross, refund, surplus) = (ruling.gross, ruling.refund, ruling.surplus);
        let Some(paid) = paid else {
            return emit(&refunded(order, &self.buyer_account, REFUND_RULED, bond_release_at, (refund, surplus)));
        };
        let gpu_seconds = ruling.gpu_seconds;
        let end = Ending { gpu_seconds, amount: gross, refunded: refund, surplus, bond_release_at };
        emit(&settled(order, &self.payment, &paid, end, *self.arbiter.key()))
    }
}
