//! One file per instruction. Each loads its accounts in declared order, checks, acts, stores, and emits its event.

pub mod accept_staking_admin;
pub mod begin_signaling;
pub mod cancel_proposal;
pub mod cast_vote;
pub mod change_parameters;
pub mod create_proposal;
pub mod execute_bankroll_return;
pub mod execute_catalog_change;
pub mod execute_host_slash;
pub mod execute_host_status;
pub mod execute_param_change;
pub mod execute_text;
pub mod execute_treasury_spend;
pub mod expire_proposal;
pub mod finalize_vote;
pub mod hand_over;
pub mod initialize_governance;
pub mod open_voting;
pub mod operate_staking;
pub mod push_parameters;
pub mod replace_founding_admin;
pub mod request_unstake;
pub mod signal;
pub mod stake;
pub mod sync_use;
pub mod withdraw;

use pinocchio::Address;
use plumbline_shared::account::Accounts;

/// What an instruction is called with: the program's own address, and the accounts.
pub type Context<'a> = (&'a Address, Accounts<'a>);
