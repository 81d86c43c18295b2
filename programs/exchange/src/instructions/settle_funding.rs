//! `settle_funding`: one position pays or collects what has accrued since it last did. Every other instruction on a
//! position does the same first, so that nobody pays twice for a time or not at all.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Loaded,
    event::emit,
    fault::{CONSTRAINT_HAS_ONE, require},
};

use super::Context;
use crate::{
    desk::Desk,
    interface::{accounts::Position, events::FundingPaid, fault},
    number::{mul_div_signed, seconds, sub_signed},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let mut position = accounts.load::<Position>("position")?;
    let mut desk = Desk::load(program_id, &mut accounts, payer)?;

    position.check(&desk)?;
    require(position.holding.size != 0, &fault::NO_POSITION)?;
    let since = seconds(position.funded_at, desk.now);
    require(since >= desk.exchange.rules.funding_interval_seconds, &fault::FUNDING_NOT_DUE)?;
    position.settle_funding(&mut desk)?;
    desk.tell_advanced()?;
    desk.finish()?;
    position.store()?;
    emit(&FundingPaid {
        position: *position.key(),
        trader: *desk.trader.key(),
        owner: desk.trader.owner,
        model: position.model,
        settlement: desk.done,
        holding: position.holding,
        funding: position.funding,
        balance: desk.trader.balance,
        funds: desk.exchange.funds,
        at: desk.now,
    })
}

/// What the instructions on a perpetual position share.
pub trait Perpetual {
    fn check(&self, desk: &Desk) -> ProgramResult;
    fn settle_funding(&mut self, desk: &mut Desk) -> Result<(), ProgramError>;
}

impl Perpetual for Loaded<Position> {
    /// Writable, and of this trader and model.
    fn check(&self, desk: &Desk) -> ProgramResult {
        self.slot.require_writable()?;
        self.slot.require(self.trader == *desk.trader.key(), &CONSTRAINT_HAS_ONE)?;
        desk.index.slot.require(self.model == desk.index.model, &CONSTRAINT_HAS_ONE)
    }

    #[inline(never)]
    fn settle_funding(&mut self, desk: &mut Desk) -> Result<(), ProgramError> {
        let current = desk.index.market.funding_of(self.holding.size);
        let owed = sub_signed(current, self.funding)?;
        let units = mul_div_signed(owed, i128::from(self.holding.size.unsigned_abs()), 1)?;
        self.funding = current;
        self.funded_at = desk.now;
        desk.stake(&mut self.holding).settle_funding(units)
    }
}
