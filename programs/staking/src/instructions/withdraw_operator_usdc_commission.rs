//! Pay the USDC commission collected so far to any token account the pool's admin names.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::event::emit;

use crate::{commission::withdraw, event::WithdrawOperatorUsdcCommissionEvent, seeds};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let paid = withdraw(program_id, views, "usdc_fee_token_account", seeds::POOL_USDC_COMMISSION_VAULT)?;
    emit(&WithdrawOperatorUsdcCommissionEvent {
        instruction_index: paid.instruction_index,
        operator_pool: paid.operator_pool,
        epoch: paid.epoch,
        admin: paid.admin,
        destination: paid.destination,
        usdc_amount_withdrawn: paid.amount,
    })
}
