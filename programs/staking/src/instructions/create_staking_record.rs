//! Open an owner's record in a pool. It starts at the present USDC index: no claim on the past. No event.

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{
    account::{Accounts, Loaded},
    create::create_state,
};

use crate::{
    constants::{ACCOUNT_VERSION, STAKING_RECORD_SPACE},
    seeds,
    state::{OperatorPool, StakingRecord},
};

pub fn run(program_id: &Address, views: &[AccountView], _data: &[u8]) -> ProgramResult {
    let mut accounts = Accounts::new(views, program_id);
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let pool = accounts.load::<OperatorPool>("operator_pool")?;
    let record = accounts.any("owner_staking_record")?;
    accounts.system_program("system_program")?;

    let record_seeds = [seeds::STAKING_RECORD, pool.key().as_ref(), owner.key().as_ref()];
    create_state(&record, STAKING_RECORD_SPACE, &record_seeds, &payer, program_id)?;

    payer.require_writable()?;
    pool.slot.require_seeds(&[seeds::OPERATOR_POOL, pool.initial_pool_admin.as_ref()], program_id)?;

    let state = StakingRecord {
        version: ACCOUNT_VERSION,
        owner: *owner.key(),
        operator_pool: *pool.key(),
        last_settled_usdc_per_share: pool.cumulative_usdc_per_share,
        ..StakingRecord::default()
    };
    Loaded::new(record, state).store()
}
