//! Stake, proposals, votes, the governed parameters and the treasury: the interface of `idl.json`, one file per instruction.
//!
//! Every account of this program is created at a program address by this program, so its owner and discriminator prove
//! what it is; what remains to check is that it is the one the other accounts name.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod action;
mod call;
mod changes;
mod execution;
mod instructions;
mod interface;
mod own;
mod power;
mod proposal;
mod seeds;
mod table;
mod tally;
mod targets;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::split_tag, fault, runtime::log_line};

use crate::interface::tag;

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

macro_rules! dispatch {
    ($tag:expr, $accounts:expr, $args:expr; $($id:ident, $line:ident => $module:ident,)*) => {
        match *$tag {
            $(tag::$id => {
                log_line(tag::$line);
                instructions::$module::process($accounts, $args)
            })*
            _ => Err(fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise()),
        }
    };
}

/// Entry: reads the tag and hands over to the instruction.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let accounts = Accounts::new(accounts, program_id);
    dispatch! { tag, (program_id, accounts), args;
        CAST_VOTE, CAST_VOTE_LINE => cast_vote,
        SYNC_USE, SYNC_USE_LINE => sync_use,
        STAKE, STAKE_LINE => stake,
        REQUEST_UNSTAKE, REQUEST_UNSTAKE_LINE => request_unstake,
        WITHDRAW, WITHDRAW_LINE => withdraw,
        CREATE_PROPOSAL, CREATE_PROPOSAL_LINE => create_proposal,
        CANCEL_PROPOSAL, CANCEL_PROPOSAL_LINE => cancel_proposal,
        BEGIN_SIGNALING, BEGIN_SIGNALING_LINE => begin_signaling,
        SIGNAL, SIGNAL_LINE => signal,
        OPEN_VOTING, OPEN_VOTING_LINE => open_voting,
        FINALIZE_VOTE, FINALIZE_VOTE_LINE => finalize_vote,
        EXPIRE_PROPOSAL, EXPIRE_PROPOSAL_LINE => expire_proposal,
        EXECUTE_PARAM_CHANGE, EXECUTE_PARAM_CHANGE_LINE => execute_param_change,
        EXECUTE_TREASURY_SPEND, EXECUTE_TREASURY_SPEND_LINE => execute_treasury_spend,
        EXECUTE_BANKROLL_RETURN, EXECUTE_BANKROLL_RETURN_LINE => execute_bankroll_return,
        EXECUTE_HOST_STATUS, EXECUTE_HOST_STATUS_LINE => execute_host_status,
        EXECUTE_HOST_SLASH, EXECUTE_HOST_SLASH_LINE => execute_host_slash,
        EXECUTE_CATALOG_CHANGE, EXECUTE_CATALOG_CHANGE_LINE => execute_catalog_change,
        EXECUTE_TEXT, EXECUTE_TEXT_LINE => execute_text,
        CHANGE_PARAMETERS, CHANGE_PARAMETERS_LINE => change_parameters,
        HAND_OVER, HAND_OVER_LINE => hand_over,
        REPLACE_FOUNDING_ADMIN, REPLACE_FOUNDING_ADMIN_LINE => replace_founding_admin,
        PUSH_PARAMETERS, PUSH_PARAMETERS_LINE => push_parameters,
        ACCEPT_STAKING_ADMIN, ACCEPT_STAKING_ADMIN_LINE => accept_staking_admin,
        OPERATE_STAKING, OPERATE_STAKING_LINE => operate_staking,
        INITIALIZE_GOVERNANCE, INITIALIZE_GOVERNANCE_LINE => initialize_governance,
    }
}
