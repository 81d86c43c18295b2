//! `pause_orders`: no new orders until somebody says otherwise. What exists goes on: started, extended, paid, refunded.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{event::OrdersPaused, faults, interface::args::PauseOrdersArgs, state::Settings};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let PauseOrdersArgs { is_paused } = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let mut settings = accounts.load::<Settings>("marketplace")?;

    settings.slot.require_writable()?;
    let is_allowed = [settings.admin, settings.halt_authority].contains(authority.key());
    authority.require(is_allowed, &faults::NOT_ADMIN_OR_HALT_AUTHORITY)?;
    settings.is_paused = is_paused;
    settings.store()?;
    emit(&OrdersPaused { is_paused, set_by: *authority.key(), set_at: unix_timestamp()? })
}
