//! `attest`: the provider says up to which second a session was served, with the root of its checkpoints. The seconds are
//! payable when the challenge window has passed. After the end of the lease there is a last while for it.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::add_seconds,
    event::UsageAttested,
    faults,
    interface::args::AttestArgs,
    state::{ORDER_CREATED, ORDER_DISPUTED, ORDER_STARTED, Order, Provider, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: AttestArgs = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut order = accounts.load::<Order>("order")?;

    order.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.slot.require(order.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(order.is_streaming, &faults::ORDER_NOT_STREAMING)?;
    require(order.status != ORDER_CREATED, &faults::ORDER_NOT_STARTED)?;
    require([ORDER_STARTED, ORDER_DISPUTED].contains(&order.status), &faults::ORDER_ENDED)?;

    let now = unix_timestamp()?;
    let last_call = add_seconds(order.lease_end()?, settings.stream_attest_timeout_seconds)?;
    require(now <= last_call, &faults::ATTESTATION_TOO_LATE)?;
    require(args.covered_seconds > order.attested_seconds, &faults::ATTESTATION_NOT_AHEAD)?;
    require(args.covered_seconds <= order.used_seconds(now)?, &faults::ATTESTATION_TOO_FAR)?;
    let payable_at = order.mark(args.covered_seconds, now, settings.challenge_window_seconds)?;
    order.store()?;
    emit(&UsageAttested {
        order: *order.key(),
        provider: order.provider,
        buyer: order.buyer,
        covered_seconds: args.covered_seconds,
        checkpoint_root: args.checkpoint_root,
        attested_at: now,
        payable_at,
    })
}
