//! `request_credit_withdrawal`: a customer announces that it will take credits out. Until the delay is over they still
//! pay for what was metered: nobody can use resources and leave before they are settled.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::add_seconds,
    event::CreditWithdrawalRequested,
    faults,
    interface::args::RequestCreditWithdrawalArgs,
    state::{Deposit, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let RequestCreditWithdrawalArgs { amount } = read_args(data)?;
    let customer = accounts.signer("customer")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut deposit = accounts.load::<Deposit>("deposit")?;

    deposit.slot.require_writable()?;
    deposit.slot.require(deposit.customer == *customer.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(amount <= deposit.balance, &faults::DEPOSIT_TOO_SMALL)?;

    deposit.withdrawal_amount = amount;
    deposit.withdrawable_at =
        if amount == 0 { 0 } else { add_seconds(unix_timestamp()?, settings.bond_withdrawal_delay_seconds)? };
    deposit.store()?;
    emit(&CreditWithdrawalRequested {
        deposit: *deposit.key(),
        customer: deposit.customer,
        amount,
        withdrawable_at: deposit.withdrawable_at,
    })
}
