//! Constants of the mainnet build.

use pinocchio::Address;
use solana_address::address;

pub const USDC_MINT: Address = address!("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");
pub const MIN_SLASHING_DELAY_SECONDS: u64 = 86_400;
/// Scale of `cumulative_usdc_per_share`.
pub const USDC_PRECISION_FACTOR: u128 = 1_000_000_000_000_000_000;
/// Below this number of shares, rounding could take more than a hundredth of what is paid for them.
pub const FEW_SHARES: u64 = 100;
/// 100 %.
pub const MAX_COMMISSION_BPS: u16 = 10_000;
pub const MAX_AUTHORITIES: usize = 5;
pub const MAX_OPERATOR_AUTH_KEYS: usize = 5;
pub const MAX_NAME_LEN: usize = 64;
pub const MAX_DESCRIPTION_LEN: usize = 200;
pub const MAX_WEBSITE_URL_LEN: usize = 64;
pub const MAX_AVATAR_IMAGE_URL_LEN: usize = 128;

pub const POOL_OVERVIEW_SPACE: usize = 1762;
pub const OPERATOR_POOL_SPACE: usize = 1375;
pub const REWARD_RECORD_SPACE: usize = 461;
pub const STAKING_RECORD_SPACE: usize = 377;
/// The operator's first record, made with the pool, has no room to grow.
pub const FIRST_STAKING_RECORD_SPACE: usize = 121;

/// Version written to pools, reward records and all staking records but an operator's first, which keeps 0.
pub const ACCOUNT_VERSION: u8 = 1;
