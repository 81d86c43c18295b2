//! GPU price index, perpetual positions and dated futures with the protocol as counterparty: the interface of `idl.json`,
//! one file per instruction.
//!
//! Every account of this program is created at a program address by this program, so its owner and discriminator prove
//! what it is; what remains to check is that it is the one the other accounts name.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod desk;
mod funding;
mod funds;
mod instructions;
mod interface;
mod margin;
mod number;
mod price;
mod rules;
mod seed;
mod series;
mod trade;
mod vault;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::split_tag, fault, runtime::log_line};

use crate::interface::tag;

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

macro_rules! dispatch {
    ($tag:expr, $accounts:expr, $args:expr; $($module:ident = $bytes:ident, $line:ident;)*) => {
        $(if *$tag == tag::$bytes {
            log_line(tag::$line);
            return instructions::$module::process($accounts, $args);
        })*
    };
}

/// Entry: reads the tag and hands over to the instruction.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let accounts = Accounts::new(accounts, program_id);
    dispatch! { tag, (program_id, accounts), args;
        record_purchase = RECORD_PURCHASE, RECORD_PURCHASE_LINE;
        open_position = OPEN_POSITION, OPEN_POSITION_LINE;
        close_position = CLOSE_POSITION, CLOSE_POSITION_LINE;
        trade_future = TRADE_FUTURE, TRADE_FUTURE_LINE;
        liquidate = LIQUIDATE, LIQUIDATE_LINE;
        liquidate_future = LIQUIDATE_FUTURE, LIQUIDATE_FUTURE_LINE;
        settle_funding = SETTLE_FUNDING, SETTLE_FUNDING_LINE;
        deposit_margin = DEPOSIT_MARGIN, DEPOSIT_MARGIN_LINE;
        withdraw_margin = WITHDRAW_MARGIN, WITHDRAW_MARGIN_LINE;
        settle_series = SETTLE_SERIES, SETTLE_SERIES_LINE;
        settle_future_position = SETTLE_FUTURE_POSITION, SETTLE_FUTURE_POSITION_LINE;
        pay_claim = PAY_CLAIM, PAY_CLAIM_LINE;
        add_bankroll = ADD_BANKROLL, ADD_BANKROLL_LINE;
        remove_bankroll = REMOVE_BANKROLL, REMOVE_BANKROLL_LINE;
        add_insurance = ADD_INSURANCE, ADD_INSURANCE_LINE;
        sweep_surplus = SWEEP_SURPLUS, SWEEP_SURPLUS_LINE;
        create_series = CREATE_SERIES, CREATE_SERIES_LINE;
        create_index = CREATE_INDEX, CREATE_INDEX_LINE;
        set_paused = SET_PAUSED, SET_PAUSED_LINE;
        replace_admin = REPLACE_ADMIN, REPLACE_ADMIN_LINE;
        set_parameters = SET_PARAMETERS, SET_PARAMETERS_LINE;
        initialize_exchange = INITIALIZE_EXCHANGE, INITIALIZE_EXCHANGE_LINE;
    }
    Err(fault::INSTRUCTION_FALLBACK_NOT_FOUND.raise())
}
