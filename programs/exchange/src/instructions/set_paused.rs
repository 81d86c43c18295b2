//! `set_paused`: stops opening, or lets it go on. Nothing that closes, pays or withdraws looks at it.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::{Context, require_authority};
use crate::interface::{accounts::Exchange, args::SetPausedArgs, events::PausedSet};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let SetPausedArgs { is_paused } = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;

    exchange.slot.require_writable()?;
    require_authority(&authority, &exchange)?;
    exchange.is_paused = is_paused;
    exchange.store()?;
    emit(&PausedSet { authority: *authority.key(), is_paused, at: unix_timestamp()? })
}
