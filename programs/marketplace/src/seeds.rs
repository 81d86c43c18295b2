//! Seeds of the accounts of metered workloads, proof of compute, reputation and incentives.

pub const DEPOSIT_SEED: &[u8] = b"Deposit";
pub const DEPOSIT_VAULT_SEED: &[u8] = b"DepositVault";
pub const WORKLOAD_SEED: &[u8] = b"Workload";
pub const VERIFIER_SET_SEED: &[u8] = b"VerifierSet";
pub const VERIFIER_SEED: &[u8] = b"Verifier";
pub const VERIFIER_BOND_VAULT_SEED: &[u8] = b"VerifierBondVault";
pub const ATTESTATION_SEED: &[u8] = b"Attestation";
pub const CHALLENGE_SEED: &[u8] = b"Challenge";
pub const CHALLENGE_VAULT_SEED: &[u8] = b"ChallengeVault";
pub const SLASH_RECORD_SEED: &[u8] = b"SlashRecord";
pub const EPOCH_BOOK_SEED: &[u8] = b"EpochBook";
pub const INCENTIVE_VAULT_SEED: &[u8] = b"IncentiveVault";
pub const INCENTIVE_EPOCH_SEED: &[u8] = b"IncentiveEpoch";
pub const INCENTIVE_CLAIM_SEED: &[u8] = b"IncentiveClaim";
