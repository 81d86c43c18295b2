//! `accept_staking_admin`: the admin of the staking program makes the authority of governance its successor, who has to
//! sign too. From then on the staking program's settings follow the parameters.

use pinocchio::ProgramResult;
use plumbline_shared::{
    discriminator::{self, instruction},
    event::emit,
};

use super::Context;
use crate::{
    call::{Role, call},
    interface::{events::StakingAdminAccepted, fault},
    own,
    targets::{Program, Target, check_authority},
};

const UPDATE_AUTHORITIES: [u8; discriminator::LEN] = instruction("update_pool_overview_authorities");

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let staking_admin = accounts.signer("staking_admin")?;
    let governance = own::governance(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let staking_program = accounts.any("staking_program")?;
    let pool_overview = accounts.any("pool_overview")?;

    check_authority(&authority, &governance, program_id)?;
    let target =
        Target { which: Program::Staking, program: &staking_program, account: &pool_overview, authority: &authority };
    target.check(&governance)?;
    pool_overview.require_writable()?;
    pool_overview.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;

    // No list is replaced: three absent options.
    let [a, b, c, d, e, f, g, h] = UPDATE_AUTHORITIES;
    let data = [a, b, c, d, e, f, g, h, 0, 0, 0];
    let roles = [Role::signer(&staking_admin), Role::writable(&pool_overview), Role::signer(&authority)];
    call(&staking_program, &roles, &data, governance.authority_bump)?;
    emit(&StakingAdminAccepted { pool_overview: *pool_overview.key(), former_admin: *staking_admin.key() })
}
