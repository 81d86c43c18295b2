//! `set_provider_status`: governance gives a provider any standing. The admin may ban and degrade at once, and nothing
//! else: what it did only governance takes back.
//!
//! Suspended and banned providers get no new orders and no extensions; degraded ones none of high value; in the buyer's
//! place the arbiter confirms for verified ones only. Orders that exist go on whatever the standing is.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_ADDRESS, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    event::ProviderStatusSet,
    faults,
    interface::args::SetProviderStatusArgs,
    state::{PROVIDER_BANNED, PROVIDER_DEGRADED, Provider, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let SetProviderStatusArgs { status } = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut provider = accounts.load::<Provider>("provider")?;

    provider.slot.require_writable()?;
    let is_governance = *authority.key() == settings.governance_authority;
    authority.require(is_governance || *authority.key() == settings.admin, &CONSTRAINT_ADDRESS)?;
    require(status <= PROVIDER_BANNED, &faults::INVALID_STATUS)?;
    let is_allowed = is_governance || [PROVIDER_DEGRADED, PROVIDER_BANNED].contains(&status);
    require(is_allowed, &faults::STATUS_NOT_ALLOWED)?;
    provider.status = status;
    provider.store()?;
    emit(&ProviderStatusSet {
        provider: *provider.key(),
        owner: provider.owner,
        status,
        set_by: *authority.key(),
        set_at: unix_timestamp()?,
    })
}
