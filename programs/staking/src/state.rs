//! The four account types, fields in the order they are stored.

use alloc::{string::String, vec::Vec};
use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::{Address, ProgramResult};
use plumbline_shared::{account::State, discriminator, fault::require, math::add};

use crate::fault;

/// Settings and running totals of the whole program; one account.
#[derive(Default, BorshSerialize, BorshDeserialize)]
pub struct PoolOverview {
    pub mint: Address,
    pub bump: u8,
    pub program_admin: Address,
    pub reward_distribution_authorities: Vec<Address>,
    pub halt_authorities: Vec<Address>,
    pub slashing_authorities: Vec<Address>,
    pub slashing_destination_usdc_account: Address,
    pub slashing_destination_token_account: Address,
    pub slashing_delay_seconds: u64,
    pub is_epoch_finalizing: bool,
    pub is_staking_halted: bool,
    pub is_withdrawal_halted: bool,
    pub is_accrue_reward_halted: bool,
    pub allow_pool_creation: bool,
    pub operator_pool_registration_fee: u64,
    pub registration_fee_payout_wallet: Address,
    pub min_operator_token_stake: u64,
    pub delegator_unstake_delay_seconds: u64,
    pub operator_unstake_delay_seconds: u64,
    pub total_pools: u64,
    pub completed_reward_epoch: u64,
    pub unclaimed_rewards: u64,
    pub unclaimed_usdc: u64,
}

impl State for PoolOverview {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::account("PoolOverview");
    const CAPACITY: usize = 768;
}

impl PoolOverview {
    /// Epoch a pool joins or leaves in: the one being finalized, otherwise the last completed one.
    pub fn current_epoch(&self) -> u64 {
        add(self.completed_reward_epoch, u64::from(self.is_epoch_finalizing))
    }
}

/// A pool of stake behind one operator.
#[derive(Default, BorshSerialize, BorshDeserialize)]
pub struct OperatorPool {
    pub version: u8,
    pub bump: u8,
    pub initial_pool_admin: Address,
    pub admin: Address,
    pub name: String,
    pub description: Option<String>,
    pub website_url: Option<String>,
    pub avatar_image_url: Option<String>,
    pub operator_staking_record: Address,
    pub operator_auth_keys: Vec<Address>,
    pub auto_stake_fees: bool,
    pub reward_commission_rate_bps: u16,
    pub new_reward_commission_rate_bps: Option<u16>,
    pub usdc_commission_rate_bps: u16,
    pub new_usdc_commission_rate_bps: Option<u16>,
    pub allow_delegation: bool,
    pub total_staked_amount: u64,
    pub total_shares: u64,
    pub total_unstaking: u64,
    pub joined_at_epoch: u64,
    pub closed_at_epoch: Option<u64>,
    pub halted_at_timestamp: Option<i64>,
    pub reward_last_claimed_epoch: u64,
    pub accrued_rewards: u64,
    pub accrued_reward_commission: u64,
    pub accrued_usdc_commission: u64,
    pub accrued_delegator_usdc: u64,
    pub cumulative_usdc_per_share: u128,
}

impl State for OperatorPool {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::account("OperatorPool");
    const CAPACITY: usize = 896;
}

impl OperatorPool {
    /// Closed, and every epoch up to the closing one is accrued or bypassed.
    pub fn is_final(&self) -> bool {
        self.closed_at_epoch.is_some_and(|closed_at| self.reward_last_claimed_epoch >= closed_at)
    }

    /// All epochs that the pool takes part in are accrued and paid: 6002. A closed pool takes part up to its closing epoch.
    pub fn require_caught_up(&self, completed_epoch: u64) -> ProgramResult {
        let is_final_and_paid = self.is_final() && !self.has_unpaid();
        require(completed_epoch <= self.reward_last_claimed_epoch || is_final_and_paid, &fault::UNCLAIMED_REWARDS)
    }

    /// Something waits for a payout: amounts accrued, or stake that no share owns.
    pub fn has_unpaid(&self) -> bool {
        !self.has_nothing_accrued() || (self.total_shares == 0 && self.total_staked_amount > 0)
    }

    /// Nobody holds or awaits tokens of the pool.
    pub fn is_empty(&self) -> bool {
        self.total_shares == 0 && self.total_staked_amount == 0 && self.total_unstaking == 0
    }

    /// Nothing accrued waits to be paid out.
    pub fn has_nothing_accrued(&self) -> bool {
        self.accrued_rewards == 0
            && self.accrued_reward_commission == 0
            && self.accrued_usdc_commission == 0
            && self.accrued_delegator_usdc == 0
    }

    /// Rates announced since the last payout come into force.
    pub fn apply_pending_rates(&mut self) {
        if let Some(rate_bps) = self.new_usdc_commission_rate_bps.take() {
            self.usdc_commission_rate_bps = rate_bps;
        }
        if let Some(rate_bps) = self.new_reward_commission_rate_bps.take() {
            self.reward_commission_rate_bps = rate_bps;
        }
    }

    /// Nothing is left to pay out.
    pub fn clear_accrued(&mut self) {
        self.accrued_rewards = 0;
        self.accrued_reward_commission = 0;
        self.accrued_usdc_commission = 0;
        self.accrued_delegator_usdc = 0;
    }
}

/// The committed Merkle roots and totals of one reward epoch.
#[derive(BorshSerialize, BorshDeserialize)]
pub struct RewardRecord {
    pub version: u8,
    pub epoch: u64,
    pub merkle_roots: Vec<[u8; 32]>,
    pub total_rewards: u64,
    pub total_usdc_payout: u64,
    pub epoch_finalized_at: i64,
}

impl State for RewardRecord {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::account("RewardRecord");
}

/// One owner's shares in one pool.
#[derive(Default, BorshSerialize, BorshDeserialize)]
pub struct StakingRecord {
    pub version: u8,
    pub owner: Address,
    pub operator_pool: Address,
    pub shares: u64,
    pub unstake_at_timestamp: i64,
    pub tokens_unstake_amount: u64,
    pub last_settled_usdc_per_share: u128,
    pub accrued_usdc_earnings: u64,
}

impl State for StakingRecord {
    const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::account("StakingRecord");
    const CAPACITY: usize = 128;
}
