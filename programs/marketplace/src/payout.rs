//! The event of an order that was paid out, by confirmation or by a ruling.

use pinocchio::Address;
use plumbline_shared::account::Loaded;

use crate::{
    event::OrderSettled,
    settlement::{Paid, Payment},
    state::Order,
};

/// How an order ended, beyond what was paid for use.
pub struct Ending {
    pub gpu_seconds: u64,
    pub amount: u64,
    pub refunded: u64,
    pub surplus: u64,
    pub bond_release_at: i64,
}

pub fn settled(
    order: &Loaded<Order>,
    payment: &Payment,
    paid: &Paid,
    end: Ending,
    confirmed_by: Address,
) -> OrderSettled {
    OrderSettled {
        order: *order.key(),
        provider: order.provider,
        operator_pool: order.operator_pool,
        buyer: order.buyer,
        model: order.model,
        mint: order.mint,
        gpu_seconds: end.gpu_seconds,
        amount: end.amount,
        provider_amount: paid.parts.provider,
        fee: paid.parts.fee,
        fee_treasury: paid.parts.treasury,
        fee_burn: paid.parts.burn,
        fee_verifier: paid.parts.verifier,
        paid_to: *payment.provider_account.key(),
        paid_to_staking_vault: paid.is_to_staking,
        settled_at: order.ended_at,
        challenge_ends_at: order.challenge_ends_at,
        bond_locked: order.bond_locked,
        bond_release_at: end.bond_release_at,
        surplus: end.surplus,
        confirmed_by,
        fee_infer: paid.fee_infer,
        refunded: end.refunded,
        price_per_gpu_hour: order.price_per_gpu_hour,
    }
}
