//! Open a pool with its four vaults and the operator's record. No event.

use alloc::{string::String, vec::Vec};
use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
    token::{TokenAccount, transfer},
};

use crate::{
    constants::{ACCOUNT_VERSION, FIRST_STAKING_RECORD_SPACE, MAX_COMMISSION_BPS, OPERATOR_POOL_SPACE, USDC_MINT},
    fault,
    profile::{check_auth_keys, check_profile},
    seeds,
    seeds::check_overview,
    state::{OperatorPool, PoolOverview, StakingRecord},
};

#[derive(BorshDeserialize)]
struct Args {
    auto_stake_fees: bool,
    reward_commission_rate_bps: u16,
    allow_delegation: bool,
    name: String,
    description: Option<String>,
    website_url: Option<String>,
    avatar_image_url: Option<String>,
    operator_auth_keys: Option<Vec<Address>>,
    usdc_commission_rate_bps: u16,
}

struct Context {
    payer: Slot,
    admin: Slot,
    pool: Slot,
    record: Slot,
    overview: Loaded<PoolOverview>,
    staked_vault: Slot,
    reward_fee_vault: Slot,
    usdc_fee_vault: Slot,
    usdc_vault: Slot,
    admin_tokens: TokenAccount,
    fee_payout: TokenAccount,
    mint: Slot,
    usdc_mint: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut context = load(program_id, views)?;
    let bump = context.create(program_id)?;
    context.check(program_id)?;

    require(args.reward_commission_rate_bps <= MAX_COMMISSION_BPS, &fault::INVALID_COMMISSION_RATE)?;
    require(args.usdc_commission_rate_bps <= MAX_COMMISSION_BPS, &fault::INVALID_COMMISSION_RATE)?;
    let fee = context.overview.operator_pool_registration_fee;
    if fee > 0 {
        transfer(&context.admin_tokens.slot, &context.fee_payout.slot, &context.admin, fee)?;
    }
    let epoch = context.overview.current_epoch();
    context.overview.total_pools = add(context.overview.total_pools, 1);
    let pool = new_pool(args, &context, bump, epoch)?;
    let record =
        StakingRecord { owner: *context.admin.key(), operator_pool: *context.pool.key(), ..StakingRecord::default() };
    Loaded::new(context.pool, pool).store()?;
    Loaded::new(context.record, record).store()?;
    context.overview.store()
}

fn new_pool(args: Args, context: &Context, bump: u8, epoch: u64) -> Result<OperatorPool, ProgramError> {
    let pool = OperatorPool {
        version: ACCOUNT_VERSION,
        bump,
        initial_pool_admin: *context.admin.key(),
        admin: *context.admin.key(),
        name: args.name,
        description: args.description,
        website_url: args.website_url,
        avatar_image_url: args.avatar_image_url,
        operator_staking_record: *context.record.key(),
        operator_auth_keys: args.operator_auth_keys.unwrap_or_default(),
        auto_stake_fees: args.auto_stake_fees,
        reward_commission_rate_bps: args.reward_commission_rate_bps,
        usdc_commission_rate_bps: args.usdc_commission_rate_bps,
        allow_delegation: args.allow_delegation,
        joined_at_epoch: epoch,
        reward_last_claimed_epoch: epoch,
        ..OperatorPool::default()
    };
    check_auth_keys(&pool.operator_auth_keys)?;
    check_profile(&pool)?;
    Ok(pool)
}

fn load(program_id: &Address, views: &[AccountView]) -> Result<Context, ProgramError> {
    let mut accounts = Accounts::new(views, program_id);
    let context = Context {
        payer: accounts.signer("payer")?,
        admin: accounts.signer("admin")?,
        pool: accounts.any("operator_pool")?,
        record: accounts.any("staking_record")?,
        overview: accounts.load("pool_overview")?,
        staked_vault: accounts.any("staked_token_account")?,
        reward_fee_vault: accounts.any("reward_fee_token_account")?,
        usdc_fee_vault: accounts.any("usdc_fee_token_account")?,
        usdc_vault: accounts.any("operator_usdc_vault")?,
        admin_tokens: accounts.token_account("admin_token_account")?,
        fee_payout: accounts.token_account("registration_fee_payout_token_account")?,
        mint: accounts.mint("mint")?,
        usdc_mint: accounts.mint("usdc_mint")?,
    };
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;
    Ok(context)
}

impl Context {
    /// Create pool, record and vaults in declared order. Returns the pool's bump.
    fn create(&self, program_id: &Address) -> Result<u8, ProgramError> {
        let Self { payer, mint, usdc_mint, .. } = self;
        let holder = self.pool.key();
        let admin = self.admin.key().as_ref();
        let bump = create_state(&self.pool, OPERATOR_POOL_SPACE, &[seeds::OPERATOR_POOL, admin], payer, program_id)?;
        let record_seeds = [seeds::STAKING_RECORD, holder.as_ref(), admin];
        create_state(&self.record, FIRST_STAKING_RECORD_SPACE, &record_seeds, payer, program_id)?;
        for (vault, mint, seed) in [
            (&self.staked_vault, mint, seeds::POOL_STAKED_VAULT),
            (&self.reward_fee_vault, mint, seeds::POOL_REWARD_COMMISSION_VAULT),
            (&self.usdc_fee_vault, usdc_mint, seeds::POOL_USDC_COMMISSION_VAULT),
            (&self.usdc_vault, usdc_mint, seeds::POOL_DELEGATOR_USDC_VAULT),
        ] {
            create_vault(vault, mint, holder, &[seed, holder.as_ref()], payer, program_id)?;
        }
        Ok(bump)
    }

    fn check(&self, program_id: &Address) -> ProgramResult {
        let Self { overview, mint, .. } = self;
        self.payer.require_writable()?;
        self.admin.require_writable()?;

        check_overview(overview, program_id)?;
        overview.slot.require_writable()?;
        overview.slot.require(overview.mint == *mint.key(), &CONSTRAINT_HAS_ONE)?;
        overview.slot.require(overview.allow_pool_creation, &fault::POOL_CREATION_DISABLED)?;

        self.admin_tokens.slot.require_writable()?;
        self.admin_tokens.require_holder(self.admin.key())?;
        self.admin_tokens.require_mint(mint.key())?;

        let payout = &self.fee_payout;
        payout.slot.require_writable()?;
        let is_payout_wallet = payout.holder == overview.registration_fee_payout_wallet;
        payout.slot.require(is_payout_wallet, &fault::INVALID_REGISTRATION_FEE_PAYOUT_DESTINATION)?;
        payout.require_mint(mint.key())?;
        self.usdc_mint.require(*self.usdc_mint.key() == USDC_MINT, &fault::INVALID_USDC_MINT)
    }
}
