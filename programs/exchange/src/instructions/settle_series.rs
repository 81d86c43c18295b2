//! `settle_series`: fixes what an expired series settles on. The index kept what is needed when the times came, so it does
//! not matter who asks, or when.

use pinocchio::ProgramResult;
use plumbline_shared::{
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    desk::{advance, emit_advanced},
    interface::{
        accounts::{Exchange, Index, Series},
        events::SeriesSettled,
        fault,
    },
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let exchange = accounts.load::<Exchange>("exchange")?;
    let mut index = accounts.load::<Index>("index")?;
    let mut series = accounts.load::<Series>("series")?;

    index.slot.require_writable()?;
    series.slot.require_writable()?;
    series.slot.require(series.index == *index.key(), &CONSTRAINT_HAS_ONE)?;
    require(series.market.settled_at == 0, &fault::SERIES_SETTLED)?;
    let now = unix_timestamp()?;
    require(now >= series.expiry, &fault::SERIES_NOT_EXPIRED)?;

    advance(&exchange, &mut index, now)?;
    let price = series.settlement_price(&index)?;
    series.market.settlement_price = price;
    series.market.settled_at = now;
    series.times().for_each(|at| index.forget(at));
    series.store()?;
    index.store()?;
    emit_advanced(&exchange, &index, now)?;
    emit(&SeriesSettled {
        series: *series.key(),
        index: *index.key(),
        model: series.model,
        price,
        market: series.market,
        milestones: index.milestones.clone(),
    })
}
