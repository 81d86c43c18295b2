//! `open_position`: opens or enlarges a perpetual position, or adds margin to it.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
};

use super::{Context, settle_funding::Perpetual};
use crate::{
    desk::{Desk, Trade, require_price},
    interface::{
        accounts::{POSITION_SPACE, Position},
        args::OpenPositionArgs,
        events::PositionOpened,
        fault,
        types::Holding,
    },
    margin::Margins,
    number::add,
    seed,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: OpenPositionArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let slot = accounts.any("position")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    slot.require_writable()?;
    desk.require_owner(&owner)?;
    require(args.size != 0 || args.margin > 0, &fault::ZERO_SIZE)?;
    let mut position = find_or_create(slot, &desk, program_id)?;
    position.settle_funding(&mut desk)?;
    desk.stake(&mut position.holding).lock(args.margin)?;
    let price = if args.size == 0 { add_margin(&desk, &position)? } else { open(&mut desk, &mut position, &args)? };
    desk.finish()?;
    position.store()?;
    tell(&desk, &position, &args, price)
}

#[inline(never)]
fn find_or_create(slot: Slot, desk: &Desk, program_id: &Address) -> Result<Loaded<Position>, ProgramError> {
    let (trader, model) = (*desk.trader.key(), desk.index.model);
    if slot.view.owned_by(program_id) {
        let position = slot.load::<Position>(program_id)?;
        let is_theirs = position.trader == trader && position.model == model;
        slot.require(is_theirs, &CONSTRAINT_HAS_ONE)?;
        return Ok(position);
    }
    let seeds = [seed::POSITION, trader.as_ref(), &[model]];
    let bump = create_state(&slot, POSITION_SPACE, &seeds, &desk.payer, program_id)?;
    let fresh = Position {
        version: seed::VERSION,
        bump,
        model,
        trader,
        holding: Holding::default(),
        funding: 0,
        funded_at: desk.now,
    };
    Ok(Loaded::new(slot, fresh))
}

fn add_margin(desk: &Desk, position: &Position) -> Result<u128, ProgramError> {
    require(position.holding.size != 0, &fault::NO_POSITION)?;
    desk.tell_advanced()?;
    Ok(0)
}

#[inline(never)]
fn open(desk: &mut Desk, position: &mut Loaded<Position>, args: &OpenPositionArgs) -> Result<u128, ProgramError> {
    let (is_long, size) = (args.size > 0, args.size.unsigned_abs());
    let rules = desk.exchange.rules;
    desk.require_open()?;
    require(position.holding.size.signum() != args.size.signum().saturating_neg(), &fault::OPPOSITE_SIDE)?;
    let state = &mut desk.index.market;
    state.adopt_curve(rules.index_trade_depth, rules.maintenance_margin_bps)?;
    let side = if is_long { &mut state.long_size } else { &mut state.short_size };
    *side = add(*side, size)?;
    let price = state.target(state.skew())?;
    require_price(is_long, price, args.price_limit)?;

    let value = desk.stake(&mut position.holding).enlarge(args.size, price, rules.trade_fee_bps)?;
    desk.count_opened(is_long, value)?;
    position.funding = desk.index.market.funding_of(args.size);
    let margins = Margins::of(&rules, desk.index.market.bound_ppm);
    let is_covered = margins.may_open(&position.holding, price, desk.index.market.anchor)?;
    require(is_covered, &fault::INSUFFICIENT_MARGIN)?;
    desk.publish(&Trade { is_buy: is_long, size, value, price })?;
    Ok(price)
}

#[inline(never)]
fn tell(desk: &Desk, position: &Loaded<Position>, args: &OpenPositionArgs, price: u128) -> ProgramResult {
    emit(&PositionOpened {
        position: *position.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: position.model,
        size: args.size,
        price,
        margin: args.margin,
        settlement: desk.done,
        holding: position.holding,
        funding: position.funding,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}
