//! `set_parameters`: executed proposals, and what the founding admin still may, reach the marketplace here.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{event::ParametersSet, governed::set_all, interface::args::SetParametersArgs, state::Marketplace};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let SetParametersArgs { changes } = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let mut marketplace = accounts.load::<Marketplace>("marketplace")?;

    marketplace.slot.require_writable()?;
    authority.require_address(&marketplace.settings.governance_authority)?;
    set_all(&mut marketplace, &changes)?;
    marketplace.store()?;
    emit(&ParametersSet { changes, set_at: unix_timestamp()? })
}
