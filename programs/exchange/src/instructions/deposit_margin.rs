//! `deposit_margin`: INFER of the owner becomes collateral. The first deposit creates the trader account.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    runtime::unix_timestamp,
    token::transfer,
};

use super::{Context, wallet};
use crate::{
    interface::{
        accounts::{Exchange, TRADER_SPACE, Trader},
        args::DepositMarginArgs,
        events::MarginDeposited,
        fault,
        types::Balance,
    },
    number::add,
    seed,
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let DepositMarginArgs { amount } = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let slot = accounts.any("trader")?;
    let margin_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Margin)?;
    let source = wallet(&mut accounts, "owner_token_account", &exchange, owner.key())?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    [&payer, &exchange.slot, &slot].into_iter().try_for_each(Slot::require_writable)?;
    require(amount > 0, &fault::ZERO_AMOUNT)?;
    let mut trader = if slot.view.owned_by(program_id) {
        slot.load::<Trader>(program_id)?
    } else {
        let seeds = [seed::TRADER, owner.key().as_ref()];
        let bump = create_state(&slot, TRADER_SPACE, &seeds, &payer, program_id)?;
        let fresh = Trader { version: seed::VERSION, bump, owner: *owner.key(), balance: Balance::default() };
        Loaded::new(slot, fresh)
    };
    trader.slot.require(trader.owner == *owner.key(), &CONSTRAINT_HAS_ONE)?;

    transfer(&source.slot, &margin_vault.slot, &owner, amount)?;
    trader.balance.collateral = add(trader.balance.collateral, amount)?;
    exchange.funds.margin = add(exchange.funds.margin, amount)?;
    trader.store()?;
    exchange.store()?;
    emit(&MarginDeposited {
        trader: *trader.key(),
        owner: trader.owner,
        amount,
        balance: trader.balance,
        funds: exchange.funds,
        at: unix_timestamp()?,
    })
}
