//! `withdraw`: pays out what was unstaked, once its time has come.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    create::Authority,
    event::emit,
    fault::{self as common, require},
    math::sub,
    runtime::unix_timestamp,
    token::transfer_signed,
};

use super::Context;
use crate::{
    interface::{events::StakeWithdrawn, fault},
    own,
    seeds::GOVERNANCE_SEED,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let owner = accounts.signer("owner")?;
    let mut governance = own::governance(&mut accounts, program_id)?;
    let mut staker = own::staker(&mut accounts, program_id)?;
    let vault = accounts.token_account("stake_vault")?;
    let target = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;

    let written = [&governance.slot, &staker.slot, &vault.slot, &target.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    staker.slot.require(staker.owner == *owner.key(), &common::CONSTRAINT_HAS_ONE)?;
    vault.slot.require_address(&governance.stake_vault)?;
    target.require_mint(&governance.infer_mint)?;
    target.require_holder(owner.key())?;
    require(staker.unstaking > 0, &fault::NOTHING_TO_WITHDRAW)?;
    require(unix_timestamp()? >= staker.unstake_at, &fault::STILL_UNBONDING)?;

    let amount = staker.unstaking;
    staker.unstaking = 0;
    staker.unstake_at = 0;
    governance.total_unstaking = sub(governance.total_unstaking, amount);
    let authority = Authority { seeds: &[GOVERNANCE_SEED], bump: governance.bump };
    transfer_signed(&vault.slot, &target.slot, &governance.slot, amount, authority)?;
    staker.store()?;
    governance.store()?;
    emit(&StakeWithdrawn {
        staker: *staker.key(),
        owner: staker.owner,
        amount,
        total_unstaking: governance.total_unstaking,
    })
}
