//! Create the overview and the two global vaults. Whoever calls first becomes the program's admin. No event.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::{Accounts, Loaded},
    create::{create_state, create_vault},
};

use crate::{
    constants::{MIN_SLASHING_DELAY_SECONDS, POOL_OVERVIEW_SPACE, USDC_MINT},
    fault, seeds,
    state::PoolOverview,
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let payer = accounts.signer("payer")?;
    let program_admin = accounts.signer("program_admin")?;
    let payout_wallet = accounts.any("registration_fee_payout_wallet")?;
    let slashing_token = accounts.any("slashing_destination_token_account")?;
    let slashing_usdc = accounts.any("slashing_destination_usdc_account")?;
    let overview = accounts.any("pool_overview")?;
    let reward_vault = accounts.any("reward_token_account")?;
    let usdc_vault = accounts.any("usdc_token_account")?;
    let mint = accounts.mint("mint")?;
    let usdc_mint = accounts.mint("usdc_mint")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    let bump = create_state(&overview, POOL_OVERVIEW_SPACE, &[seeds::POOL_OVERVIEW], &payer, program_id)?;
    let holder = overview.key();
    create_vault(&reward_vault, &mint, holder, &[seeds::GLOBAL_REWARD_VAULT], &payer, program_id)?;
    create_vault(&usdc_vault, &usdc_mint, holder, &[seeds::GLOBAL_USDC_VAULT], &payer, program_id)?;

    payer.require_writable()?;
    usdc_mint.require(*usdc_mint.key() == USDC_MINT, &fault::INVALID_USDC_MINT)?;

    let state = PoolOverview {
        mint: *mint.key(),
        bump,
        program_admin: *program_admin.key(),
        slashing_destination_usdc_account: *slashing_usdc.key(),
        slashing_destination_token_account: *slashing_token.key(),
        slashing_delay_seconds: MIN_SLASHING_DELAY_SECONDS,
        registration_fee_payout_wallet: *payout_wallet.key(),
        ..PoolOverview::default()
    };
    Loaded::new(overview, state).store()
}
