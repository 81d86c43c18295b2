//! Events, fields in the order they are written.

use borsh::BorshSerialize;
use pinocchio::Address;
use plumbline_shared::{discriminator, event::Event};

#[derive(BorshSerialize)]
pub struct StakeEvent {
    pub instruction_index: u16,
    pub operator_pool: Address,
    pub epoch: u64,
    pub staking_record: Address,
    pub owner: Address,
    pub is_operator: bool,
    pub token_amount: u64,
    pub shares_amount: u64,
}

impl Event for StakeEvent {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::event("StakeEvent");
}

#[derive(BorshSerialize)]
pub struct OperatorAutoStakeEvent {
    pub instruction_index: u16,
    pub operator_pool: Address,
    pub epoch: u64,
    pub staking_record: Address,
    pub owner: Address,
    pub is_operator: bool,
    pub token_amount: u64,
    pub shares_amount: u64,
}

impl Event for OperatorAutoStakeEvent {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::event("OperatorAutoStakeEvent");
}

#[derive(BorshSerialize)]
pub struct AccrueRewardEvent {
    pub instruction_index: u16,
    pub operator_pool: Address,
    /// The epoch accrued, unlike in the other events.
    pub epoch: u64,
    pub total_rewards_transferred: u64,
    pub total_usdc_transferred: u64,
    pub delegator_rewards: u64,
    pub operator_reward_commission: u64,
    pub delegator_usdc_earnings: u64,
    pub operator_usdc_commission: u64,
}

impl Event for AccrueRewardEvent {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::event("AccrueRewardEvent");
}
