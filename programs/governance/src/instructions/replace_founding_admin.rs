//! `replace_founding_admin`: another key takes the role over and signs for it, so that it cannot go to a key nobody has.
//! Numbers that were handed over stay with governance.

use pinocchio::ProgramResult;
use plumbline_shared::{event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{events::FoundingAdminReplaced, fault},
    own,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let founding_admin = accounts.signer("founding_admin")?;
    let successor = accounts.signer("new_founding_admin")?;
    let mut governance = own::governance(&mut accounts, program_id)?;

    governance.slot.require_writable()?;
    founding_admin.require(governance.founding_admin == *founding_admin.key(), &fault::NOT_FOUNDING_ADMIN)?;
    governance.founding_admin = *successor.key();
    governance.store()?;
    emit(&FoundingAdminReplaced {
        former_admin: *founding_admin.key(),
        founding_admin: *successor.key(),
        replaced_at: unix_timestamp()?,
    })
}
