//! Seeds of the program's addresses, and the version its accounts are written with.

use pinocchio::Address;

pub const VERSION: u8 = 1;

/// Owner of every address where no program has made an account.
pub const SYSTEM_PROGRAM: Address = Address::new_from_array([0; 32]);

pub const GOVERNANCE_SEED: &[u8] = b"Governance";
pub const PARAMETERS_SEED: &[u8] = b"Parameters";
/// The address that the governed programs know, and that holds the treasury.
pub const AUTHORITY_SEED: &[u8] = b"GovernanceAuthority";
pub const STAKE_VAULT_SEED: &[u8] = b"StakeVault";
pub const TREASURY_VAULT_SEED: &[u8] = b"TreasuryVault";
pub const STAKER_SEED: &[u8] = b"Staker";
pub const PROPOSAL_SEED: &[u8] = b"Proposal";
pub const SIGNAL_SEED: &[u8] = b"SignalRecord";
pub const VOTE_SEED: &[u8] = b"VoteRecord";
