//! `replace_admin`: another key takes the role over and signs for it, so that it cannot go to a key nobody has. The
//! governance authority and the marketplace stay as they were set at initialization.

use pinocchio::ProgramResult;
use plumbline_shared::{event::emit, runtime::unix_timestamp};

use super::Context;
use crate::interface::{accounts::Exchange, events::AdminReplaced};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let admin = accounts.signer("admin")?;
    let successor = accounts.signer("new_admin")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;

    exchange.slot.require_writable()?;
    admin.require_address(&exchange.admin)?;
    exchange.admin = *successor.key();
    exchange.store()?;
    emit(&AdminReplaced { former_admin: *admin.key(), admin: *successor.key(), at: unix_timestamp()? })
}
