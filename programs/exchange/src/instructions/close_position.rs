//! `close_position`: closes a perpetual position or a part of it. Possible at any time: when the price is stale, when
//! opening is paused, when bankroll and insurance are empty.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{account::Loaded, entry::read_args, event::emit, fault::require};

use super::{Context, settle_funding::Perpetual};
use crate::{
    desk::{Desk, Trade, require_price},
    interface::{accounts::Position, args::ClosePositionArgs, events::PositionClosed, fault},
    margin::notional,
    number::sub,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: ClosePositionArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let mut position = accounts.load::<Position>("position")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    position.check(&desk)?;
    desk.require_owner(&owner)?;
    require(args.size > 0, &fault::ZERO_SIZE)?;
    position.settle_funding(&mut desk)?;
    let price = close(&mut desk, &mut position, args.size, 0, args.price_limit)?;
    desk.finish()?;
    position.store()?;
    emit(&PositionClosed {
        position: *position.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: position.model,
        size: args.size,
        price,
        settlement: desk.done,
        holding: position.holding,
        funding: position.funding,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}

/// Close `size` of a position whose funding is settled. Returns the price.
#[inline(never)]
pub fn close(
    desk: &mut Desk,
    position: &mut Loaded<Position>,
    size: u64,
    keeper_fee_bps: u64,
    price_limit: u128,
) -> Result<u128, ProgramError> {
    let open = position.holding.size;
    require(open != 0, &fault::NO_POSITION)?;
    require(size <= open.unsigned_abs(), &fault::SIZE_ABOVE_POSITION)?;
    let is_long = open > 0;
    let fee_bps = desk.exchange.rules.trade_fee_bps;
    let state = &mut desk.index.market;
    let side = if is_long { &mut state.long_size } else { &mut state.short_size };
    *side = sub(*side, size)?;
    let price = state.target(state.skew())?;
    require_price(!is_long, price, price_limit)?;
    let gone = desk.stake(&mut position.holding).reduce(size, price, fee_bps, keeper_fee_bps)?;
    desk.count_closed(is_long, gone)?;
    let value = notional(size, price).unwrap_or(u64::MAX);
    desk.publish(&Trade { is_buy: !is_long, size, value, price })?;
    Ok(price)
}
