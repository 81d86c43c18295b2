//! Opening and closing, for perpetual positions and futures alike: what moves between a position, its trader and the
//! funds of the exchange. Pure.
//!
//! Margin is isolated: a position loses no more than its own collateral. Gains go to the trader's free collateral.

use pinocchio::error::ProgramError;
use plumbline_shared::fault::require;

use crate::{
    interface::{
        fault,
        types::{Balance, Funds, Holding, Settlement},
    },
    margin::{fee, notional, pnl},
    number::{add, add_wide, mul_div, mul_div_up, narrow, saturate, sub},
    price::UNITS_PER_BASE,
};

type Result<T> = core::result::Result<T, ProgramError>;

/// Most GPU-seconds of a position: more than a hundred thousand GPU-years.
pub const MAX_SIZE: u64 = 10_000_000_000_000;

/// A position with everything that its money moves between, and the record of what was moved.
pub struct Stake<'a> {
    pub holding: &'a mut Holding,
    pub balance: &'a mut Balance,
    pub funds: &'a mut Funds,
    pub done: &'a mut Settlement,
}

impl Stake<'_> {
    /// Pay or collect funding of `units` price units times GPU-seconds; what is owed is rounded up, what is received down.
    pub fn settle_funding(&mut self, units: i128) -> Result<()> {
        let size = units.unsigned_abs();
        if units > 0 {
            let owed = size.div_ceil(UNITS_PER_BASE);
            self.done.funding = saturate(i128::try_from(owed).unwrap_or(i128::MAX));
            self.take(owed)
        } else {
            let due = i128::try_from(mul_div(size, 1, UNITS_PER_BASE)?).unwrap_or(i128::MAX);
            self.done.funding = saturate(due).saturating_neg();
            self.give(due)
        }
    }

    /// Make free collateral the margin of the position.
    pub fn lock(&mut self, margin: u64) -> Result<()> {
        let free = sub(self.balance.collateral, self.balance.locked)?;
        require(margin <= free, &fault::INSUFFICIENT_COLLATERAL)?;
        self.balance.locked = add(self.balance.locked, margin)?;
        self.holding.collateral = add(self.holding.collateral, margin)?;
        Ok(())
    }

    /// Add `size` of the position's own side at `price`. Returns the notional that was added.
    pub fn enlarge(&mut self, size: i64, price: u128, fee_bps: u64) -> Result<u64> {
        let holding = &mut *self.holding;
        let total = add(holding.size.unsigned_abs(), size.unsigned_abs())?;
        require(total <= MAX_SIZE, &fault::SIZE_TOO_LARGE)?;
        let old_units = mul_div(u128::from(holding.size.unsigned_abs()), holding.entry_price, 1)?;
        let units = add_wide(old_units, mul_div(u128::from(size.unsigned_abs()), price, 1)?)?;
        // The mean is rounded against the trader: a long has paid more, a short has received less.
        holding.entry_price =
            if size > 0 { mul_div_up(units, 1, u128::from(total))? } else { mul_div(units, 1, u128::from(total))? };
        holding.size = holding.size.checked_add(size).ok_or(ProgramError::ArithmeticOverflow)?;
        let added = notional(size.unsigned_abs(), price)?;
        holding.notional = add(holding.notional, added)?;
        self.funds.open_notional = add(self.funds.open_notional, added)?;
        self.charge(fee(added, fee_bps)?)?;
        Ok(added)
    }

    /// Close `size` GPU-seconds at `price`. Returns the entry notional that is no longer open. Loss, keeper's fee and fee
    /// are taken in this order, each as far as margin reaches; a part of the position takes its part of what is left of
    /// the margin with it.
    pub fn reduce(&mut self, size: u64, price: u128, fee_bps: u64, keeper_fee_bps: u64) -> Result<u64> {
        let open = self.holding.size.unsigned_abs();
        require(size > 0 && size <= open, if open == 0 { &fault::NO_POSITION } else { &fault::SIZE_ABOVE_POSITION })?;
        let is_long = self.holding.size > 0;
        let closed = i64::try_from(size).map_err(|_| ProgramError::ArithmeticOverflow)?;
        let gain = pnl(if is_long { closed } else { closed.saturating_neg() }, self.holding.entry_price, price)?;
        let before = self.holding.collateral;
        let gone = narrow(mul_div(u128::from(self.holding.notional), u128::from(size), u128::from(open))?)?;
        let value = notional(size, price).unwrap_or(u64::MAX);

        self.done.pnl = saturate(gain);
        if gain < 0 {
            self.take(gain.unsigned_abs())?;
        }
        self.done.keeper_fee = self.keep(fee(value, keeper_fee_bps).unwrap_or(u64::MAX))?;
        self.charge(fee(value, fee_bps).unwrap_or(u64::MAX))?;
        self.holding.size =
            if is_long { self.holding.size.checked_sub(closed) } else { self.holding.size.checked_add(closed) }
                .ok_or(ProgramError::ArithmeticOverflow)?;
        self.holding.notional = sub(self.holding.notional, gone)?;
        self.funds.open_notional = sub(self.funds.open_notional, gone)?;
        self.release(before, size, open)?;
        if gain > 0 {
            self.give(gain)?;
        }
        if self.holding.size == 0 {
            self.holding.entry_price = 0;
        }
        Ok(gone)
    }

    /// Take what is owed from the margin of the position; the rest is a shortfall.
    fn take(&mut self, owed: u128) -> Result<()> {
        let owed = u64::try_from(owed).unwrap_or(u64::MAX);
        let paid = owed.min(self.holding.collateral);
        self.unlock(paid)?;
        self.balance.collateral = sub(self.balance.collateral, paid)?;
        self.funds.collect(paid)?;
        let shortfall = sub(owed, paid)?;
        self.done.shortfall = self.done.shortfall.saturating_add(shortfall);
        let covered = self.funds.cover(shortfall)?;
        self.done.covered = add(self.done.covered, covered)?;
        Ok(())
    }

    /// Fee for the insurance fund, as far as margin reaches.
    fn charge(&mut self, fee: u64) -> Result<()> {
        let paid = fee.min(self.holding.collateral);
        self.unlock(paid)?;
        self.balance.collateral = sub(self.balance.collateral, paid)?;
        self.funds.collect_fee(paid)?;
        self.done.fee = paid;
        Ok(())
    }

    /// Fee of the keeper, as far as margin reaches: it leaves the funds.
    fn keep(&mut self, fee: u64) -> Result<u64> {
        let paid = fee.min(self.holding.collateral);
        self.unlock(paid)?;
        self.balance.collateral = sub(self.balance.collateral, paid)?;
        self.funds.margin = sub(self.funds.margin, paid)?;
        Ok(paid)
    }

    /// Free the closed part's share of the margin, rounded down, less what was taken for it.
    fn release(&mut self, before: u64, size: u64, open: u64) -> Result<()> {
        let share = narrow(mul_div(u128::from(before), u128::from(size), u128::from(open))?)?;
        let taken = sub(before, self.holding.collateral)?;
        let released = share.saturating_sub(taken);
        self.unlock(released)?;
        self.done.released = released;
        Ok(())
    }

    /// Pay what is due to the trader; what cannot be paid is left for a claim.
    fn give(&mut self, due: i128) -> Result<()> {
        let payment = self.funds.pay(u64::try_from(due).unwrap_or(u64::MAX))?;
        self.balance.collateral = add(self.balance.collateral, add(payment.bankroll, payment.insurance)?)?;
        self.done.from_bankroll = add(self.done.from_bankroll, payment.bankroll)?;
        self.done.from_insurance = add(self.done.from_insurance, payment.insurance)?;
        self.done.claimed = self.done.claimed.saturating_add(payment.unpaid);
        Ok(())
    }

    fn unlock(&mut self, amount: u64) -> Result<()> {
        self.holding.collateral = sub(self.holding.collateral, amount)?;
        self.balance.locked = sub(self.balance.locked, amount)?;
        Ok(())
    }
}
