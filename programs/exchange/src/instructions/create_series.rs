//! `create_series`: dated futures of a model, settling on a point or on the average of a delivery period.
//!
//! Depth and bound of the basis are terms of the series and stay.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use super::{Context, require_authority};
use crate::{
    desk::{advance, emit_advanced},
    interface::{
        accounts::{Exchange, Index, SERIES_SPACE, Series},
        args::CreateSeriesArgs,
        events::SeriesCreated,
        fault,
        types::SeriesState,
    },
    price::depth_at,
    seed,
};

const THREE_YEARS_SECONDS: i64 = 3 * 366 * 86_400;

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: CreateSeriesArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let authority = accounts.signer("authority")?;
    let exchange = accounts.load::<Exchange>("exchange")?;
    let mut index = accounts.load::<Index>("index")?;
    let series = accounts.any("series")?;
    accounts.system_program("system_program")?;

    [&payer, &index.slot, &series].into_iter().try_for_each(Slot::require_writable)?;
    require_authority(&authority, &exchange)?;
    let now = unix_timestamp()?;
    check_delivery(&args, now)?;
    advance(&exchange, &mut index, now)?;

    let (begin, end) = (args.delivery_start.to_le_bytes(), args.expiry.to_le_bytes());
    let seeds = [seed::SERIES, &[index.model], begin.as_ref(), end.as_ref()];
    let bump = create_state(&series, SERIES_SPACE, &seeds, &payer, program_id)?;
    let anchor = index.market.anchor;
    let fields = Series {
        version: seed::VERSION,
        bump,
        model: index.model,
        index: *index.key(),
        is_average: args.delivery_start < args.expiry,
        delivery_start: args.delivery_start,
        expiry: args.expiry,
        basis_bound_ppm: u32::try_from(exchange.rules.series_basis_ppm).unwrap_or(u32::MAX),
        depth_gpu_seconds: depth_at(anchor, exchange.rules.index_trade_depth)?,
        created_at: now,
        market: SeriesState { last_price: anchor, traded_at: now, ..SeriesState::default() },
    };
    let mut created = Loaded::new(series, fields);
    for at in created.times() {
        require(index.wait_for(at), &fault::TOO_MANY_MILESTONES)?;
    }
    created.store()?;
    index.store()?;
    emit_advanced(&exchange, &index, now)?;
    tell(&created, &index)
}

fn check_delivery(args: &CreateSeriesArgs, now: i64) -> ProgramResult {
    let in_order = now <= args.delivery_start && args.delivery_start <= args.expiry && now < args.expiry;
    let is_near = args.expiry <= now.saturating_add(THREE_YEARS_SECONDS);
    require(in_order && is_near, &fault::INVALID_DELIVERY)
}

#[inline(never)]
fn tell(series: &Loaded<Series>, index: &Index) -> ProgramResult {
    emit(&SeriesCreated {
        series: *series.key(),
        index: series.index,
        model: series.model,
        is_average: series.is_average,
        delivery_start: series.delivery_start,
        expiry: series.expiry,
        basis_bound_ppm: series.basis_bound_ppm,
        depth_gpu_seconds: series.depth_gpu_seconds,
        market: series.market,
        milestones: index.milestones.clone(),
    })
}
