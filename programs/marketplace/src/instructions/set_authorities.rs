//! `set_authorities`: the admin hands roles over, its own included. Governance and the exchange are fixed for good, so
//! that no admin can take governed numbers back.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{event::AuthoritiesSet, interface::args::SetAuthoritiesArgs, state::Settings};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: SetAuthoritiesArgs = read_args(data)?;
    let admin = accounts.signer("admin")?;
    let mut settings = accounts.load::<Settings>("marketplace")?;

    settings.slot.require_writable()?;
    admin.require_address(&settings.admin)?;
    replace(&mut settings.admin, args.admin);
    replace(&mut settings.arbiter, args.arbiter);
    replace(&mut settings.halt_authority, args.halt_authority);
    replace(&mut settings.reward_authority, args.reward_authority);
    replace(&mut settings.meter, args.meter);
    settings.store()?;
    emit(&AuthoritiesSet {
        admin: settings.admin,
        arbiter: settings.arbiter,
        halt_authority: settings.halt_authority,
        reward_authority: settings.reward_authority,
        meter: settings.meter,
        set_at: unix_timestamp()?,
    })
}

fn replace(holder: &mut Address, successor: Option<Address>) {
    if let Some(successor) = successor {
        *holder = successor;
    }
}
