//! `heartbeat`: a provider's sign of life. How often it must come and what its absence costs is the reputation's matter.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault, runtime::unix_timestamp};

use super::Context;
use crate::{event::HeartbeatSent, interface::args::HeartbeatArgs, state::Provider};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let HeartbeatArgs { units_free, units_busy } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut provider = accounts.load::<Provider>("provider")?;

    provider.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    provider.heartbeat_at = unix_timestamp()?;
    provider.units_free = units_free;
    provider.units_busy = units_busy;
    provider.store()?;
    let sent_at = provider.heartbeat_at;
    emit(&HeartbeatSent { provider: *provider.key(), owner: provider.owner, units_free, units_busy, sent_at })
}
