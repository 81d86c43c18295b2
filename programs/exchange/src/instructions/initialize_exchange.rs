//! `initialize_exchange`: authorities, vaults, and every governed number at its starting value.
//!
//! There is one exchange per program, and the first caller makes it: deployment and this call belong in one script.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    interface::{
        accounts::{EXCHANGE_SPACE, Exchange},
        args::InitializeExchangeArgs,
        events::ExchangeInitialized,
        fault,
        types::Funds,
    },
    rules, seed,
};

const INFER_DECIMALS: u8 = 9;
const MINT_DECIMALS_AT: usize = 44;

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: InitializeExchangeArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let admin = accounts.signer("admin")?;
    let exchange = accounts.any("exchange")?;
    let infer_mint = accounts.mint("infer_mint")?;
    let margin_vault = accounts.any("margin_vault")?;
    let bankroll_vault = accounts.any("bankroll_vault")?;
    let insurance_vault = accounts.any("insurance_vault")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    let written = [&payer, &exchange, &margin_vault, &bankroll_vault, &insurance_vault];
    written.into_iter().try_for_each(Slot::require_writable)?;
    let decimals = infer_mint.view.try_borrow()?.get(MINT_DECIMALS_AT).copied();
    infer_mint.require(decimals == Some(INFER_DECIMALS), &fault::INVALID_INFER_MINT)?;

    let bump = create_state(&exchange, EXCHANGE_SPACE, &[seed::EXCHANGE], &payer, program_id)?;
    let vault =
        |slot: &Slot, seeds: &[u8]| create_vault(slot, &infer_mint, exchange.key(), &[seeds], &payer, program_id);
    let state = Exchange {
        version: seed::VERSION,
        bump,
        margin_vault_bump: vault(&margin_vault, seed::MARGIN_VAULT)?,
        bankroll_vault_bump: vault(&bankroll_vault, seed::BANKROLL_VAULT)?,
        insurance_vault_bump: vault(&insurance_vault, seed::INSURANCE_VAULT)?,
        marketplace: args.marketplace,
        governance_authority: args.governance_authority,
        admin: *admin.key(),
        infer_mint: *infer_mint.key(),
        is_paused: false,
        rules: rules::defaults()?,
        funds: Funds::default(),
    };
    let mut created = Loaded::new(exchange, state);
    created.store()?;
    emit(&ExchangeInitialized {
        exchange: *created.key(),
        marketplace: created.marketplace,
        governance_authority: created.governance_authority,
        admin: created.admin,
        infer_mint: created.infer_mint,
        rules: created.rules,
        at: unix_timestamp()?,
    })
}
