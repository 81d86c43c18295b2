//! `settle_future_position`: a position of a settled series is paid out to its trader. Anyone may call it: the money has
//! one way to go.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{account::Loaded, event::emit, fault::require};

use super::{Context, liquidate_future::check_future};
use crate::{
    desk::Desk,
    interface::{
        accounts::{FuturePosition, Series},
        events::FuturePositionSettled,
        fault,
    },
    number::sub,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let mut position = accounts.load::<FuturePosition>("future_position")?;
    let mut series = accounts.load::<Series>("series")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    check_future(&position, &series, &desk)?;
    require(series.market.settled_at != 0, &fault::SERIES_NOT_SETTLED)?;
    let size = position.holding.size.unsigned_abs();
    settle(&mut desk, &mut series, &mut position)?;
    desk.tell_advanced()?;
    desk.finish()?;
    series.store()?;
    position.store()?;
    emit(&FuturePositionSettled {
        future_position: *position.key(),
        series: *series.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: series.model,
        size,
        price: series.market.settlement_price,
        settlement: desk.done,
        holding: position.holding,
        market: series.market,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}

#[inline(never)]
fn settle(desk: &mut Desk, series: &mut Series, position: &mut Loaded<FuturePosition>) -> Result<(), ProgramError> {
    let (is_long, size) = (position.holding.size > 0, position.holding.size.unsigned_abs());
    require(size > 0, &fault::NO_POSITION)?;
    let side = if is_long { &mut series.market.long_size } else { &mut series.market.short_size };
    *side = sub(*side, size)?;
    let fee_bps = desk.exchange.rules.trade_fee_bps;
    let price = series.market.settlement_price;
    let gone = desk.stake(&mut position.holding).reduce(size, price, fee_bps, 0)?;
    desk.count_closed(is_long, gone)
}
