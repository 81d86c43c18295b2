//! What a position is worth and what it needs. Pure. Worth is rounded down, need is rounded up.

use pinocchio::error::ProgramError;

use crate::{
    interface::types::{Holding, Rules},
    number::{PPM, add_signed, mul_div, mul_div_signed, mul_div_up, narrow, signed, sub_signed},
    price::{UNITS_PER_BASE, bound_of},
};

type Result<T> = core::result::Result<T, ProgramError>;

const PPM_PER_BPS: u64 = 100;

/// Notional of `size` GPU-seconds, rounded up.
pub fn notional(size: u64, price: u128) -> Result<u64> {
    narrow(mul_div_up(u128::from(size), price, UNITS_PER_BASE)?)
}

/// `ceil(notional * bps / 10000)`.
pub fn fee(notional: u64, bps: u64) -> Result<u64> {
    narrow(mul_div_up(u128::from(notional), u128::from(bps), crate::number::BPS)?)
}

/// Profit or loss of `size` that was bought (above zero) or sold at `entry_price`, rounded down.
pub fn pnl(size: i64, entry_price: u128, price: u128) -> Result<i128> {
    let gain = sub_signed(signed(price)?, signed(entry_price)?)?;
    mul_div_signed(gain, i128::from(size), signed(UNITS_PER_BASE)?)
}

/// The two margins of a market, in millionths of the notional.
pub struct Margins {
    initial_ppm: u64,
    maintenance_ppm: u64,
}

impl Margins {
    /// `bound_ppm` is how far trades may hold the price from its reference. Half of the maintenance margin is there for
    /// that; a market with a wider bound asks for the difference on top of both margins.
    pub fn of(rules: &Rules, bound_ppm: u32) -> Self {
        let extra = u64::from(bound_ppm.saturating_sub(bound_of(rules.maintenance_margin_bps)));
        let ppm = |bps: u64| bps.saturating_mul(PPM_PER_BPS).saturating_add(extra);
        Self { initial_ppm: ppm(rules.initial_margin_bps), maintenance_ppm: ppm(rules.maintenance_margin_bps) }
    }

    /// Whether a position may stand after opening: initial margin at the price of the trade, maintenance margin at the
    /// reference. Unrealised gains do not count.
    pub fn may_open(&self, holding: &Holding, price: u128, reference: u128) -> Result<bool> {
        let at_price = holding.worth_without_gain(price)? >= holding.need(price, self.initial_ppm)?;
        let at_reference = holding.worth_without_gain(reference)? >= holding.need(reference, self.maintenance_ppm)?;
        Ok(at_price && at_reference)
    }

    /// Whether the position is below its maintenance margin. Judged at the reference, which no trade moves.
    pub fn may_liquidate(&self, holding: &Holding, reference: u128) -> Result<bool> {
        Ok(holding.worth(reference)? < holding.need(reference, self.maintenance_ppm)?)
    }
}

impl Holding {
    pub fn worth(&self, price: u128) -> Result<i128> {
        add_signed(i128::from(self.collateral), pnl(self.size, self.entry_price, price)?)
    }

    fn worth_without_gain(&self, price: u128) -> Result<i128> {
        add_signed(i128::from(self.collateral), pnl(self.size, self.entry_price, price)?.min(0))
    }

    fn need(&self, price: u128, margin_ppm: u64) -> Result<i128> {
        let units = mul_div(u128::from(self.size.unsigned_abs()), price, 1)?;
        let notional = units.div_ceil(UNITS_PER_BASE);
        signed(mul_div_up(notional, u128::from(margin_ppm), PPM)?)
    }
}
