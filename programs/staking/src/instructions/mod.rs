//! One file per instruction. Each loads, creates, checks, acts, stores, in this order.

pub mod accrue_reward;
pub mod create_operator_pool;
pub mod create_pool_overview;
pub mod create_reward_record;
pub mod create_staking_record;
pub mod mark_epoch_as_finalizing;
pub mod stake;
pub mod update_pool_overview;
pub mod update_pool_overview_authorities;
