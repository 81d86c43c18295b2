//! `add_insurance`: INFER for shortfalls. While claims are unfunded it serves them first, like every inflow, and that part
//! goes to the vault where their reserve is.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, runtime::unix_timestamp, token::transfer};

use super::{Context, wallet};
use crate::{
    interface::{accounts::Exchange, args::AddInsuranceArgs, events::InsuranceAdded, fault},
    number::{add, sub},
    vault::{self, Vault},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let AddInsuranceArgs { amount } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;
    let bankroll_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Bankroll)?;
    let insurance_vault = vault::load(&mut accounts, program_id, &exchange, Vault::Insurance)?;
    let source = wallet(&mut accounts, "owner_token_account", &exchange, owner.key())?;
    accounts.token_program("token_program")?;

    exchange.slot.require_writable()?;
    require(amount > 0, &fault::ZERO_AMOUNT)?;
    let kept = exchange.funds.set_aside(amount)?;
    transfer(&source.slot, &insurance_vault.slot, &owner, kept)?;
    transfer(&source.slot, &bankroll_vault.slot, &owner, sub(amount, kept)?)?;
    exchange.funds.insurance = add(exchange.funds.insurance, kept)?;
    exchange.store()?;
    emit(&InsuranceAdded { from: *owner.key(), amount, funds: exchange.funds, at: unix_timestamp()? })
}
