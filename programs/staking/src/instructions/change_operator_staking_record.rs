//! Make another record of the pool the operator's. The old one becomes an ordinary delegator's.
//!
//! Not while the pool is halted: the stake that a halt holds for slashing would leave as a delegator's.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
    runtime::{INSTRUCTIONS_SYSVAR, instruction_index},
};

use crate::{
    event::ChangeOperatorStakingRecordEvent,
    fault, seeds,
    seeds::{check_overview, check_pool},
    state::{OperatorPool, PoolOverview, StakingRecord},
};

struct Context {
    admin: Slot,
    owner: Slot,
    overview: Loaded<PoolOverview>,
    pool: Loaded<OperatorPool>,
    operator_record: Loaded<StakingRecord>,
    new_record: Loaded<StakingRecord>,
    instructions: Slot,
}

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let mut context = Context {
        admin: accounts.signer("admin")?,
        owner: accounts.signer("owner")?,
        overview: accounts.load("pool_overview")?,
        pool: accounts.load("operator_pool")?,
        operator_record: accounts.load("operator_staking_record")?,
        new_record: accounts.load("new_staking_record")?,
        instructions: accounts.any("instructions")?,
    };
    context.check(program_id)?;

    let Context { admin, overview, pool, new_record, instructions, .. } = &mut context;
    require(pool.halted_at_timestamp.is_none(), &fault::OPERATOR_POOL_HALTED)?;
    let value = pool.tokens_for(new_record.shares);
    require(value >= overview.min_operator_token_stake, &fault::MIN_OPERATOR_TOKEN_STAKE_NOT_MET)?;
    let old_record = core::mem::replace(&mut pool.operator_staking_record, *new_record.key());
    emit(&ChangeOperatorStakingRecordEvent {
        instruction_index: instruction_index(instructions)?,
        operator_pool: *pool.key(),
        epoch: add(overview.completed_reward_epoch, 1),
        admin: *admin.key(),
        old_staking_record: old_record,
        new_staking_record: *new_record.key(),
    })?;
    pool.store()
}

impl Context {
    fn check(&self, program_id: &Address) -> ProgramResult {
        let Self { overview, pool, operator_record, new_record, owner, .. } = self;
        check_overview(overview, program_id)?;
        check_pool(pool, program_id)?;
        pool.slot.require_writable()?;
        pool.slot.require(pool.admin == *self.admin.key(), &CONSTRAINT_HAS_ONE)?;

        operator_record.slot.require(operator_record.operator_pool == *pool.key(), &CONSTRAINT_HAS_ONE)?;
        operator_record.slot.require_address(&pool.operator_staking_record)?;
        let record_seeds = [seeds::STAKING_RECORD, pool.key().as_ref(), owner.key().as_ref()];
        new_record.slot.require_seeds(&record_seeds, program_id)?;
        new_record.slot.require(new_record.owner == *owner.key(), &CONSTRAINT_HAS_ONE)?;
        new_record.slot.require(new_record.operator_pool == *pool.key(), &CONSTRAINT_HAS_ONE)?;
        self.instructions.require_address(&INSTRUCTIONS_SYSVAR)
    }
}
