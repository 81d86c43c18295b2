//! `withdraw_margin`: collateral that no position holds goes back to its owner, at any time.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    runtime::unix_timestamp,
};

use super::{Context, wallet};
use crate::{
    interface::{
        accounts::{Exchange, Trader},
        args::WithdrawMarginArgs,
        events::MarginWithdrawn,
        fault,
    },
    number::sub,
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let WithdrawMarginArgs { amount } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let mut trader = accounts.load::<Trader>("trader")?;
    let margin_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Margin)?;
    let target = wallet(&mut accounts, "owner_token_account", &exchange, owner.key())?;
    accounts.token_program("token_program")?;

    exchange.slot.require_writable()?;
    trader.slot.require_writable()?;
    trader.slot.require(trader.owner == *owner.key(), &CONSTRAINT_HAS_ONE)?;
    require(amount > 0, &fault::ZERO_AMOUNT)?;
    let free = sub(trader.balance.collateral, trader.balance.locked)?;
    require(amount <= free, &fault::INSUFFICIENT_COLLATERAL)?;

    vault::pay(&exchange, &margin_vault, &target, amount)?;
    trader.balance.collateral = sub(trader.balance.collateral, amount)?;
    exchange.funds.margin = sub(exchange.funds.margin, amount)?;
    trader.store()?;
    exchange.store()?;
    emit(&MarginWithdrawn {
        trader: *trader.key(),
        owner: trader.owner,
        amount,
        balance: trader.balance,
        funds: exchange.funds,
        at: unix_timestamp()?,
    })
}
