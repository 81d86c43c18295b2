//! `remove_bankroll`: governance takes free bankroll to an account of its own.
//!
//! Free is what exceeds the notional of all open positions: the most that shorts can ever be owed, and what longs are owed
//! when the price doubles.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, runtime::unix_timestamp};

use super::{Context, wallet};
use crate::{
    interface::{accounts::Exchange, args::RemoveBankrollArgs, events::BankrollRemoved, fault},
    number::sub,
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let RemoveBankrollArgs { amount } = read_args(data)?;
    let authority = accounts.signer("governance_authority")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let bankroll_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Bankroll)?;
    let target = wallet(&mut accounts, "treasury", &exchange, &exchange.governance_authority)?;
    accounts.token_program("token_program")?;

    exchange.slot.require_writable()?;
    authority.require_address(&exchange.governance_authority)?;
    require(amount > 0, &fault::ZERO_AMOUNT)?;
    let free = exchange.funds.bankroll.saturating_sub(exchange.funds.open_notional);
    require(amount <= free, &fault::BANKROLL_NOT_FREE)?;
    vault::pay(&exchange, &bankroll_vault, &target, amount)?;
    exchange.funds.bankroll = sub(exchange.funds.bankroll, amount)?;
    exchange.store()?;
    emit(&BankrollRemoved { to: *target.key(), amount, funds: exchange.funds, at: unix_timestamp()? })
}
