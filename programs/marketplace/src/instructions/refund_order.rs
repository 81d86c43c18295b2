//! `refund_order`: what an order still owes goes back to the buyer. Anyone may call it: the money has one way to go.
//!
//! Created orders: when the start deadline has passed. Prepaid ones: when the delivery deadline has, or the arbiter's time
//! without a ruling. Sessions: when the lease is over, nothing can be attested any more and all that was is paid.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{account::Loaded, event::emit, fault::require, runtime::unix_timestamp, token::TokenAccount};

use super::Context;
use crate::{
    amount::{add, add_seconds},
    event::{OrderRefunded, SessionClosed},
    faults,
    order_end::EndingOrder,
    state::{
        ORDER_CREATED, ORDER_DISPUTED, ORDER_REFUNDED, ORDER_SETTLED, Order, REFUND_DEADLINE_PASSED,
        REFUND_NEVER_STARTED, REFUND_NOBODY_RULED, REFUND_UNUSED, Settings,
    },
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut ending = EndingOrder::load(&mut accounts)?;
    let target = accounts.token_account("buyer_token_account")?;
    accounts.token_program("token_program")?;

    ending.check(program_id)?;
    target.slot.require_writable()?;
    ending.check_buyer_account(&target)?;
    let now = unix_timestamp()?;
    let reason = reason(&ending.order, &settings, now)?;

    let (amount, surplus) = (ending.remaining()?, ending.surplus()?);
    ending.pay(&target.slot, add(amount, surplus)?)?;
    ending.close_vault()?;
    let bond_release_at = end_lock(&mut ending, &settings, reason, now)?;
    if ending.order.paid == 0 {
        ending.store_ended(ORDER_REFUNDED, now)?;
        return emit(&refunded(&ending.order, &target, reason, bond_release_at, (amount, surplus)));
    }
    ending.store_ended(ORDER_SETTLED, now)?;
    emit(&closed(&ending.order, &target, bond_release_at, (amount, surplus)))
}

fn reason(order: &Order, settings: &Settings, now: i64) -> Result<u8, ProgramError> {
    if order.status == ORDER_CREATED {
        require(now > order.start_deadline, &faults::START_DEADLINE_NOT_PASSED)?;
        return Ok(REFUND_NEVER_STARTED);
    }
    order.require_live(now)?;
    if order.is_streaming {
        require_session_over(order, settings, now)?;
        return Ok(REFUND_UNUSED);
    }
    if order.status == ORDER_DISPUTED {
        return Ok(REFUND_NOBODY_RULED);
    }
    require(now > order.delivery_deadline, &faults::DELIVERY_DEADLINE_NOT_PASSED)?;
    Ok(REFUND_DEADLINE_PASSED)
}

fn require_session_over(order: &Order, settings: &Settings, now: i64) -> ProgramResult {
    require(order.lease_ended_at != 0, &faults::SESSION_NOT_OVER)?;
    let last_call = add_seconds(order.lease_ended_at, settings.stream_attest_timeout_seconds)?;
    let is_all_attested = order.attested_seconds >= order.used_seconds(now)?;
    require(is_all_attested || now > last_call, &faults::SESSION_NOT_OVER)?;
    // What a failed challenge has left unpaid is never settled.
    require(order.marks.is_empty() || order.failed_challenge_count > 0, &faults::USAGE_NOT_SETTLED)
}

/// An order that never started leaves nothing to challenge; any other holds the bond for another window.
fn end_lock(ending: &mut EndingOrder, settings: &Settings, reason: u8, now: i64) -> Result<i64, ProgramError> {
    let amount = ending.order.bond_locked;
    if reason == REFUND_NEVER_STARTED {
        ending.provider.unlock(amount, now)?;
        return Ok(now);
    }
    let window_seconds = settings.challenge_window_seconds;
    ending.provider.unlock_later(amount, add_seconds(now, window_seconds)?, window_seconds, now)
}

pub fn refunded(
    order: &Loaded<Order>,
    target: &TokenAccount,
    reason: u8,
    bond_release_at: i64,
    (amount, surplus): (u64, u64),
) -> OrderRefunded {
    OrderRefunded {
        order: *order.key(),
        provider: order.provider,
        operator_pool: order.operator_pool,
        buyer: order.buyer,
        mint: order.mint,
        amount,
        reason,
        refunded_at: order.ended_at,
        bond_locked: order.bond_locked,
        bond_release_at,
        surplus,
        refunded_to: *target.key(),
    }
}

fn closed(
    order: &Loaded<Order>,
    target: &TokenAccount,
    bond_release_at: i64,
    (refunded, surplus): (u64, u64),
) -> SessionClosed {
    SessionClosed {
        order: *order.key(),
        provider: order.provider,
        operator_pool: order.operator_pool,
        buyer: order.buyer,
        mint: order.mint,
        paid: order.paid,
        settled_seconds: order.settled_seconds,
        refunded,
        closed_at: order.ended_at,
        bond_locked: order.bond_locked,
        bond_release_at,
        surplus,
        refunded_to: *target.key(),
    }
}
