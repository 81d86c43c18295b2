//! `change_parameters`: the founding admin, for numbers that are not handed over, under the rules that bind governance too.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{
    changes::{Check, Holder, apply, require_changes},
    interface::{args::ChangeParametersArgs, events::ParametersChanged, fault},
    own,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: ChangeParametersArgs = read_args(data)?;
    let founding_admin = accounts.signer("founding_admin")?;
    let governance = own::governance(&mut accounts, program_id)?;
    let mut table = own::parameters(&mut accounts, program_id)?;

    table.slot.require_writable()?;
    founding_admin.require(governance.founding_admin == *founding_admin.key(), &fault::NOT_FOUNDING_ADMIN)?;
    let now = unix_timestamp()?;
    require_changes(&table, &args.changes, Check::Set(now), Holder::Founders)?;

    let changes = apply(&mut table, &args.changes, now);
    table.store()?;
    emit(&ParametersChanged { proposal: None, changes, changed_at: now })
}
