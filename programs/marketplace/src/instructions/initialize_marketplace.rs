//! `initialize_marketplace`: authorities, mints, fees, bonds, deadlines and the catalogue of GPU models.
//!
//! There is one marketplace per program, and the first caller makes it: deployment and this call belong in one script.

use alloc::vec::Vec;
use borsh::BorshDeserialize;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::require,
    token::{TokenAccount, read_account},
};

use super::Context;
use crate::{
    amount::BPS,
    event::MarketplaceInitialized,
    faults,
    state::{
        GpuModel, MARKETPLACE_SEED, MARKETPLACE_SPACE, MAX_MODEL_NAME_BYTES, MAX_MODELS, Marketplace, Settings, TIERS,
        VERIFIER_VAULT_SEED, VERSION,
    },
};

const INFER_DECIMALS: u8 = 9;
const USDC_DECIMALS: u8 = 6;
const MINT_DECIMALS_AT: usize = 44;
const STAKING_USDC_VAULT_SEED: &[u8] = b"GlobalUsdcEarningsVault";

#[derive(BorshDeserialize)]
struct Args {
    arbiter: Address,
    halt_authority: Address,
    platform_fee_bps: u16,
    fee_treasury_bps: u16,
    fee_burn_bps: u16,
    fee_verifier_bps: u16,
    bond_ratio_bps: u16,
    challenge_window_seconds: u32,
    start_deadline_seconds: u32,
    tier_minimum_bonds: [u64; TIERS],
    models: Vec<GpuModel>,
    bond_infer_per_usdc: u64,
    confirm_window_seconds: u32,
}

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
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
    check_rates(&args)?;
    check_models(&args.models)?;

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
        infer_mint: *infer_mint.key(),
        usdc_mint: *usdc_mint.key(),
        staking_program: *staking_program.key(),
        staking_usdc_vault: *staking_usdc_vault.key(),
        infer_treasury: *infer_treasury.key(),
        usdc_treasury: *usdc_treasury.key(),
        infer_verifier_vault: *infer_verifier_vault.key(),
        usdc_verifier_vault: *usdc_verifier_vault.key(),
        platform_fee_bps: args.platform_fee_bps,
        fee_treasury_bps: args.fee_treasury_bps,
        fee_burn_bps: args.fee_burn_bps,
        fee_verifier_bps: args.fee_verifier_bps,
        bond_ratio_bps: args.bond_ratio_bps,
        challenge_window_seconds: args.challenge_window_seconds,
        start_deadline_seconds: args.start_deadline_seconds,
        bond_infer_per_usdc: args.bond_infer_per_usdc,
        confirm_window_seconds: args.confirm_window_seconds,
        tier_minimum_bonds: args.tier_minimum_bonds,
    };
    let mut created = Loaded::new(marketplace, Marketplace { settings, models: args.models });
    created.store()?;
    emit(&initialized(&created))
}

fn require_decimals(mint: &Slot, decimals: u8, fault: &plumbline_shared::fault::Fault) -> ProgramResult {
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

fn check_rates(args: &Args) -> ProgramResult {
    require(args.platform_fee_bps <= BPS, &faults::INVALID_FEE)?;
    let parts = [args.fee_treasury_bps, args.fee_burn_bps, args.fee_verifier_bps];
    let sum = parts.iter().fold(0u32, |sum, bps| sum.saturating_add(u32::from(*bps)));
    require(sum == u32::from(BPS), &faults::INVALID_FEE_SPLIT)?;
    require(args.bond_ratio_bps <= BPS, &faults::INVALID_BOND_RATIO)?;
    require(args.bond_infer_per_usdc > 0, &faults::INVALID_BOND_RATE)?;
    require(args.start_deadline_seconds > 0 && args.confirm_window_seconds > 0, &faults::INVALID_DEADLINE)
}

fn check_models(models: &[GpuModel]) -> Result<(), ProgramError> {
    require((1..=MAX_MODELS).contains(&models.len()), &faults::INVALID_CATALOGUE_SIZE)?;
    for model in models {
        require((1..=MAX_MODEL_NAME_BYTES).contains(&model.name.len()), &faults::INVALID_MODEL_NAME)?;
        require(model.vram_gb > 0 && model.weight > 0, &faults::INVALID_MODEL)?;
    }
    Ok(())
}

fn initialized(marketplace: &Marketplace) -> MarketplaceInitialized<'_> {
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
        models: &marketplace.models,
        bond_infer_per_usdc: settings.bond_infer_per_usdc,
        confirm_window_seconds: settings.confirm_window_seconds,
        staking_usdc_vault: settings.staking_usdc_vault,
        infer_treasury: settings.infer_treasury,
        usdc_treasury: settings.usdc_treasury,
    }
}
