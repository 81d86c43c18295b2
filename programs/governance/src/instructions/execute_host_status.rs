//! `execute_host_status`: the standing that a passed proposal gives a provider, by a call of the marketplace.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::discriminator::{self, instruction};

use super::Context;
use crate::{
    action::{HOST_BAN, HOST_SUSPEND, HOST_UNBAN, HOST_VERIFY},
    call::{Role, call},
    execution::Execution,
    interface::fault,
    targets::{Program, Target, check_authority},
};

const SET_PROVIDER_STATUS: [u8; discriminator::LEN] = instruction("set_provider_status");
/// Status numbers of the marketplace.
const ACTIVE: u8 = 0;
const VERIFIED: u8 = 1;
const SUSPENDED: u8 = 3;
const BANNED: u8 = 4;

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let marketplace_program = accounts.any("marketplace_program")?;
    let marketplace = accounts.any("marketplace")?;
    let provider = accounts.any("provider")?;

    execution.check(&[HOST_BAN, HOST_UNBAN, HOST_VERIFY, HOST_SUSPEND])?;
    check_authority(&authority, &execution.governance, program_id)?;
    let target = Target {
        which: Program::Marketplace,
        program: &marketplace_program,
        account: &marketplace,
        authority: &authority,
    };
    target.check(&execution.governance)?;
    marketplace.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;
    let host = execution.proposal.action.host.ok_or(ProgramError::InvalidAccountData)?;
    provider.require_address(&host)?;
    provider.require_owner(marketplace_program.key())?;
    provider.require_writable()?;

    let status = match execution.proposal.action.kind {
        HOST_BAN => BANNED,
        HOST_VERIFY => VERIFIED,
        HOST_SUSPEND => SUSPENDED,
        _ => ACTIVE,
    };
    let [a, b, c, d, e, f, g, h] = SET_PROVIDER_STATUS;
    let roles = [Role::signer(&authority), Role::readonly(&marketplace), Role::writable(&provider)];
    let bump = execution.governance.authority_bump;
    call(&marketplace_program, &roles, &[a, b, c, d, e, f, g, h, status], bump)?;
    execution.finish()
}
