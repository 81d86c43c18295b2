//! Pay the reward commission collected so far to any token account the pool's admin names.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::event::emit;

use crate::{commission::withdraw, event::WithdrawOperatorRewardCommissionEvent, seeds};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let paid = withdraw(program_id, views, "reward_fee_token_account", seeds::POOL_REWARD_COMMISSION_VAULT)?;
    emit(&WithdrawOperatorRewardCommissionEvent {
        instruction_index: paid.instruction_index,
        operator_pool: paid.operator_pool,
        epoch: paid.epoch,
        admin: paid.admin,
        destination: paid.destination,
        reward_amount_withdrawn: paid.amount,
    })
}
