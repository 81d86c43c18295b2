//! Seeds of the program's addresses, and the checks of accounts by them.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::Authority,
    fault::CONSTRAINT_HAS_ONE,
    token::{TokenAccount, transfer_signed},
};

use crate::state::{OperatorPool, PoolOverview, StakingRecord};

pub const POOL_OVERVIEW: &[u8] = b"PoolOverview";
pub const OPERATOR_POOL: &[u8] = b"OperatorPool";
pub const STAKING_RECORD: &[u8] = b"StakingRecord";
pub const REWARD_RECORD: &[u8] = b"RewardRecord";
pub const GLOBAL_REWARD_VAULT: &[u8] = b"GlobalTokenRewardVault";
pub const GLOBAL_USDC_VAULT: &[u8] = b"GlobalUsdcEarningsVault";
pub const POOL_STAKED_VAULT: &[u8] = b"PoolStakedTokenVault";
pub const POOL_REWARD_COMMISSION_VAULT: &[u8] = b"PoolRewardCommissionTokenVault";
pub const POOL_USDC_COMMISSION_VAULT: &[u8] = b"PoolUsdcCommissionTokenVault";
pub const POOL_DELEGATOR_USDC_VAULT: &[u8] = b"PoolDelegatorUsdcEarningsVault";

/// Must stand at the overview's address, by its stored bump: 2006.
pub fn check_overview(overview: &Loaded<PoolOverview>, program_id: &Address) -> ProgramResult {
    overview.slot.require_seeds_with_bump(&[POOL_OVERVIEW], overview.bump, program_id)
}

/// Must stand at the address of its first admin, by its stored bump: 2006.
pub fn check_pool(pool: &Loaded<OperatorPool>, program_id: &Address) -> ProgramResult {
    let seeds = [OPERATOR_POOL, pool.initial_pool_admin.as_ref()];
    pool.slot.require_seeds_with_bump(&seeds, pool.bump, program_id)
}

/// Must be the record of `owner` in `pool`: 2006, writable 2000, and say so itself: 2001.
pub fn check_record(
    record: &Loaded<StakingRecord>,
    pool: &Loaded<OperatorPool>,
    owner: &Address,
    program_id: &Address,
) -> ProgramResult {
    let seeds = [STAKING_RECORD, pool.key().as_ref(), owner.as_ref()];
    record.slot.require_seeds(&seeds, program_id)?;
    check_named_record(record, pool, owner)
}

/// As `check_record` for a record that is trusted by what it says: 2000, 2001.
pub fn check_named_record(
    record: &Loaded<StakingRecord>,
    pool: &Loaded<OperatorPool>,
    owner: &Address,
) -> ProgramResult {
    record.slot.require_writable()?;
    record.slot.require(record.owner == *owner, &CONSTRAINT_HAS_ONE)?;
    record.slot.require(record.operator_pool == *pool.key(), &CONSTRAINT_HAS_ONE)
}

/// Must be the writable (2000) vault of `pool` that `seed` names: 2006.
pub fn check_vault(vault: &TokenAccount, seed: &[u8], pool: &Address, program_id: &Address) -> ProgramResult {
    vault.slot.require_seeds(&[seed, pool.as_ref()], program_id)?;
    vault.slot.require_writable()
}

/// Act with what lets the program sign for the pool.
pub fn sign_for_pool<R>(pool: &Loaded<OperatorPool>, act: impl FnOnce(Authority) -> R) -> R {
    let seeds = [OPERATOR_POOL, pool.initial_pool_admin.as_ref()];
    act(Authority { seeds: &seeds, bump: pool.bump })
}

/// Move `amount` out of a vault of the pool. Zero is really issued.
pub fn pay_from_pool(vault: &TokenAccount, target: &Slot, pool: &Loaded<OperatorPool>, amount: u64) -> ProgramResult {
    sign_for_pool(pool, |authority| transfer_signed(&vault.slot, target, &pool.slot, amount, authority))
}
