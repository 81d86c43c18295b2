//! `confirm_delivery`: the buyer has a started prepaid order paid out; for a verified provider the arbiter may in the
//! buyer's place.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::{add_seconds, gpu_seconds},
    faults,
    order_end::EndingOrder,
    payout::{Ending, settled},
    purchase::Purchase,
    settlement::Payment,
    state::{ORDER_SETTLED, PROVIDER_VERIFIED, Settings},
};

struct ConfirmDelivery {
    authority: Slot,
    settings: Loaded<Settings>,
    ending: EndingOrder,
    payment: Payment,
    purchase: Purchase,
}

pub fn process(context: Context, _: &[u8]) -> ProgramResult {
    let program_id = context.0;
    let mut call = ConfirmDelivery::load(context)?;
    call.ending.check(program_id)?;
    call.payment.check(&call.ending.order, &call.settings)?;
    call.purchase.check(&call.ending.order, &call.settings)?;
    let now = unix_timestamp()?;
    call.check_order(now)?;
    call.run(now)
}

impl ConfirmDelivery {
    fn load((_, mut accounts): Context) -> Result<Self, ProgramError> {
        let authority = accounts.signer("authority")?;
        let settings = accounts.load("marketplace")?;
        let ending = EndingOrder::load(&mut accounts)?;
        let payment = Payment::load(&mut accounts)?;
        accounts.token_program("token_program")?;
        let purchase = Purchase::load(&mut accounts)?;
        Ok(Self { authority, settings, ending, payment, purchase })
    }

    fn check_order(&self, now: i64) -> ProgramResult {
        let order = &self.ending.order;
        let is_arbiter = *self.authority.key() == self.settings.arbiter;
        let is_allowed = is_arbiter || *self.authority.key() == order.buyer;
        self.authority.require(is_allowed, &faults::NOT_BUYER_OR_ARBITER)?;
        order.require_live(now)?;
        require(!order.is_streaming, &faults::ORDER_NOT_PREPAID)?;
        let is_verified = self.ending.provider.status == PROVIDER_VERIFIED;
        require(is_verified || *self.authority.key() == order.buyer, &faults::PROVIDER_NOT_VERIFIED)
    }

    fn run(&mut self, now: i64) -> ProgramResult {
        let ending = &mut self.ending;
        let (amount, surplus) = (ending.order.amount, ending.surplus()?);
        let paid = self.payment.pay(
            &self.settings,
            &mut ending.provider,
            &mut ending.order,
            &ending.vault,
            (amount, surplus),
        )?;
        ending.close_vault()?;

        let window_seconds = self.settings.challenge_window_seconds;
        let challenge_ends_at = add_seconds(now, window_seconds)?;
        let bond_locked = ending.order.bond_locked;
        let bond_release_at = ending.provider.unlock_later(bond_locked, challenge_ends_at, window_seconds, now)?;
        ending.order.challenge_ends_at = challenge_ends_at;
        ending.store_ended(ORDER_SETTLED, now)?;
        let gpu_seconds = gpu_seconds(ending.order.units, ending.order.seconds);
        let end = Ending { gpu_seconds, amount, refunded: 0, surplus, bond_release_at };
        emit(&settled(&ending.order, &self.payment, &paid, end, *self.authority.key()))?;
        self.purchase.record(&self.settings.slot, &self.settings, &self.ending.order, gpu_seconds)
    }
}
