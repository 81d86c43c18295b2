//! Put what is being unstaked back to work at today's price.
//!
//! What buys no share goes on cooling, where few shares are bought: it would be a gift to the other holders.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::Accounts,
    event::emit,
    math::{add, sub},
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
};

use crate::{
    event::CancelUnstakeEvent,
    seeds::{check_named_record, check_overview},
    state::{OperatorPool, PoolOverview, StakingRecord},
    usdc_debt::book_settlement,
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let owner = accounts.signer("owner")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;
    let mut record = accounts.load::<StakingRecord>("owner_staking_record")?;
    let instructions = accounts.any("instructions")?;

    check_overview(&overview, program_id)?;
    pool.slot.require_writable()?;
    check_named_record(&record, &pool, owner.key())?;
    instructions.require_address(&INSTRUCTIONS_SYSVAR)?;

    pool.require_caught_up(overview.completed_reward_epoch)?;
    let settled_before = record.accrued_usdc_earnings;
    let cooling = record.tokens_unstake_amount;
    let purchase = pool.state.add_stake(&mut record.state, cooling);
    pool.total_unstaking = sub(pool.total_unstaking, purchase.cost);
    record.tokens_unstake_amount = sub(cooling, purchase.cost);
    if record.tokens_unstake_amount == 0 {
        record.unstake_at_timestamp = 0;
    }

    emit(&CancelUnstakeEvent {
        instruction_index: instruction_index(&instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        staking_record: *record.key(),
        owner: *owner.key(),
        is_operator: *record.key() == pool.operator_staking_record,
        token_amount: purchase.cost,
        shares_amount: purchase.shares,
    })?;
    book_settlement(&mut pool, settled_before, record.accrued_usdc_earnings)?;
    pool.store()?;
    record.store()
}
