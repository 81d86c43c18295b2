//! Close a pool for good: it takes part up to the next epoch and takes no more stake. No event.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::Accounts,
    fault::{CONSTRAINT_HAS_ONE, require},
    math::add,
};

use crate::{
    fault,
    seeds::check_overview,
    state::{OperatorPool, PoolOverview},
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let admin = accounts.signer("admin")?;
    let overview = accounts.load::<PoolOverview>("pool_overview")?;
    let mut pool = accounts.load::<OperatorPool>("operator_pool")?;

    check_overview(&overview, program_id)?;
    pool.slot.require_writable()?;
    pool.slot.require(pool.admin == *admin.key(), &CONSTRAINT_HAS_ONE)?;

    require(pool.halted_at_timestamp.is_none(), &fault::OPERATOR_POOL_HALTED)?;
    require(pool.closed_at_epoch.is_none(), &fault::CLOSED_POOL)?;
    pool.closed_at_epoch = Some(add(overview.current_epoch(), 1));
    pool.store()
}
