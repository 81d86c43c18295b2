//! One file per instruction. Each loads its accounts in declared order, checks, acts, stores, and emits its event.

pub mod answer_challenge;
pub mod attest;
pub mod claim_incentive;
pub mod claim_verifier_fees;
pub mod clear_attestation;
pub mod close_offer;
pub mod commit_attestation;
pub mod commit_incentives;
pub mod commit_reputation_root;
pub mod confirm_delivery;
pub mod create_order;
pub mod deposit_credits;
pub mod draw_challenge;
pub mod end_session;
pub mod expire_lease;
pub mod extend_order;
pub mod fund_incentives;
pub mod heartbeat;
pub mod initialize_books;
pub mod initialize_marketplace;
pub mod judge_challenge;
pub mod list_offer;
pub mod open_challenge;
pub mod open_dispute;
pub mod pause_orders;
pub mod post_bond;
pub mod prove_reputation;
pub mod reclaim_deposit;
pub mod refund_order;
pub mod register_provider;
pub mod register_verifier;
pub mod request_bond_withdrawal;
pub mod request_credit_withdrawal;
pub mod request_verifier_withdrawal;
pub mod resolve_challenge;
pub mod resolve_dispute;
pub mod set_authorities;
pub mod set_model;
pub mod set_parameters;
pub mod set_provider_status;
pub mod settle_usage;
pub mod settle_workload;
pub mod slash_provider;
pub mod start_delivery;
pub mod submit_benchmark;
pub mod update_offer;
pub mod withdraw_bond;
pub mod withdraw_credits;
pub mod withdraw_verifier_bond;

use pinocchio::Address;
use plumbline_shared::account::Accounts;

/// What an instruction is called with: the program's own address, and the accounts.
pub type Context<'a> = (&'a Address, Accounts<'a>);
