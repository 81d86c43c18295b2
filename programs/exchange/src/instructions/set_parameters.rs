//! `set_parameters`: executed proposals reach the exchange here.
//!
//! Depth and maintenance margin shape the price curve; an index takes them over when its skew is zero.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, runtime::unix_timestamp};

use super::Context;
use crate::{
    interface::{accounts::Exchange, args::SetParametersArgs, events::ParametersSet},
    rules::set_all,
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let SetParametersArgs { changes } = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let mut exchange = accounts.load::<Exchange>("exchange")?;

    exchange.slot.require_writable()?;
    authority.require_address(&exchange.governance_authority)?;
    set_all(&mut exchange.rules, &changes)?;
    exchange.store()?;
    emit(&ParametersSet { changes, rules: exchange.rules, at: unix_timestamp()? })
}
