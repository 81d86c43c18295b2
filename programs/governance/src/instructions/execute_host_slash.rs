//! `execute_host_slash`: over a contested challenge that the arbiter left undecided, voters decide, and the marketplace
//! takes the bond: how much, from whom and to whom follows from the challenge. All other slashes need no vote.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Slot},
    discriminator::{self, instruction},
};

use super::Context;
use crate::{
    action::HOST_SLASH,
    call::{Role, call},
    execution::Execution,
    interface::fault,
    targets::{Program, Target, check_authority},
};

const SLASH_PROVIDER: [u8; discriminator::LEN] = instruction("slash_provider");
/// Class number of the marketplace.
const FAILED_CHALLENGE: u8 = 1;

/// What the marketplace asks for behind its own account, in its order.
struct Slashed {
    provider: Slot,
    bond_vault: Slot,
    challenge: Slot,
    slash_record: Slot,
    beneficiary: Slot,
    infer_mint: Slot,
    token_program: Slot,
    system_program: Slot,
}

impl Slashed {
    fn load(accounts: &mut Accounts) -> Result<Self, ProgramError> {
        Ok(Self {
            provider: accounts.any("provider")?,
            bond_vault: accounts.any("bond_vault")?,
            challenge: accounts.any("challenge")?,
            slash_record: accounts.any("slash_record")?,
            beneficiary: accounts.any("beneficiary_token_account")?,
            infer_mint: accounts.any("infer_mint")?,
            token_program: accounts.token_program("token_program")?,
            system_program: accounts.system_program("system_program")?,
        })
    }

    fn require_writable(&self) -> ProgramResult {
        let written = [&self.provider, &self.bond_vault, &self.slash_record, &self.beneficiary, &self.infer_mint];
        written.into_iter().try_for_each(Slot::require_writable)
    }
}

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let marketplace_program = accounts.any("marketplace_program")?;
    let marketplace = accounts.any("marketplace")?;
    let slashed = Slashed::load(&mut accounts)?;

    payer.require_writable()?;
    execution.check(&[HOST_SLASH])?;
    check_authority(&authority, &execution.governance, program_id)?;
    let target = Target {
        which: Program::Marketplace,
        program: &marketplace_program,
        account: &marketplace,
        authority: &authority,
    };
    target.check(&execution.governance)?;
    marketplace.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;
    let challenge = execution.proposal.action.host.ok_or(ProgramError::InvalidAccountData)?;
    slashed.challenge.require_address(&challenge)?;
    [&slashed.challenge, &slashed.provider]
        .into_iter()
        .try_for_each(|slot| slot.require_owner(marketplace_program.key()))?;
    slashed.require_writable()?;

    let [a, b, c, d, e, f, g, h] = SLASH_PROVIDER;
    let roles = [
        Role::writable_signer(&payer),
        Role::signer(&authority),
        Role::readonly(&marketplace),
        Role::writable(&slashed.provider),
        Role::writable(&slashed.bond_vault),
        Role::readonly(&slashed.challenge),
        Role::writable(&slashed.slash_record),
        Role::writable(&slashed.beneficiary),
        Role::writable(&slashed.infer_mint),
        Role::readonly(&slashed.token_program),
        Role::readonly(&slashed.system_program),
    ];
    let bump = execution.governance.authority_bump;
    call(&marketplace_program, &roles, &[a, b, c, d, e, f, g, h, FAILED_CHALLENGE], bump)?;
    execution.finish()
}
