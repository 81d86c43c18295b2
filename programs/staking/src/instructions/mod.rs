//! One file per instruction. Each loads, creates, checks, acts, stores, in this order.

pub mod accrue_reward;
pub mod accrue_reward_emergency_bypass;
pub mod cancel_unstake;
pub mod change_operator_admin;
pub mod change_operator_staking_record;
pub mod claim_unstake;
pub mod claim_usdc_earnings;
pub mod close_operator_pool;
pub mod close_staking_record;
pub mod create_operator_pool;
pub mod create_pool_overview;
pub mod create_reward_record;
pub mod create_staking_record;
pub mod mark_epoch_as_finalizing;
pub mod set_halt_status;
pub mod slash_stake;
pub mod stake;
pub mod sweep_closed_pool_usdc_dust;
pub mod unstake;
pub mod update_operator_pool;
pub mod update_pool_overview;
pub mod update_pool_overview_authorities;
pub mod withdraw_operator_reward_commission;
pub mod withdraw_operator_usdc_commission;
