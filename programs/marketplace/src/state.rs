//! Seeds, statuses and limits of the accounts whose layouts `idl.json` gives.

use plumbline_shared::{account::State, discriminator};

pub use crate::interface::{accounts::*, types::*};

pub const VERSION: u8 = 1;

/// Most models in the catalogue: 32 of at most 47 bytes fit `MARKETPLACE_SPACE` behind the settings.
pub const MAX_MODELS: usize = 32;
pub const MAX_MODEL_NAME_BYTES: usize = 32;
pub const TIERS: usize = 3;
/// Places for bond that waits for the end of a challenge window, and for attested seconds that wait for theirs.
pub const RELEASE_PLACES: usize = 16;

pub const MARKETPLACE_SEED: &[u8] = b"Marketplace";
pub const PROVIDER_SEED: &[u8] = b"Provider";
pub const BOND_VAULT_SEED: &[u8] = b"BondVault";
pub const BENCHMARK_SEED: &[u8] = b"Benchmark";
pub const OFFER_SEED: &[u8] = b"Offer";
pub const BUYER_SEED: &[u8] = b"Buyer";
pub const ORDER_SEED: &[u8] = b"Order";
pub const ORDER_VAULT_SEED: &[u8] = b"OrderVault";
pub const DISPUTE_VAULT_SEED: &[u8] = b"DisputeVault";
pub const VERIFIER_VAULT_SEED: &[u8] = b"VerifierVault";

pub const PROVIDER_ACTIVE: u8 = 0;
pub const PROVIDER_VERIFIED: u8 = 1;
pub const PROVIDER_DEGRADED: u8 = 2;
pub const PROVIDER_SUSPENDED: u8 = 3;
pub const PROVIDER_BANNED: u8 = 4;

pub const PRICING_FIXED: u8 = 0;
pub const PRICING_INDEX: u8 = 1;

pub const ORDER_CREATED: u8 = 0;
pub const ORDER_STARTED: u8 = 1;
pub const ORDER_SETTLED: u8 = 2;
pub const ORDER_REFUNDED: u8 = 3;
pub const ORDER_DISPUTED: u8 = 4;

pub const LEASE_RAN_OUT: u8 = 0;
pub const LEASE_NOT_ATTESTED: u8 = 1;
pub const LEASE_ENDED_BY_BUYER: u8 = 2;
pub const LEASE_ENDED_BY_PROVIDER: u8 = 3;
pub const LEASE_DISPUTED: u8 = 4;

pub const REFUND_NEVER_STARTED: u8 = 0;
pub const REFUND_DEADLINE_PASSED: u8 = 1;
pub const REFUND_NOBODY_RULED: u8 = 2;
pub const REFUND_RULED: u8 = 3;
pub const REFUND_UNUSED: u8 = 4;

/// The account without its catalogue: what stands behind the settings is neither read nor written.
impl State for Settings {
    const DISCRIMINATOR: [u8; discriminator::LEN] = Marketplace::DISCRIMINATOR;
}

impl Settings {
    /// Smallest bond of a tier. `register_provider` lets only tiers 1 to 3 in.
    pub fn tier_minimum_bond(&self, tier: u8) -> u64 {
        self.tier_minimum_bonds[usize::from(tier).saturating_sub(1)]
    }
}
