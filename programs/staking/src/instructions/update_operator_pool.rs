//! Change what an operator decides about its pool; what is not given stays. New rates wait for the next payout.

use alloc::{string::String, vec::Vec};
use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::Accounts,
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
};

use crate::{
    constants::MAX_COMMISSION_BPS,
    event::UpdateOperatorPoolEvent,
    fault,
    profile::{check_auth_keys, check_profile},
    seeds::{check_overview, check_pool},
    state::{OperatorPool, PoolOverview},
};

/// A rate to come, or `None` to withdraw the one announced.
#[derive(BorshDeserialize)]
struct NewCommissionRateSetting {
    rate_bps: Option<u16>,
}

#[derive(BorshDeserialize)]
struct Args {
    new_reward_commission_rate_bps: Option<NewCommissionRateSetting>,
    new_usdc_commission_rate_bps: Option<NewCommissionRateSetting>,
    allow_delegation: Option<bool>,
    auto_stake_fees: Option<bool>,
    name: Option<String>,
    description: Option<String>,
    website_url: Option<String>,
    avatar_image_url: Option<String>,
    operator_auth_keys: Option<Vec<Address>>,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;
    let instructions = accounts.any("instructions")?;

    check_overview(&overview, program_id)?;
    check_pool(&pool, program_id)?;
    pool.slot.require_writable()?;
    pool.slot.require(pool.admin == *admin.key(), &CONSTRAINT_HAS_ONE)?;
    instructions.require_address(&INSTRUCTIONS_SYSVAR)?;

    apply(&mut pool, args)?;
    emit(&UpdateOperatorPoolEvent {
        instruction_index: instruction_index(&instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
    })?;
    pool.store()
}

fn apply(pool: &mut OperatorPool, args: Args) -> ProgramResult {
    announce(&mut pool.new_reward_commission_rate_bps, args.new_reward_commission_rate_bps)?;
    announce(&mut pool.new_usdc_commission_rate_bps, args.new_usdc_commission_rate_bps)?;
    pool.allow_delegation = args.allow_delegation.unwrap_or(pool.allow_delegation);
    pool.auto_stake_fees = args.auto_stake_fees.unwrap_or(pool.auto_stake_fees);
    if let Some(name) = args.name {
        pool.name = name;
    }
    // A text can be replaced, but not taken back.
    pool.description = args.description.or(pool.description.take());
    pool.website_url = args.website_url.or(pool.website_url.take());
    pool.avatar_image_url = args.avatar_image_url.or(pool.avatar_image_url.take());
    if let Some(keys) = args.operator_auth_keys {
        check_auth_keys(&keys)?;
        pool.operator_auth_keys = keys;
    }
    check_profile(pool)
}

fn announce(pending: &mut Option<u16>, setting: Option<NewCommissionRateSetting>) -> ProgramResult {
    if let Some(NewCommissionRateSetting { rate_bps }) = setting {
        require(rate_bps.is_none_or(|rate| rate <= MAX_COMMISSION_BPS), &fault::INVALID_COMMISSION_RATE)?;
        *pending = rate_bps;
    }
    Ok(())
}
