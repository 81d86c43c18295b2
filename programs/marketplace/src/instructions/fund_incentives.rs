//! `fund_incentives`: anyone adds INFER to the incentive vault.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, token::transfer};

use super::Context;
use crate::{
    amount::add, event::IncentivesFunded, faults, interface::args::FundIncentivesArgs, seeds::INCENTIVE_VAULT_SEED,
    state::EpochBook,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let FundIncentivesArgs { amount } = read_args(data)?;
    let funder = accounts.signer("funder")?;
    let book = accounts.load::<EpochBook>("epoch_book")?;
    let vault = accounts.token_account("incentive_vault")?;
    let source = accounts.token_account("funder_token_account")?;
    accounts.token_program("token_program")?;

    vault.slot.require_writable()?;
    vault.slot.require_seeds_with_bump(&[INCENTIVE_VAULT_SEED], book.incentive_vault_bump, program_id)?;
    source.slot.require_writable()?;
    source.require_mint(&vault.mint)?;
    source.require_holder(funder.key())?;
    require(amount > 0, &faults::ZERO_AMOUNT)?;

    transfer(&source.slot, &vault.slot, &funder, amount)?;
    emit(&IncentivesFunded { funder: *funder.key(), amount, vault_balance: add(vault.amount, amount)? })
}
