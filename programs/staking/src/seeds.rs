//! Seeds of the program's addresses, and the checks of the two accounts that store their bump.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::account::Loaded;

use crate::state::{OperatorPool, PoolOverview};

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
