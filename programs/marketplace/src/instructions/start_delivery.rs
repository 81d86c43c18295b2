//! `start_delivery`: the provider hands over access, not later than the start deadline.

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
    event::DeliveryStarted,
    faults,
    interface::args::StartDeliveryArgs,
    state::{ORDER_CREATED, ORDER_STARTED, Order, Provider, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: StartDeliveryArgs = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut order = accounts.load::<Order>("order")?;

    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.slot.require_writable()?;
    order.slot.require(order.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(order.status == ORDER_CREATED, &faults::ORDER_NOT_WAITING)?;
    let now = unix_timestamp()?;
    require(now <= order.start_deadline, &faults::START_DEADLINE_PASSED)?;

    let bought_time_ends_at = add_seconds(now, order.seconds)?;
    order.status = ORDER_STARTED;
    order.endpoint_hash = args.endpoint_hash;
    order.started_at = now;
    order.attested_at = now;
    order.delivery_deadline = add_seconds(bought_time_ends_at, settings.confirm_window_seconds)?;
    order.store()?;
    emit(&DeliveryStarted {
        order: *order.key(),
        provider: order.provider,
        buyer: order.buyer,
        endpoint_hash: order.endpoint_hash,
        started_at: order.started_at,
        delivery_deadline: order.delivery_deadline,
    })
}
