//! `sweep_surplus`: tokens that strangers sent to a vault become insurance, so that every vault holds what is accounted
//! for and nothing else.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Loaded, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{accounts::Exchange, events::SurplusSwept, fault},
    number::{add, sub},
    vault::{Vaults, in_bankroll_vault},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut exchange: Loaded<Exchange> = accounts.load("exchange")?;
    let vaults = Vaults::load(&mut accounts, program_id, &exchange)?;
    accounts.token_program("token_program")?;

    exchange.slot.require_writable()?;
    let funds = exchange.funds;
    let margin = sub(vaults.margin.amount, funds.margin)?;
    let bankroll = sub(vaults.bankroll.amount, in_bankroll_vault(&funds)?)?;
    let insurance = sub(vaults.insurance.amount, funds.insurance)?;
    let amount = add(add(margin, bankroll)?, insurance)?;
    require(amount > 0, &fault::NOTHING_TO_SWEEP)?;
    // What is there now, as the funds would have to say it; then the funds as they become.
    let mut before = funds;
    before.margin = vaults.margin.amount;
    before.bankroll = add(funds.bankroll, bankroll)?;
    before.insurance = vaults.insurance.amount;
    exchange.funds.add_to_insurance(amount)?;
    vaults.follow(&exchange, &before)?;
    exchange.store()?;
    emit(&SurplusSwept { amount, funds: exchange.funds, at: unix_timestamp()? })
}
