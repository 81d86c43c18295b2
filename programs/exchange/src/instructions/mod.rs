//! One file per instruction. Each loads its accounts in declared order, checks, acts, stores, and emits its event.

pub mod add_bankroll;
pub mod add_insurance;
pub mod close_position;
pub mod create_index;
pub mod create_series;
pub mod deposit_margin;
pub mod initialize_exchange;
pub mod liquidate;
pub mod liquidate_future;
pub mod open_position;
pub mod pay_claim;
pub mod record_purchase;
pub mod remove_bankroll;
pub mod replace_admin;
pub mod set_parameters;
pub mod set_paused;
pub mod settle_funding;
pub mod settle_future_position;
pub mod settle_series;
pub mod sweep_surplus;
pub mod trade_future;
pub mod withdraw_margin;

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Slot},
    token::TokenAccount,
};

use crate::interface::{accounts::Exchange, fault};

/// What an instruction is called with: the program's own address, and the accounts.
pub type Context<'a> = (&'a Address, Accounts<'a>);

/// Signed by the admin or the governance authority: 6004.
pub fn require_authority(authority: &Slot, exchange: &Exchange) -> ProgramResult {
    let known = [exchange.admin, exchange.governance_authority].contains(authority.key());
    authority.require(known, &fault::NOT_AUTHORITY)
}

/// Next account, a writable INFER account held by `holder`.
pub fn wallet(
    accounts: &mut Accounts,
    name: &'static str,
    exchange: &Exchange,
    holder: &Address,
) -> Result<TokenAccount, ProgramError> {
    let account = accounts.token_account(name)?;
    account.slot.require_writable()?;
    account.require_mint(&exchange.infer_mint)?;
    account.require_holder(holder)?;
    Ok(account)
}
