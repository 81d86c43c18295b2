//! `liquidate_future`: as `liquidate`, for a position in a series that has not expired; judged at the price the series
//! would settle on.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Loaded,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
};

use super::{
    Context,
    trade_future::{check_series, close},
};
use crate::{
    desk::Desk,
    interface::{
        accounts::{FuturePosition, Series},
        events::FutureLiquidated,
        fault,
    },
    margin::Margins,
    number::saturate,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let mut position = accounts.load::<FuturePosition>("future_position")?;
    let keeper = accounts.token_account("keeper_token_account")?;
    let mut series = accounts.load::<Series>("series")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    check_future(&position, &series, &desk)?;
    keeper.slot.require_writable()?;
    keeper.require_mint(&desk.exchange.infer_mint)?;
    keeper.require_holder(payer.key())?;
    require(position.holding.size != 0, &fault::NO_POSITION)?;
    require(desk.now < series.expiry, &fault::SERIES_EXPIRED)?;
    let rules = desk.exchange.rules;
    let reference = series.reference(&desk.index, desk.now)?;
    let margins = Margins::of(&rules, series.basis_bound_ppm);
    require(margins.may_liquidate(&position.holding, reference)?, &fault::POSITION_HEALTHY)?;
    let equity = saturate(position.holding.worth(reference)?);
    let size = position.holding.size.unsigned_abs();
    let price = close(&mut desk, &mut series, &mut position, size, rules.liquidation_fee_bps, 0)?;
    desk.tell_advanced()?;
    desk.pay_keeper(&keeper)?;
    desk.finish()?;
    series.store()?;
    position.store()?;
    tell(&desk, &series, &position, (size, price, equity))
}

/// Writable, of this trader, in this series, and the series of this index.
pub fn check_future(position: &Loaded<FuturePosition>, series: &Loaded<Series>, desk: &Desk) -> ProgramResult {
    position.slot.require_writable()?;
    position.slot.require(position.trader == *desk.trader.key(), &CONSTRAINT_HAS_ONE)?;
    series.slot.require(position.series == *series.key(), &CONSTRAINT_HAS_ONE)?;
    check_series(series, desk)
}

#[inline(never)]
fn tell(
    desk: &Desk,
    series: &Loaded<Series>,
    position: &Loaded<FuturePosition>,
    (size, price, equity): (u64, u128, i64),
) -> ProgramResult {
    emit(&FutureLiquidated {
        future_position: *position.key(),
        series: *series.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: series.model,
        keeper: *desk.payer.key(),
        size,
        price,
        equity,
        settlement: desk.done,
        holding: position.holding,
        market: series.market,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}
