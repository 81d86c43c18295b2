//! `deposit_credits`: a customer adds INFER to its deposit for metered workloads. The first call creates the deposit.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::{self, require},
    token::{read_account, transfer},
};

use super::Context;
use crate::{
    amount::add,
    event::CreditsDeposited,
    faults,
    interface::args::DepositCreditsArgs,
    seeds::{DEPOSIT_SEED, DEPOSIT_VAULT_SEED},
    state::{DEPOSIT_SPACE, Deposit, Settings, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let DepositCreditsArgs { amount } = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let customer = accounts.signer("customer")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let deposit = accounts.any("deposit")?;
    let vault = accounts.any("deposit_vault")?;
    let mint = accounts.mint("infer_mint")?;
    let source = accounts.token_account("customer_token_account")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    [&payer, &deposit, &vault, &source.slot].into_iter().try_for_each(Slot::require_writable)?;
    mint.require_address(&settings.infer_mint)?;
    source.require_mint(&settings.infer_mint)?;
    source.require_holder(customer.key())?;
    require(amount > 0, &faults::ZERO_AMOUNT)?;

    let mut deposit = if deposit.view.owned_by(program_id) {
        let known = deposit.load::<Deposit>(program_id)?;
        deposit.require(known.customer == *customer.key(), &fault::CONSTRAINT_HAS_ONE)?;
        read_account(vault)?;
        let seeds = [DEPOSIT_VAULT_SEED, deposit.key().as_ref()];
        vault.require_seeds_with_bump(&seeds, known.vault_bump, program_id)?;
        known
    } else {
        create(deposit, &vault, &mint, &payer, customer.key(), program_id)?
    };
    transfer(&source.slot, &vault, &customer, amount)?;
    deposit.balance = add(deposit.balance, amount)?;
    deposit.store()?;
    emit(&CreditsDeposited { deposit: *deposit.key(), customer: deposit.customer, amount, balance: deposit.balance })
}

fn create(
    deposit: Slot,
    vault: &Slot,
    mint: &Slot,
    payer: &Slot,
    customer: &Address,
    program_id: &Address,
) -> Result<Loaded<Deposit>, ProgramError> {
    let bump = create_state(&deposit, DEPOSIT_SPACE, &[DEPOSIT_SEED, customer.as_ref()], payer, program_id)?;
    let seeds = [DEPOSIT_VAULT_SEED, deposit.key().as_ref()];
    let vault_bump = create_vault(vault, mint, deposit.key(), &seeds, payer, program_id)?;
    let state = Deposit {
        version: VERSION,
        bump,
        vault_bump,
        customer: *customer,
        balance: 0,
        withdrawal_amount: 0,
        withdrawable_at: 0,
        workload_count: 0,
    };
    Ok(Loaded::new(deposit, state))
}
