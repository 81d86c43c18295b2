//! Remove an empty record; its lamports go to the receiver. No event.
//!
//! The record must be of the pool that is passed, so that an operator's record is never judged by another pool.

use pinocchio::{AccountView, Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    fault::{CONSTRAINT_CLOSE, CONSTRAINT_HAS_ONE, require},
    math::add,
};

use crate::{
    fault, seeds,
    seeds::check_pool,
    state::{OperatorPool, StakingRecord},
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let receiver = accounts.any("receiver")?;
    let owner = accounts.signer("owner")?;
    let record = accounts.load::<StakingRecord>("owner_staking_record")?;
    let pool = accounts.load::<OperatorPool>("operator_pool")?;
    accounts.system_program("system_program")?;

    receiver.require_writable()?;
    let record_seeds = [seeds::STAKING_RECORD, record.operator_pool.as_ref(), owner.key().as_ref()];
    record.slot.require_seeds(&record_seeds, program_id)?;
    record.slot.require_writable()?;
    record.slot.require(record.owner == *owner.key(), &CONSTRAINT_HAS_ONE)?;
    record.slot.require(record.operator_pool == *pool.key(), &CONSTRAINT_HAS_ONE)?;
    record.slot.require(receiver.key() != record.key(), &CONSTRAINT_CLOSE)?;
    check_pool(&pool, program_id)?;

    check_empty(&record, &pool)?;
    close(&record.slot, &receiver)
}

/// A record without shares earns nothing more, so that only what it has settled can be unclaimed.
fn check_empty(record: &Loaded<StakingRecord>, pool: &Loaded<OperatorPool>) -> ProgramResult {
    require(record.shares == 0, &fault::ACCOUNT_NOT_EMPTY)?;
    require(record.tokens_unstake_amount == 0, &fault::ACCOUNT_NOT_EMPTY)?;
    require(record.accrued_usdc_earnings == 0, &fault::UNCLAIMED_USDC_EARNINGS)?;
    let is_operator = pool.operator_staking_record == *record.key();
    require(!is_operator || pool.is_empty(), &fault::POOL_IS_NOT_EMPTY)
}

fn close(record: &Slot, receiver: &Slot) -> Result<(), ProgramError> {
    let (mut record, mut receiver) = (record.view, receiver.view);
    receiver.set_lamports(add(receiver.lamports(), record.lamports()));
    record.close()
}
