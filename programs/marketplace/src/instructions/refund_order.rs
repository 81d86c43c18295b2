//! `refund_order`: the price goes back to the buyer when the order was never started in time, or was started and not
//! confirmed by its delivery deadline. Anyone may call it: the money has one way to go.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{account::Loaded, event::emit, fault::require, runtime::unix_timestamp, token::TokenAccount};

use super::Context;
use crate::{
    amount::{add, add_seconds},
    event::OrderRefunded,
    faults,
    order_end::EndingOrder,
    state::{ORDER_CREATED, ORDER_REFUNDED, ORDER_STARTED, Order, Settings},
};

const NEVER_STARTED: u8 = 0;
const DELIVERY_DEADLINE_PASSED: u8 = 1;

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut ending = EndingOrder {
        provider: accounts.load("provider")?,
        offer: accounts.load("offer")?,
        order: accounts.load("order")?,
        vault: accounts.token_account("vault")?,
        buyer: accounts.any("buyer")?,
    };
    let target = accounts.token_account("buyer_token_account")?;
    accounts.token_program("token_program")?;

    ending.check(program_id)?;
    check_target(&target, &ending)?;
    let now = unix_timestamp()?;
    let reason = reason(&ending.order, now)?;

    let surplus = ending.surplus()?;
    ending.pay(&target.slot, add(ending.order.amount, surplus)?)?;
    ending.close_vault()?;
    let bond_release_at = end_lock(&mut ending, &settings, reason, now)?;
    ending.store_ended(ORDER_REFUNDED, now)?;
    emit(&refunded(&ending.order, &target, reason, bond_release_at, surplus))
}

fn check_target(target: &TokenAccount, ending: &EndingOrder) -> ProgramResult {
    target.slot.require_writable()?;
    // The vault of the order is held by the order, so it can never pass for an account of the buyer.
    let is_buyers = target.holder == ending.order.buyer && target.mint == ending.order.mint;
    target.slot.require(is_buyers, &faults::INVALID_BUYER_TOKEN_ACCOUNT)
}

fn reason(order: &Order, now: i64) -> Result<u8, ProgramError> {
    match order.status {
        ORDER_CREATED => {
            require(now > order.start_deadline, &faults::START_DEADLINE_NOT_PASSED)?;
            Ok(NEVER_STARTED)
        }
        ORDER_STARTED => {
            require(now > order.delivery_deadline, &faults::DELIVERY_DEADLINE_NOT_PASSED)?;
            Ok(DELIVERY_DEADLINE_PASSED)
        }
        _ => Err(faults::ORDER_ENDED.raise()),
    }
}

/// An order that never started leaves nothing to challenge; one that failed holds the bond for another window.
fn end_lock(ending: &mut EndingOrder, settings: &Settings, reason: u8, now: i64) -> Result<i64, ProgramError> {
    let amount = ending.order.bond_locked;
    if reason == NEVER_STARTED {
        ending.provider.unlock(amount, now)?;
        return Ok(now);
    }
    let window_seconds = settings.challenge_window_seconds;
    ending.provider.unlock_later(amount, add_seconds(now, window_seconds)?, window_seconds, now)
}

fn refunded(
    order: &Loaded<Order>,
    target: &TokenAccount,
    reason: u8,
    bond_release_at: i64,
    surplus: u64,
) -> OrderRefunded {
    OrderRefunded {
        order: *order.key(),
        provider: order.provider,
        operator_pool: order.operator_pool,
        buyer: order.buyer,
        mint: order.mint,
        amount: order.amount,
        reason,
        refunded_at: order.ended_at,
        bond_locked: order.bond_locked,
        bond_release_at,
        surplus,
        refunded_to: *target.key(),
    }
}
