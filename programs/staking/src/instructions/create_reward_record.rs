//! Commit the Merkle roots and totals of the next epoch. No event.
//!
//! The totals must be funded together with everything earlier epochs still owe.

use alloc::vec::Vec;
use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::{Accounts, Loaded},
    create::create_state,
    entry::read_args,
    fault::{REQUIRE_EQ_VIOLATED, require},
    math::add,
    runtime::unix_timestamp,
};

use crate::{
    constants::{ACCOUNT_VERSION, REWARD_RECORD_SPACE},
    emission::emission,
    fault, seeds,
    seeds::check_overview,
    state::{PoolOverview, RewardRecord},
};

#[derive(BorshDeserialize)]
struct Args {
    merkle_roots: Vec<[u8; 32]>,
    total_rewards: u64,
    total_usdc_payout: u64,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let payer = accounts.signer("payer")?;
    let authority = accounts.signer("authority")?;
    let mut overview = accounts.load::<PoolOverview>("pool_overview")?;
    let record = accounts.any("reward_record")?;
    let reward_vault = accounts.token_account("reward_token_account")?;
    let usdc_vault = accounts.token_account("usdc_token_account")?;
    accounts.system_program("system_program")?;

    let epoch = add(overview.completed_reward_epoch, 1);
    let record_seeds: [&[u8]; 2] = [seeds::REWARD_RECORD, &epoch.to_le_bytes()];
    create_state(&record, REWARD_RECORD_SPACE, &record_seeds, &payer, program_id)?;

    payer.require_writable()?;
    check_overview(&overview, program_id)?;
    overview.slot.require_writable()?;
    let is_authority = overview.reward_distribution_authorities.contains(authority.key());
    overview.slot.require(is_authority, &fault::INVALID_REWARD_DISTRIBUTION_AUTHORITY)?;
    overview.slot.require(overview.is_epoch_finalizing, &fault::EPOCH_MUST_BE_FINALIZING)?;
    reward_vault.slot.require_seeds(&[seeds::GLOBAL_REWARD_VAULT], program_id)?;
    usdc_vault.slot.require_seeds(&[seeds::GLOBAL_USDC_VAULT], program_id)?;

    check_totals(&args, epoch)?;
    overview.unclaimed_rewards = add(overview.unclaimed_rewards, args.total_rewards);
    overview.unclaimed_usdc = add(overview.unclaimed_usdc, args.total_usdc_payout);
    overview.completed_reward_epoch = epoch;
    overview.is_epoch_finalizing = false;
    require(reward_vault.amount >= overview.unclaimed_rewards, &fault::INSUFFICIENT_REWARDS)?;
    require(usdc_vault.amount >= overview.unclaimed_usdc, &fault::INSUFFICIENT_USDC)?;

    overview.store()?;
    let state = RewardRecord {
        version: ACCOUNT_VERSION,
        epoch,
        merkle_roots: args.merkle_roots,
        total_rewards: args.total_rewards,
        total_usdc_payout: args.total_usdc_payout,
        epoch_finalized_at: unix_timestamp()?,
    };
    Loaded::new(record, state).store()
}

/// Without roots nothing may be issued; with roots exactly the epoch's emission, and any amount of USDC.
fn check_totals(args: &Args, epoch: u64) -> ProgramResult {
    if args.merkle_roots.is_empty() {
        require(args.total_rewards == 0, &REQUIRE_EQ_VIOLATED)?;
        return require(args.total_usdc_payout == 0, &REQUIRE_EQ_VIOLATED);
    }
    require(args.total_rewards == emission(epoch), &fault::INVALID_REWARD_AMOUNT)
}
