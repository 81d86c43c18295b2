//! Account types. Layouts are those of `idl.json`; sizes leave room for fields of later versions.

use alloc::{string::String, vec::Vec};
use borsh::{BorshDeserialize, BorshSerialize};
use pinocchio::Address;
use plumbline_shared::{
    account::State,
    discriminator::{self, account},
};

pub const VERSION: u8 = 1;

/// Most models in the catalogue: 32 of at most 42 bytes fit `MARKETPLACE_SPACE`.
pub const MAX_MODELS: usize = 32;
pub const MAX_MODEL_NAME_BYTES: usize = 32;
pub const TIERS: usize = 3;
/// Places for bond that waits for the end of a challenge window.
pub const RELEASE_PLACES: usize = 16;

pub const MARKETPLACE_SPACE: usize = 2304;
pub const PROVIDER_SPACE: usize = 640;
pub const OFFER_SPACE: usize = 256;
pub const BUYER_SPACE: usize = 128;
pub const ORDER_SPACE: usize = 512;

pub const MARKETPLACE_SEED: &[u8] = b"Marketplace";
pub const PROVIDER_SEED: &[u8] = b"Provider";
pub const BOND_VAULT_SEED: &[u8] = b"BondVault";
pub const OFFER_SEED: &[u8] = b"Offer";
pub const BUYER_SEED: &[u8] = b"Buyer";
pub const ORDER_SEED: &[u8] = b"Order";
pub const ORDER_VAULT_SEED: &[u8] = b"OrderVault";
pub const VERIFIER_VAULT_SEED: &[u8] = b"VerifierVault";

/// A model of the catalogue. Its index in the catalogue is its number.
#[derive(BorshSerialize, BorshDeserialize)]
pub struct GpuModel {
    pub name: String,
    pub vram_gb: u16,
    pub weight: u32,
}

/// The marketplace without its catalogue, which most instructions need not decode.
#[derive(BorshSerialize, BorshDeserialize)]
pub struct Settings {
    pub version: u8,
    pub bump: u8,
    pub admin: Address,
    pub arbiter: Address,
    pub halt_authority: Address,
    pub infer_mint: Address,
    pub usdc_mint: Address,
    pub staking_program: Address,
    pub staking_usdc_vault: Address,
    pub infer_treasury: Address,
    pub usdc_treasury: Address,
    pub infer_verifier_vault: Address,
    pub usdc_verifier_vault: Address,
    pub platform_fee_bps: u16,
    pub fee_treasury_bps: u16,
    pub fee_burn_bps: u16,
    pub fee_verifier_bps: u16,
    pub bond_ratio_bps: u16,
    pub challenge_window_seconds: u32,
    pub start_deadline_seconds: u32,
    /// INFER base units of bond that stand for one whole USDC of order value.
    pub bond_infer_per_usdc: u64,
    pub confirm_window_seconds: u32,
    pub tier_minimum_bonds: [u64; TIERS],
}

impl Settings {
    /// Smallest bond of a tier. `register_provider` lets only tiers 1 to 3 in.
    pub fn tier_minimum_bond(&self, tier: u8) -> u64 {
        self.tier_minimum_bonds[usize::from(tier).saturating_sub(1)]
    }
}

#[derive(BorshSerialize, BorshDeserialize)]
pub struct Marketplace {
    pub settings: Settings,
    pub models: Vec<GpuModel>,
}

/// Bond that stays locked until a time. Amount 0 marks a free place.
#[derive(BorshSerialize, BorshDeserialize, Clone, Copy, Default)]
pub struct BondRelease {
    pub release_at: i64,
    pub amount: u64,
}

#[derive(BorshSerialize, BorshDeserialize)]
pub struct Provider {
    pub version: u8,
    pub bump: u8,
    pub bond_vault_bump: u8,
    pub owner: Address,
    pub payout: Address,
    pub operator_pool: Address,
    pub tier: u8,
    pub region: u16,
    pub jurisdiction: [u8; 2],
    pub registered_at: i64,
    pub bond_total: u64,
    pub bond_open: u64,
    pub bond_releases: [BondRelease; RELEASE_PLACES],
    pub offer_count: u64,
    pub open_order_count: u32,
}

#[derive(BorshSerialize, BorshDeserialize)]
pub struct Offer {
    pub version: u8,
    pub bump: u8,
    pub provider: Address,
    pub offer_id: u64,
    pub model: u8,
    pub units: u32,
    pub units_free: u32,
    pub region: u16,
    pub min_seconds: u32,
    pub max_seconds: u32,
    pub price_per_gpu_hour: u64,
    pub mint: Address,
    pub listed_at: i64,
}

#[derive(BorshSerialize, BorshDeserialize)]
pub struct Buyer {
    pub version: u8,
    pub bump: u8,
    pub buyer: Address,
    pub order_count: u64,
}

pub const ORDER_CREATED: u8 = 0;
pub const ORDER_STARTED: u8 = 1;
pub const ORDER_SETTLED: u8 = 2;
pub const ORDER_REFUNDED: u8 = 3;

#[derive(BorshSerialize, BorshDeserialize)]
pub struct Order {
    pub version: u8,
    pub bump: u8,
    pub vault_bump: u8,
    pub order_id: u64,
    pub buyer: Address,
    pub provider: Address,
    pub offer: Address,
    pub operator_pool: Address,
    pub mint: Address,
    pub model: u8,
    pub units: u32,
    pub seconds: u32,
    pub price_per_gpu_hour: u64,
    pub amount: u64,
    pub bond_locked: u64,
    pub ssh_key_hash: [u8; 32],
    pub endpoint_hash: [u8; 32],
    pub status: u8,
    pub created_at: i64,
    pub start_deadline: i64,
    pub started_at: i64,
    pub delivery_deadline: i64,
    pub ended_at: i64,
    pub challenge_ends_at: i64,
}

macro_rules! states {
    ($($state:ident = $name:literal, $capacity:expr;)*) => {
        $(impl State for $state {
            const DISCRIMINATOR: [u8; discriminator::LEN] = account($name);
            const CAPACITY: usize = $capacity;
        })*
    };
}

states! {
    Marketplace = "Marketplace", MARKETPLACE_SPACE;
    Settings = "Marketplace", 512;
    Provider = "Provider", PROVIDER_SPACE;
    Offer = "Offer", OFFER_SPACE;
    Buyer = "Buyer", BUYER_SPACE;
    Order = "Order", ORDER_SPACE;
}
