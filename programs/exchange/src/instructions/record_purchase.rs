//! `record_purchase`: a settled purchase pulls the index towards its price and makes it fresh.
//!
//! Called by the marketplace while it settles, so nothing about the purchase itself can make it fail: prices outside the
//! range count as its ends, and no volume pulls nothing.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    fault::CONSTRAINT_HAS_ONE,
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    desk::{PURCHASE, Trade, advance, emit_updated},
    interface::{
        accounts::{Exchange, Index},
        args::RecordPurchaseArgs,
    },
    number::{PPM, mul_div},
};

const SECONDS_PER_HOUR: u128 = 3_600;

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: RecordPurchaseArgs = read_args(data)?;
    let marketplace = accounts.signer("marketplace")?;
    let exchange = accounts.load::<Exchange>("exchange")?;
    let mut index = accounts.load::<Index>("index")?;

    marketplace.require_address(&exchange.marketplace)?;
    index.slot.require_writable()?;
    index.slot.require(index.model == args.model, &CONSTRAINT_HAS_ONE)?;
    let now = unix_timestamp()?;
    let rules = exchange.rules;
    advance(&exchange, &mut index, now)?;

    let paid = u128::from(args.price_per_gpu_hour).saturating_mul(PPM);
    let mark = index.market.mark(now, rules.mark_window_seconds)?;
    let state = &mut index.market;
    state.enter_slot(current_slot()?);
    state.pull(args.gpu_seconds, paid, rules.index_depth_gpu_seconds, rules.index_clamp_ppm, mark)?;
    state.anchored_at = now;
    state.publish(rules.index_clamp_ppm, now, mark)?;
    index.store()?;

    let value = mul_div(u128::from(args.gpu_seconds), u128::from(args.price_per_gpu_hour), SECONDS_PER_HOUR)?;
    let value = u64::try_from(value).unwrap_or(u64::MAX);
    let purchase = Trade { is_buy: true, size: args.gpu_seconds, value, price: paid };
    emit_updated(&index, PURCHASE, &purchase, mark)
}
