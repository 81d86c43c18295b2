//! Providers, bonds, offers and orders, prepaid and per second: the interface of `idl.json`, one file per instruction.
//!
//! Every account of this program is created at a program address by this program, so its owner and discriminator prove
//! what it is; what remains to check is that it is the one the other accounts name.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod amount;
mod attestation;
mod bond;
mod challenge;
mod eligibility;
mod governed;
mod instructions;
mod interface;
mod lease;
mod operator_pool;
mod order_end;
mod payout;
mod pricing;
mod purchase;
mod seeds;
mod settlement;
mod slash;
mod slot_hashes;
mod state;
mod vault;
mod workload;

use interface::{events as event, fault as faults, tag};
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::split_tag, fault, runtime::log_line};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

macro_rules! dispatch {
    ($tag:expr, $accounts:expr, $args:expr; $($constant:ident, $line:ident => $module:ident;)*) => {
        $(if *$tag == tag::$constant {
            // A frame has 4 KiB: no two instructions share one.
            #[inline(never)]
            fn run(context: instructions::Context, args: &[u8]) -> ProgramResult {
                instructions::$module::process(context, args)
            }
            log_line(tag::$line);
            return run($accounts, $args);
        })*
    };
}

/// Entry: reads the tag and hands over to the instruction, the frequent ones first.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let accounts = Accounts::new(accounts, program_id);
    dispatch! { tag, (program_id, accounts), args;
        SETTLE_USAGE, SETTLE_USAGE_LINE => settle_usage;
        ATTEST, ATTEST_LINE => attest;
        HEARTBEAT, HEARTBEAT_LINE => heartbeat;
        CREATE_ORDER, CREATE_ORDER_LINE => create_order;
        START_DELIVERY, START_DELIVERY_LINE => start_delivery;
        CONFIRM_DELIVERY, CONFIRM_DELIVERY_LINE => confirm_delivery;
        REFUND_ORDER, REFUND_ORDER_LINE => refund_order;
        EXTEND_ORDER, EXTEND_ORDER_LINE => extend_order;
        END_SESSION, END_SESSION_LINE => end_session;
        EXPIRE_LEASE, EXPIRE_LEASE_LINE => expire_lease;
        LIST_OFFER, LIST_OFFER_LINE => list_offer;
        UPDATE_OFFER, UPDATE_OFFER_LINE => update_offer;
        CLOSE_OFFER, CLOSE_OFFER_LINE => close_offer;
        POST_BOND, POST_BOND_LINE => post_bond;
        REQUEST_BOND_WITHDRAWAL, REQUEST_BOND_WITHDRAWAL_LINE => request_bond_withdrawal;
        WITHDRAW_BOND, WITHDRAW_BOND_LINE => withdraw_bond;
        SUBMIT_BENCHMARK, SUBMIT_BENCHMARK_LINE => submit_benchmark;
        REGISTER_PROVIDER, REGISTER_PROVIDER_LINE => register_provider;
        OPEN_DISPUTE, OPEN_DISPUTE_LINE => open_dispute;
        RESOLVE_DISPUTE, RESOLVE_DISPUTE_LINE => resolve_dispute;
        RECLAIM_DEPOSIT, RECLAIM_DEPOSIT_LINE => reclaim_deposit;
        SET_PROVIDER_STATUS, SET_PROVIDER_STATUS_LINE => set_provider_status;
        SET_PARAMETERS, SET_PARAMETERS_LINE => set_parameters;
        SET_MODEL, SET_MODEL_LINE => set_model;
        PAUSE_ORDERS, PAUSE_ORDERS_LINE => pause_orders;
        SET_AUTHORITIES, SET_AUTHORITIES_LINE => set_authorities;
        SETTLE_WORKLOAD, SETTLE_WORKLOAD_LINE => settle_workload;
        DEPOSIT_CREDITS, DEPOSIT_CREDITS_LINE => deposit_credits;
        REQUEST_CREDIT_WITHDRAWAL, REQUEST_CREDIT_WITHDRAWAL_LINE => request_credit_withdrawal;
        WITHDRAW_CREDITS, WITHDRAW_CREDITS_LINE => withdraw_credits;
        COMMIT_ATTESTATION, COMMIT_ATTESTATION_LINE => commit_attestation;
        DRAW_CHALLENGE, DRAW_CHALLENGE_LINE => draw_challenge;
        CLEAR_ATTESTATION, CLEAR_ATTESTATION_LINE => clear_attestation;
        OPEN_CHALLENGE, OPEN_CHALLENGE_LINE => open_challenge;
        ANSWER_CHALLENGE, ANSWER_CHALLENGE_LINE => answer_challenge;
        JUDGE_CHALLENGE, JUDGE_CHALLENGE_LINE => judge_challenge;
        RESOLVE_CHALLENGE, RESOLVE_CHALLENGE_LINE => resolve_challenge;
        SLASH_PROVIDER, SLASH_PROVIDER_LINE => slash_provider;
        REGISTER_VERIFIER, REGISTER_VERIFIER_LINE => register_verifier;
        REQUEST_VERIFIER_WITHDRAWAL, REQUEST_VERIFIER_WITHDRAWAL_LINE => request_verifier_withdrawal;
        WITHDRAW_VERIFIER_BOND, WITHDRAW_VERIFIER_BOND_LINE => withdraw_verifier_bond;
        CLAIM_VERIFIER_FEES, CLAIM_VERIFIER_FEES_LINE => claim_verifier_fees;
        PROVE_REPUTATION, PROVE_REPUTATION_LINE => prove_reputation;
        CLAIM_INCENTIVE, CLAIM_INCENTIVE_LINE => claim_incentive;
        FUND_INCENTIVES, FUND_INCENTIVES_LINE => fund_incentives;
        COMMIT_INCENTIVES, COMMIT_INCENTIVES_LINE => commit_incentives;
        COMMIT_REPUTATION_ROOT, COMMIT_REPUTATION_ROOT_LINE => commit_reputation_root;
        INITIALIZE_BOOKS, INITIALIZE_BOOKS_LINE => initialize_books;
        INITIALIZE_MARKETPLACE, INITIALIZE_MARKETPLACE_LINE => initialize_marketplace;
    }
    Err(fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise())
}
