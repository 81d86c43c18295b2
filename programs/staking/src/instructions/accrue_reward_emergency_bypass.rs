//! Skip an epoch that a pool was left out of, so that its stake can move again. Its amounts are given up. No event.
//!
//! A pool that is closing needs it as much as an open one, and there the reward authority may call it too: the pool's
//! admin may be gone, or its pool halted, and delegators wait for nobody else.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
};

use crate::{
    fault, seeds,
    seeds::{check_overview, check_pool},
    state::{OperatorPool, PoolOverview, RewardRecord},
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;
    let current = accounts.load::<RewardRecord>("current_pool_reward_record")?;
    let next = accounts.load::<RewardRecord>("next_pool_reward_record")?;

    check_overview(&overview, program_id)?;
    check_pool(&pool, program_id)?;
    pool.slot.require_writable()?;
    check_authority(&admin, &overview, &pool)?;
    pool.slot.require(!pool.is_final(), &fault::CLOSED_POOL)?;
    let epoch = add(pool.reward_last_claimed_epoch, 1);
    check_record(&current, epoch, program_id)?;
    check_record(&next, add(epoch, 1), program_id)?;

    let is_behind = overview.completed_reward_epoch > pool.reward_last_claimed_epoch;
    require(is_behind, &fault::INVALID_EMERGENCY_BYPASS_EPOCH)?;
    pool.reward_last_claimed_epoch = epoch;
    pool.store()
}

/// The pool's admin (2001), whom a halt stops (6010); in a closing pool a reward authority, whom it does not.
fn check_authority(signer: &Slot, overview: &PoolOverview, pool: &Loaded<OperatorPool>) -> ProgramResult {
    let is_reward_authority = overview.reward_distribution_authorities.contains(signer.key());
    if pool.closed_at_epoch.is_some() && is_reward_authority {
        return Ok(());
    }
    pool.slot.require(pool.admin == *signer.key(), &CONSTRAINT_HAS_ONE)?;
    pool.slot.require(pool.halted_at_timestamp.is_none(), &fault::OPERATOR_POOL_HALTED)
}

fn check_record(record: &Loaded<RewardRecord>, epoch: u64, program_id: &Address) -> ProgramResult {
    let record_seeds: [&[u8]; 2] = [seeds::REWARD_RECORD, &record.epoch.to_le_bytes()];
    record.slot.require_seeds(&record_seeds, program_id)?;
    record.slot.require(record.epoch == epoch, &fault::INVALID_EMERGENCY_BYPASS_EPOCH)
}
