//! `operate_staking`: what the admin of the staking program does beside its governed settings (halts, lists of authorities)
//! stays with the founding admin after governance took that role. Without it no key of the staking program could ever be
//! replaced again. The governed numbers cannot be reached from here.

use alloc::vec::Vec;
use borsh::BorshSerialize;
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    discriminator::{self, instruction},
    entry::read_args,
    event::emit,
};

use super::Context;
use crate::{
    call::{Role, call},
    interface::{args::OperateStakingArgs, events::StakingOperated, fault},
    own,
    targets::{Program, Target, check_authority},
};

const UPDATE_OVERVIEW: [u8; discriminator::LEN] = instruction("update_pool_overview");
const UPDATE_AUTHORITIES: [u8; discriminator::LEN] = instruction("update_pool_overview_authorities");
/// Registration fee, minimum stake and the three delays: none is given.
const NO_NUMBERS: [u8; 5] = [0; 5];

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: OperateStakingArgs = read_args(data)?;
    let founding_admin = accounts.signer("founding_admin")?;
    let governance = own::governance(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let staking_program = accounts.any("staking_program")?;
    let pool_overview = accounts.any("pool_overview")?;

    founding_admin.require(governance.founding_admin == *founding_admin.key(), &fault::NOT_FOUNDING_ADMIN)?;
    check_authority(&authority, &governance, program_id)?;
    let target =
        Target { which: Program::Staking, program: &staking_program, account: &pool_overview, authority: &authority };
    target.check(&governance)?;
    pool_overview.require_writable()?;
    pool_overview.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;
    pool_overview.require(target.accepts()?, &fault::NOT_STAKING_ADMIN)?;

    let bump = governance.authority_bump;
    let absent = || Role::readonly(&staking_program);
    let roles = [Role::signer(&authority), Role::writable(&pool_overview), absent(), absent(), absent()];
    call(&staking_program, &roles, &settings_data(&args)?, bump)?;
    let roles = [Role::signer(&authority), Role::writable(&pool_overview), absent()];
    call(&staking_program, &roles, &authorities_data(&args)?, bump)?;
    emit(&StakingOperated {
        pool_overview: *pool_overview.key(),
        is_staking_halted: args.is_staking_halted,
        is_withdrawal_halted: args.is_withdrawal_halted,
        is_accrue_reward_halted: args.is_accrue_reward_halted,
        allow_pool_creation: args.allow_pool_creation,
        new_reward_distribution_authorities: args.new_reward_distribution_authorities,
        new_halt_authorities: args.new_halt_authorities,
        new_slashing_authorities: args.new_slashing_authorities,
    })
}

fn settings_data(args: &OperateStakingArgs) -> Result<Vec<u8>, ProgramError> {
    let flags = (
        args.is_staking_halted,
        args.is_withdrawal_halted,
        args.is_accrue_reward_halted,
        args.allow_pool_creation,
        NO_NUMBERS,
    );
    encode(&UPDATE_OVERVIEW, &flags)
}

fn authorities_data(args: &OperateStakingArgs) -> Result<Vec<u8>, ProgramError> {
    let lists = (&args.new_reward_distribution_authorities, &args.new_halt_authorities, &args.new_slashing_authorities);
    encode(&UPDATE_AUTHORITIES, &lists)
}

fn encode(tag: &[u8], fields: &impl BorshSerialize) -> Result<Vec<u8>, ProgramError> {
    let mut data = Vec::with_capacity(128);
    data.extend_from_slice(tag);
    fields.serialize(&mut data).map_err(|_| ProgramError::BorshIoError)?;
    Ok(data)
}
