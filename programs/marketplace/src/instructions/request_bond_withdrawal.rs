//! `request_bond_withdrawal`: the owner asks bond back. A new question replaces the old one and its delay. What was asked
//! for stays bond, so that it can be locked and slashed until it is really withdrawn.

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
    event::BondWithdrawalRequested,
    faults,
    interface::args::RequestBondWithdrawalArgs,
    state::{Provider, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let RequestBondWithdrawalArgs { amount } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut provider = accounts.load::<Provider>("provider")?;

    provider.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(amount > 0, &faults::ZERO_AMOUNT)?;
    provider.withdrawal_amount = amount;
    provider.withdrawal_ready_at = add_seconds(unix_timestamp()?, settings.bond_withdrawal_delay_seconds)?;
    provider.store()?;
    emit(&BondWithdrawalRequested {
        provider: *provider.key(),
        owner: provider.owner,
        amount,
        ready_at: provider.withdrawal_ready_at,
    })
}
