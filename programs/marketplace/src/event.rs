//! Events, in the field order of `idl.json`. Together they are enough to rebuild every account.

use borsh::BorshSerialize;
use pinocchio::Address;
use plumbline_shared::{
    discriminator::{self, event},
    event::Event,
};

use crate::state::{GpuModel, TIERS};

#[derive(BorshSerialize)]
pub struct MarketplaceInitialized<'a> {
    pub admin: Address,
    pub arbiter: Address,
    pub halt_authority: Address,
    pub infer_mint: Address,
    pub usdc_mint: Address,
    pub staking_program: Address,
    pub platform_fee_bps: u16,
    pub fee_treasury_bps: u16,
    pub fee_burn_bps: u16,
    pub fee_verifier_bps: u16,
    pub bond_ratio_bps: u16,
    pub challenge_window_seconds: u32,
    pub start_deadline_seconds: u32,
    pub tier_minimum_bonds: [u64; TIERS],
    pub models: &'a [GpuModel],
    pub bond_infer_per_usdc: u64,
    pub confirm_window_seconds: u32,
    pub staking_usdc_vault: Address,
    pub infer_treasury: Address,
    pub usdc_treasury: Address,
}

#[derive(BorshSerialize)]
pub struct ProviderRegistered {
    pub provider: Address,
    pub owner: Address,
    pub payout: Address,
    pub operator_pool: Address,
    pub tier: u8,
    pub region: u16,
    pub jurisdiction: [u8; 2],
    pub registered_at: i64,
}

#[derive(BorshSerialize)]
pub struct BondPosted {
    pub provider: Address,
    pub owner: Address,
    pub amount: u64,
    pub bond_total: u64,
}

#[derive(BorshSerialize)]
pub struct OfferListed {
    pub offer: Address,
    pub provider: Address,
    pub owner: Address,
    pub offer_id: u64,
    pub model: u8,
    pub units: u32,
    pub region: u16,
    pub min_seconds: u32,
    pub max_seconds: u32,
    pub price_per_gpu_hour: u64,
    pub mint: Address,
    pub listed_at: i64,
}

#[derive(BorshSerialize)]
pub struct OrderCreated {
    pub order: Address,
    pub offer: Address,
    pub provider: Address,
    pub operator_pool: Address,
    pub buyer: Address,
    pub order_id: u64,
    pub model: u8,
    pub units: u32,
    pub seconds: u32,
    pub price_per_gpu_hour: u64,
    pub mint: Address,
    pub amount: u64,
    pub bond_locked: u64,
    pub ssh_key_hash: [u8; 32],
    pub created_at: i64,
    pub start_deadline: i64,
}

#[derive(BorshSerialize)]
pub struct DeliveryStarted {
    pub order: Address,
    pub provider: Address,
    pub buyer: Address,
    pub endpoint_hash: [u8; 32],
    pub started_at: i64,
    pub delivery_deadline: i64,
}

#[derive(BorshSerialize)]
pub struct OrderSettled {
    pub order: Address,
    pub provider: Address,
    pub operator_pool: Address,
    pub buyer: Address,
    pub model: u8,
    pub mint: Address,
    pub gpu_seconds: u64,
    pub amount: u64,
    pub provider_amount: u64,
    pub fee: u64,
    pub fee_treasury: u64,
    pub fee_burn: u64,
    pub fee_verifier: u64,
    pub paid_to: Address,
    pub paid_to_staking_vault: bool,
    pub settled_at: i64,
    pub challenge_ends_at: i64,
    pub bond_locked: u64,
    pub bond_release_at: i64,
    pub surplus: u64,
    pub confirmed_by: Address,
}

#[derive(BorshSerialize)]
pub struct OrderRefunded {
    pub order: Address,
    pub provider: Address,
    pub operator_pool: Address,
    pub buyer: Address,
    pub mint: Address,
    pub amount: u64,
    pub reason: u8,
    pub refunded_at: i64,
    pub bond_locked: u64,
    pub bond_release_at: i64,
    pub surplus: u64,
    pub refunded_to: Address,
}

macro_rules! events {
    ($($event:ty = $name:literal,)*) => {
        $(impl Event for $event {
            const DISCRIMINATOR: [u8; discriminator::LEN] = event($name);
        })*
    };
}

events! {
    MarketplaceInitialized<'_> = "MarketplaceInitialized",
    ProviderRegistered = "ProviderRegistered",
    BondPosted = "BondPosted",
    OfferListed = "OfferListed",
    OrderCreated = "OrderCreated",
    DeliveryStarted = "DeliveryStarted",
    OrderSettled = "OrderSettled",
    OrderRefunded = "OrderRefunded",
}
