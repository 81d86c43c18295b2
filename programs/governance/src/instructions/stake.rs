//! `stake`: INFER of the owner becomes voting power from this slot on. The first stake creates the Staker account.

use alloc::vec::Vec;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self as common, require},
    math::add,
    runtime::current_slot,
    token::transfer,
};

use super::Context;
use crate::{
    interface::{
        accounts::{STAKER_SPACE, Staker},
        args::StakeArgs,
        events::Staked,
        fault,
    },
    own,
    seeds::{STAKER_SEED, SYSTEM_PROGRAM, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: StakeArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let mut governance = own::governance(&mut accounts, program_id)?;
    let staker = accounts.any("staker")?;
    let vault = accounts.token_account("stake_vault")?;
    let source = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    let written = [&payer, &governance.slot, &staker, &vault.slot, &source.slot];
    written.into_iter().try_for_each(Slot::require_writable)?;
    vault.slot.require_address(&governance.stake_vault)?;
    source.require_mint(&governance.infer_mint)?;
    source.require_holder(owner.key())?;
    require(args.amount > 0, &fault::ZERO_AMOUNT)?;
    let mut staker = load_or_create(staker, &owner, &payer, program_id)?;

    transfer(&source.slot, &vault.slot, &owner, args.amount)?;
    let slot = current_slot()?;
    staker.stake = add(staker.stake, args.amount);
    governance.total_staked = add(governance.total_staked, args.amount);
    staker.state.update_power(&mut governance.state, slot);
    staker.store()?;
    governance.store()?;
    emit(&Staked {
        staker: *staker.key(),
        owner: staker.owner,
        amount: args.amount,
        stake: staker.stake,
        power: staker.power,
        total_staked: governance.total_staked,
        total_power: governance.total_power,
        slot,
    })
}

#[inline(never)]
fn load_or_create(
    slot: Slot,
    owner: &Slot,
    payer: &Slot,
    program_id: &Address,
) -> Result<Loaded<Staker>, ProgramError> {
    if !slot.view.owned_by(&SYSTEM_PROGRAM) {
        let staker = own::staker_at(slot, program_id)?;
        staker.slot.require(staker.owner == *owner.key(), &common::CONSTRAINT_HAS_ONE)?;
        return Ok(staker);
    }
    let bump = create_state(&slot, STAKER_SPACE, &[STAKER_SEED, owner.key().as_ref()], payer, program_id)?;
    let state = Staker {
        version: VERSION,
        bump,
        owner: *owner.key(),
        stake: 0,
        unstaking: 0,
        unstake_at: 0,
        locked_until: 0,
        committed: 0,
        fees_paid: 0,
        fees_earned_on: 0,
        power: 0,
        checkpoints: Vec::new(),
    };
    Ok(Loaded::new(slot, state))
}
