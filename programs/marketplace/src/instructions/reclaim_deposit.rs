//! `reclaim_deposit`: when nobody ruled in time nobody was wrong, and the deposit goes back. Anyone may call it.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Slot, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    event::DepositReclaimed,
    faults,
    order_end::{close, pay},
    state::{DISPUTE_VAULT_SEED, Order},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let order = accounts.load::<Order>("order")?;
    let dispute_vault = accounts.token_account("dispute_vault")?;
    let opener = accounts.any("opener")?;
    let target = accounts.token_account("opener_token_account")?;
    accounts.token_program("token_program")?;

    [&dispute_vault.slot, &opener, &target.slot].into_iter().try_for_each(Slot::require_writable)?;
    let seeds = [DISPUTE_VAULT_SEED, order.key().as_ref()];
    dispute_vault.slot.require_seeds_with_bump(&seeds, order.dispute_vault_bump, program_id)?;
    opener.require_address(&order.dispute_opener)?;
    let is_due = target.holder == order.dispute_opener && target.mint == dispute_vault.mint;
    target.slot.require(is_due, &faults::INVALID_DEPOSIT_ACCOUNT)?;
    let now = unix_timestamp()?;
    require(now > order.dispute_deadline, &faults::DISPUTE_NOT_EXPIRED)?;

    pay(&order, &dispute_vault, &target.slot, dispute_vault.amount)?;
    close(&order, &dispute_vault, &opener)?;
    emit(&DepositReclaimed {
        order: *order.key(),
        opener: order.dispute_opener,
        deposit: order.dispute_deposit,
        paid_to: *target.key(),
        reclaimed_at: now,
    })
}
