//! `pay_claim`: what inflow has funded of a claim becomes collateral of its trader.
//!
//! Claims stand in a line in the order in which they arose, and inflow funds the line from its front: who does not ask
//! holds up nobody. A paid claim stays as a record.

use pinocchio::ProgramResult;
use plumbline_shared::{
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    interface::{
        accounts::{Claim, Exchange, Trader},
        events::ClaimPaid,
        fault,
    },
    number::{add, narrow, sub},
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let mut trader = accounts.load::<Trader>("trader")?;
    let mut claim = accounts.load::<Claim>("claim")?;
    let margin_vault: TokenAccount = vault::load(&mut accounts, program_id, &exchange, Vault::Margin)?;
    let bankroll_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Bankroll)?;
    accounts.token_program("token_program")?;

    [&exchange.slot, &trader.slot, &claim.slot].into_iter().try_for_each(|slot| slot.require_writable())?;
    trader.slot.require(claim.trader == *trader.key(), &CONSTRAINT_HAS_ONE)?;
    let funded = exchange.funds.claims_funded.saturating_sub(claim.start).min(u128::from(claim.amount));
    let amount = sub(narrow(funded)?, claim.paid)?;
    require(amount > 0, &fault::NOTHING_TO_PAY)?;

    vault::pay(&exchange, &bankroll_vault, &margin_vault, amount)?;
    claim.paid = add(claim.paid, amount)?;
    trader.balance.collateral = add(trader.balance.collateral, amount)?;
    let funds = &mut exchange.funds;
    funds.claims_reserve = sub(funds.claims_reserve, amount)?;
    funds.margin = add(funds.margin, amount)?;
    claim.store()?;
    trader.store()?;
    exchange.store()?;
    emit(&ClaimPaid {
        claim: *claim.key(),
        trader: claim.trader,
        number: claim.number,
        amount,
        paid: claim.paid,
        balance: trader.balance,
        funds: exchange.funds,
        at: unix_timestamp()?,
    })
}
