//! `withdraw_credits`: the announced sum, or what settlements have left of it, goes to the customer after the delay.

use pinocchio::ProgramResult;
use plumbline_shared::{
    create::Authority,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::sub,
    event::CreditsWithdrawn,
    faults,
    seeds::{DEPOSIT_SEED, DEPOSIT_VAULT_SEED},
    state::Deposit,
    vault::Vault,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let customer = accounts.signer("customer")?;
    let mut deposit = accounts.load::<Deposit>("deposit")?;
    let vault = accounts.token_account("deposit_vault")?;
    let target = accounts.token_account("customer_token_account")?;
    accounts.token_program("token_program")?;

    deposit.slot.require_writable()?;
    deposit.slot.require(deposit.customer == *customer.key(), &fault::CONSTRAINT_HAS_ONE)?;
    vault.slot.require_writable()?;
    let vault_seeds = [DEPOSIT_VAULT_SEED, deposit.key().as_ref()];
    vault.slot.require_seeds_with_bump(&vault_seeds, deposit.vault_bump, program_id)?;
    target.slot.require_writable()?;
    target.require_mint(&vault.mint)?;
    target.require_holder(customer.key())?;
    require(deposit.withdrawal_amount > 0, &faults::NO_WITHDRAWAL_REQUESTED)?;
    require(unix_timestamp()? >= deposit.withdrawable_at, &faults::WITHDRAWAL_NOT_DUE)?;

    let amount = deposit.withdrawal_amount.min(deposit.balance);
    let seeds: [&[u8]; 2] = [DEPOSIT_SEED, deposit.customer.as_ref()];
    let authority = Authority { seeds: &seeds, bump: deposit.bump };
    Vault { account: &vault, holder: &deposit.slot, authority }.pay(&target.slot, amount)?;
    deposit.balance = sub(deposit.balance, amount)?;
    deposit.withdrawal_amount = 0;
    deposit.withdrawable_at = 0;
    deposit.store()?;
    emit(&CreditsWithdrawn {
        deposit: *deposit.key(),
        customer: deposit.customer,
        amount,
        balance: deposit.balance,
        paid_to: *target.key(),
    })
}
