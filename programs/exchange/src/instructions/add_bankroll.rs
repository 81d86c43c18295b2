//! `add_bankroll`: INFER for the protocol to trade with. It gives no share: the bankroll is the protocol's, and only
//! governance takes from it.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, runtime::unix_timestamp, token::transfer};

use super::{Context, wallet};
use crate::{
    interface::{accounts::Exchange, args::AddBankrollArgs, events::BankrollAdded, fault},
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let AddBankrollArgs { amount } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let bankroll_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Bankroll)?;
    let source = wallet(&mut accounts, "owner_token_account", &exchange, owner.key())?;
    accounts.token_program("token_program")?;

    exchange.slot.require_writable()?;
    require(amount > 0, &fault::ZERO_AMOUNT)?;
    transfer(&source.slot, &bankroll_vault.slot, &owner, amount)?;
    exchange.funds.add_to_bankroll(amount)?;
    exchange.store()?;
    emit(&BankrollAdded { from: *owner.key(), amount, funds: exchange.funds, at: unix_timestamp()? })
}
