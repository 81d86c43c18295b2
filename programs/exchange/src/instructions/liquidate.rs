//! `liquidate`: anyone closes a perpetual position that is below its maintenance margin, for a fee from what is left.
//!
//! The position is judged at the anchor, which trades do not move: pushing the index liquidates nobody.

use pinocchio::ProgramResult;
use plumbline_shared::{account::Loaded, event::emit, fault::require};

use super::{Context, close_position::close, settle_funding::Perpetual};
use crate::{
    desk::Desk,
    interface::{accounts::Position, events::PositionLiquidated, fault},
    margin::Margins,
    number::saturate,
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let mut position = accounts.load::<Position>("position")?;
    let keeper = accounts.token_account("keeper_token_account")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    position.check(&desk)?;
    keeper.slot.require_writable()?;
    keeper.require_mint(&desk.exchange.infer_mint)?;
    keeper.require_holder(payer.key())?;
    require(position.holding.size != 0, &fault::NO_POSITION)?;
    position.settle_funding(&mut desk)?;
    let rules = desk.exchange.rules;
    let anchor = desk.index.market.anchor;
    let margins = Margins::of(&rules, desk.index.market.bound_ppm);
    require(margins.may_liquidate(&position.holding, anchor)?, &fault::POSITION_HEALTHY)?;
    let equity = saturate(position.holding.worth(anchor)?);
    let size = position.holding.size.unsigned_abs();
    let price = close(&mut desk, &mut position, size, rules.liquidation_fee_bps, 0)?;
    desk.pay_keeper(&keeper)?;
    desk.finish()?;
    position.store()?;
    tell(&desk, &position, size, price, equity)
}

#[inline(never)]
fn tell(desk: &Desk, position: &Loaded<Position>, size: u64, price: u128, equity: i64) -> ProgramResult {
    emit(&PositionLiquidated {
        position: *position.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: position.model,
        keeper: *desk.payer.key(),
        size,
        price,
        equity,
        settlement: desk.done,
        holding: position.holding,
        funding: position.funding,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}
