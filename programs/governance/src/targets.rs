//! The programs that act by the parameters, and sending them values.

use alloc::vec::Vec;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    discriminator::{self, instruction},
    event::emit,
    fault as common,
    parameters::{Holder, PARAMETERS, id},
};

use crate::{
    call::{Role, call},
    interface::{accounts::Governance, events::ParametersPushed, fault, types::ParameterChange},
    seeds::{AUTHORITY_SEED, SYSTEM_PROGRAM},
};

const SET_PARAMETERS: [u8; discriminator::LEN] = instruction("set_parameters");
const UPDATE_POOL_OVERVIEW: [u8; discriminator::LEN] = instruction("update_pool_overview");
/// Behind the discriminator of a PoolOverview: mint and bump.
const PROGRAM_ADMIN_AT: usize = 8 + 32 + 1;

/// Numbers of the programs in `push_parameters` and its event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Program {
    Marketplace,
    Exchange,
    Staking,
}

impl Program {
    pub fn from_number(number: u8) -> Result<Self, ProgramError> {
        match number {
            0 => Ok(Program::Marketplace),
            1 => Ok(Program::Exchange),
            2 => Ok(Program::Staking),
            _ => Err(fault::INVALID_PROGRAM.raise()),
        }
    }

    pub fn holds(self, id: u16) -> bool {
        let holder = match self {
            Program::Marketplace => Holder::Marketplace,
            Program::Exchange => Holder::Exchange,
            Program::Staking => Holder::Staking,
        };
        PARAMETERS.get(usize::from(id)).is_some_and(|row| row.holder == holder)
    }

    /// Addresses of the program and of its account that keeps the values.
    fn addresses(self, governance: &Governance) -> (&Address, &Address) {
        match self {
            Program::Marketplace => (&governance.marketplace_program, &governance.marketplace),
            Program::Exchange => (&governance.exchange_program, &governance.exchange),
            Program::Staking => (&governance.staking_program, &governance.pool_overview),
        }
    }
}

/// A governed program as given to an instruction.
pub struct Target<'a> {
    pub which: Program,
    pub program: &'a Slot,
    pub account: &'a Slot,
    pub authority: &'a Slot,
}

impl Target<'_> {
    /// Both accounts are those governance was set up with (2012), and the second is the first one's or nobody's (3007).
    pub fn check(&self, governance: &Governance) -> ProgramResult {
        let (program, account) = self.which.addresses(governance);
        self.program.require_address(program)?;
        self.account.require_address(account)?;
        let is_absent = self.account.view.owned_by(&SYSTEM_PROGRAM);
        self.account.require(is_absent || self.is_set_up(), &common::ACCOUNT_OWNED_BY_WRONG_PROGRAM)
    }

    pub fn is_set_up(&self) -> bool {
        self.account.view.owned_by(self.program.key())
    }

    /// Whether values can be sent: the account exists and takes them from the authority.
    pub fn accepts(&self) -> Result<bool, ProgramError> {
        if !self.is_set_up() || self.which != Program::Staking {
            return Ok(self.is_set_up());
        }
        let data = self.account.view.try_borrow()?;
        let admin = data.get(PROGRAM_ADMIN_AT..).and_then(|rest| rest.first_chunk::<32>());
        Ok(admin == Some(self.authority.key().as_array()))
    }

    /// Send those of `changes` that the program acts by; nothing is sent when there are none.
    pub fn push(&self, changes: impl Iterator<Item = ParameterChange>, governance: &Governance) -> ProgramResult {
        let own: Vec<ParameterChange> = changes.filter(|change| self.which.holds(change.id)).collect();
        if own.is_empty() {
            return Ok(());
        }
        let bump = governance.authority_bump;
        if self.which == Program::Staking {
            let absent = Role::readonly(self.program);
            let optional = [(), ()].map(|()| Role::readonly(self.program));
            let [second, third] = optional;
            let roles = [Role::signer(self.authority), Role::writable(self.account), absent, second, third];
            call(self.program, &roles, &staking_data(&own), bump)?;
        } else {
            let roles = [Role::signer(self.authority), Role::writable(self.account)];
            call(self.program, &roles, &set_parameters_data(&own), bump)?;
        }
        emit(&ParametersPushed {
            program: self.which as u8,
            target: *self.account.key(),
            ids: own.iter().map(|change| change.id).collect(),
        })
    }
}

/// The authority is the program address of its seed by the stored bump: 2006.
pub fn check_authority(authority: &Slot, governance: &Governance, program_id: &Address) -> ProgramResult {
    authority.require_seeds_with_bump(&[AUTHORITY_SEED], governance.authority_bump, program_id)
}

fn set_parameters_data(changes: &[ParameterChange]) -> Vec<u8> {
    let mut data = Vec::with_capacity(changes.len().saturating_mul(10).saturating_add(12));
    data.extend_from_slice(&SET_PARAMETERS);
    data.extend_from_slice(&(changes.len() as u32).to_le_bytes());
    for ParameterChange { id, value } in changes {
        data.extend_from_slice(&id.to_le_bytes());
        data.extend_from_slice(&value.to_le_bytes());
    }
    data
}

/// Arguments of staking's own instruction: four flags that stay as they are, then the governed numbers.
fn staking_data(changes: &[ParameterChange]) -> Vec<u8> {
    let mut data = Vec::with_capacity(64);
    data.extend_from_slice(&UPDATE_POOL_OVERVIEW);
    data.extend_from_slice(&[0; 4]);
    for wanted in [
        id::STAKING_REGISTRATION_FEE,
        id::STAKING_MIN_OPERATOR_STAKE,
        id::STAKING_DELEGATOR_UNSTAKE_DELAY_SECONDS,
        id::STAKING_OPERATOR_UNSTAKE_DELAY_SECONDS,
        id::STAKING_SLASHING_DELAY_SECONDS,
    ] {
        match changes.iter().find(|change| change.id == wanted) {
            Some(change) => {
                data.push(1);
                // Bounds keep the values from 0 up, where both encodings are the same.
                data.extend_from_slice(&change.value.to_le_bytes());
            }
            None => data.push(0),
        }
    }
    data
}
