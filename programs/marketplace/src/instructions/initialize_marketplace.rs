//! `initialize_marketplace`: authorities, mints, the founding catalogue, and every governed number at its starting value.
//!
//! There is one marketplace per program, and the first caller makes it: deployment and this call belong in one script.

use alloc::vec::Vec;
use pinocchio::{Address, ProgramResult};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::Fault,
    token::{TokenAccount, read_account},
};

use super::Context;
use crate::{
    event::MarketplaceInitialized,
    faults,
    governed::{defaults, founding_models, set_all},
    interface::args::InitializeMarketplaceArgs,
    state::{
        MARKETPLACE_SEED, MARKETPLACE_SPACE, Marketplace, ParameterChange, Settings, VERIFIER_VAULT_SEED, VERSION,
    },
};

const INFER_DECIMALS: u8 = 9;
const USDC_DECIMALS: u8 = 6;
const MINT_DECIMALS_AT: usize = 44;
const STAKING_USDC_VAULT_SEED: &[u8] = b"GlobalUsdcEarningsVault";
const EXCHANGE_SEED: &[u8] = b"Exchange";

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: InitializeMarketplaceArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let admin = accounts.signer("admin")?;
    let marketplace = accounts.any("marketplace")?;
    let infer_mint = accounts.mint("infer_mint")?;
    let usdc_mint = accounts.mint("usdc_mint")?;
    let staking_program = accounts.any("staking_program")?;
    let staking_usdc_vault = accounts.any("staking_usdc_vault")?;
    let infer_treasury = accounts.token_account("infer_treasury")?;
    let usdc_treasury = accounts.token_account("usdc_treasury")?;
    let infer_verifier_vault = accounts.any("infer_verifier_vault")?;
    let usdc_verifier_vault = accounts.any("usdc_verifier_vault")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    let written = [&payer, &marketplace, &infer_verifier_vault, &usdc_verifier_vault];
    written.into_iter().try_for_each(Slot::require_writable)?;
    require_decimals(&infer_mint, INFER_DECIMALS, &faults::INVALID_INFER_MINT)?;
    require_decimals(&usdc_mint, USDC_DECIMALS, &faults::INVALID_USDC_MINT)?;
    staking_program.require(staking_program.view.executable(), &faults::STAKING_PROGRAM_NOT_EXECUTABLE)?;
    check_staking_vault(&staking_usdc_vault, staking_program.key(), &usdc_mint)?;
    check_treasury(&infer_treasury, &infer_mint)?;
    check_treasury(&usdc_treasury, &usdc_mint)?;

    let bump = create_state(&marketplace, MARKETPLACE_SPACE, &[MARKETPLACE_SEED], &payer, program_id)?;
    for (vault, mint) in [(&infer_verifier_vault, &infer_mint), (&usdc_verifier_vault, &usdc_mint)] {
        let seeds = [VERIFIER_VAULT_SEED, mint.key().as_ref()];
        create_vault(vault, mint, marketplace.key(), &seeds, &payer, program_id)?;
    }
    let settings = Settings {
        version: VERSION,
        bump,
        admin: *admin.key(),
        arbiter: args.arbiter,
        halt_authority: args.halt_authority,
        governance_authority: args.governance_authority,
        reward_authority: args.reward_authority,
        meter: args.meter,
        infer_mint: *infer_mint.key(),
        usdc_mint: *usdc_mint.key(),
        staking_program: *staking_program.key(),
        staking_usdc_vault: *staking_usdc_vault.key(),
        exchange_program: args.exchange_program,
        exchange: exchange_address(&args.exchange_program),
        infer_treasury: *infer_treasury.key(),
        usdc_treasury: *usdc_treasury.key(),
        infer_verifier_vault: *infer_verifier_vault.key(),
        usdc_verifier_vault: *usdc_verifier_vault.key(),
        ..Settings::default()
    };
    let mut created = Loaded::new(marketplace, Marketplace { settings, models: founding_models() });
    let parameters = defaults();
    set_all(&mut created, &parameters)?;
    created.store()?;
    emit(&initialized(&created, parameters))
}

/// The exchange's configuration. The exchange need not be there yet: until its indexes are, no purchase is recorded.
fn exchange_address(exchange_program: &Address) -> Address {
    let found = Address::derive_program_address(&[EXCHANGE_SEED], exchange_program);
    found.map(|(address, _)| address).unwrap_or_default()
}

fn require_decimals(mint: &Slot, decimals: u8, fault: &Fault) -> ProgramResult {
    let found = mint.view.try_borrow()?.get(MINT_DECIMALS_AT).copied();
    mint.require(found == Some(decimals), fault)
}

fn check_staking_vault(vault: &Slot, staking_program: &Address, usdc_mint: &Slot) -> ProgramResult {
    let derived = Address::derive_program_address(&[STAKING_USDC_VAULT_SEED], staking_program);
    let is_vault = derived.is_some_and(|(address, _)| address == *vault.key());
    vault.require(is_vault, &faults::INVALID_STAKING_USDC_VAULT)?;
    let account = read_account(*vault)?;
    vault.require(account.mint == *usdc_mint.key(), &faults::INVALID_STAKING_USDC_VAULT)
}

fn check_treasury(treasury: &TokenAccount, mint: &Slot) -> ProgramResult {
    treasury.slot.require(treasury.mint == *mint.key(), &faults::INVALID_TREASURY)
}

fn initialized(marketplace: &Marketplace, parameters: Vec<ParameterChange>) -> MarketplaceInitialized {
    let settings = &marketplace.settings;
    MarketplaceInitialized {
        admin: settings.admin,
        arbiter: settings.arbiter,
        halt_authority: settings.halt_authority,
        infer_mint: settings.infer_mint,
        usdc_mint: settings.usdc_mint,
        staking_program: settings.staking_program,
        platform_fee_bps: settings.platform_fee_bps,
        fee_treasury_bps: settings.fee_treasury_bps,
        fee_burn_bps: settings.fee_burn_bps,
        fee_verifier_bps: settings.fee_verifier_bps,
        bond_ratio_bps: settings.bond_ratio_bps,
        challenge_window_seconds: settings.challenge_window_seconds,
        start_deadline_seconds: settings.start_deadline_seconds,
        tier_minimum_bonds: settings.tier_minimum_bonds,
        models: marketplace.models.clone(),
        bond_infer_per_usdc: settings.bond_infer_per_usdc,
        confirm_window_seconds: settings.confirm_window_seconds,
        staking_usdc_vault: settings.staking_usdc_vault,
        infer_treasury: settings.infer_treasury,
        usdc_treasury: settings.usdc_treasury,
        governance_authority: settings.governance_authority,
        reward_authority: settings.reward_authority,
        meter: settings.meter,
        exchange_program: settings.exchange_program,
        infer_verifier_vault: settings.infer_verifier_vault,
        usdc_verifier_vault: settings.usdc_verifier_vault,
        parameters,
    }
}
