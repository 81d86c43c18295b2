//! `trade_future`: buys or sells in a series before its expiry. What reduces a position is closing, and is as free as
//! closing a perpetual one; what enlarges it is opening.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
};

use super::Context;
use crate::{
    desk::{Desk, require_price},
    interface::{
        accounts::{FUTURE_POSITION_SPACE, FuturePosition, Series},
        args::TradeFutureArgs,
        events::FutureTraded,
        fault,
        types::Holding,
    },
    margin::Margins,
    number::{add, sub},
    seed,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: TradeFutureArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let slot = accounts.any("future_position")?;
    let mut series = accounts.load::<Series>("series")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    slot.require_writable()?;
    check_series(&series, &desk)?;
    desk.require_owner(&owner)?;
    require(args.size != 0 || args.margin > 0, &fault::ZERO_SIZE)?;
    require(desk.now < series.expiry, &fault::SERIES_EXPIRED)?;
    let mut position = find_or_create(slot, &desk, &series, program_id)?;
    desk.stake(&mut position.holding).lock(args.margin)?;
    let open = position.holding.size;
    let price = if args.size == 0 {
        require(open != 0, &fault::NO_POSITION)?;
        0
    } else if open.signum() == args.size.signum().saturating_neg() {
        require(args.size.unsigned_abs() <= open.unsigned_abs(), &fault::SIZE_ABOVE_POSITION)?;
        close(&mut desk, &mut series, &mut position, args.size.unsigned_abs(), 0, args.price_limit)?
    } else {
        enlarge(&mut desk, &mut series, &mut position, &args)?
    };
    desk.tell_advanced()?;
    desk.finish()?;
    series.store()?;
    position.store()?;
    tell(&desk, &series, &position, &args, price)
}

/// Writable, and of this index.
pub fn check_series(series: &Loaded<Series>, desk: &Desk) -> ProgramResult {
    series.slot.require_writable()?;
    series.slot.require(series.index == *desk.index.key(), &CONSTRAINT_HAS_ONE)
}

#[inline(never)]
fn find_or_create(
    slot: Slot,
    desk: &Desk,
    series: &Loaded<Series>,
    program_id: &Address,
) -> Result<Loaded<FuturePosition>, ProgramError> {
    let (trader, series) = (*desk.trader.key(), *series.key());
    if slot.view.owned_by(program_id) {
        let position = slot.load::<FuturePosition>(program_id)?;
        let is_theirs = position.trader == trader && position.series == series;
        slot.require(is_theirs, &CONSTRAINT_HAS_ONE)?;
        return Ok(position);
    }
    let seeds = [seed::FUTURE_POSITION, series.as_ref(), trader.as_ref()];
    let bump = create_state(&slot, FUTURE_POSITION_SPACE, &seeds, &desk.payer, program_id)?;
    let fresh = FuturePosition { version: seed::VERSION, bump, series, trader, holding: Holding::default() };
    Ok(Loaded::new(slot, fresh))
}

#[inline(never)]
fn enlarge(
    desk: &mut Desk,
    series: &mut Series,
    position: &mut Loaded<FuturePosition>,
    args: &TradeFutureArgs,
) -> Result<u128, ProgramError> {
    let (is_long, size) = (args.size > 0, args.size.unsigned_abs());
    let rules = desk.exchange.rules;
    desk.require_open()?;
    let side = if is_long { &mut series.market.long_size } else { &mut series.market.short_size };
    *side = add(*side, size)?;
    let reference = series.reference(&desk.index, desk.now)?;
    let price = series.price(reference, series.market.long_size, series.market.short_size)?;
    require_price(is_long, price, args.price_limit)?;
    let value = desk.stake(&mut position.holding).enlarge(args.size, price, rules.trade_fee_bps)?;
    desk.count_opened(is_long, value)?;
    let margins = Margins::of(&rules, series.basis_bound_ppm);
    require(margins.may_open(&position.holding, price, reference)?, &fault::INSUFFICIENT_MARGIN)?;
    series.market.last_price = price;
    series.market.traded_at = desk.now;
    Ok(price)
}

/// Close `size` of a position before expiry. Returns the price.
#[inline(never)]
pub fn close(
    desk: &mut Desk,
    series: &mut Series,
    position: &mut Loaded<FuturePosition>,
    size: u64,
    keeper_fee_bps: u64,
    price_limit: u128,
) -> Result<u128, ProgramError> {
    let is_long = position.holding.size > 0;
    let side = if is_long { &mut series.market.long_size } else { &mut series.market.short_size };
    *side = sub(*side, size)?;
    let reference = series.reference(&desk.index, desk.now)?;
    let price = series.price(reference, series.market.long_size, series.market.short_size)?;
    require_price(!is_long, price, price_limit)?;
    let fee_bps = desk.exchange.rules.trade_fee_bps;
    let gone = desk.stake(&mut position.holding).reduce(size, price, fee_bps, keeper_fee_bps)?;
    desk.count_closed(is_long, gone)?;
    series.market.last_price = price;
    series.market.traded_at = desk.now;
    Ok(price)
}

#[inline(never)]
fn tell(
    desk: &Desk,
    series: &Loaded<Series>,
    position: &Loaded<FuturePosition>,
    args: &TradeFutureArgs,
    price: u128,
) -> ProgramResult {
    emit(&FutureTraded {
        future_position: *position.key(),
        series: *series.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: series.model,
        size: args.size,
        price,
        margin: args.margin,
        settlement: desk.done,
        holding: position.holding,
        market: series.market,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}
