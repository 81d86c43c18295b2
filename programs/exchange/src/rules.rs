//! Governed numbers of the exchange: which field holds which row of the parameter table.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    bounds::check_bounds,
    fault::require,
    parameters::{Holder, PARAMETERS, id},
};

use crate::interface::{
    fault,
    types::{ParameterChange, Rules},
};

/// Every number at its starting value.
pub fn defaults() -> Result<Rules, ProgramError> {
    let mut rules = Rules::default();
    for (row, id) in PARAMETERS.iter().zip(0u16..).filter(|(row, _)| row.holder == Holder::Exchange) {
        set(&mut rules, &ParameterChange { id, value: row.default })?;
    }
    Ok(rules)
}

/// Set all of `changes`. Unknown row 6000, outside its bounds 6001, margins that cross 6002.
pub fn set_all(rules: &mut Rules, changes: &[ParameterChange]) -> ProgramResult {
    changes.iter().try_for_each(|change| set(rules, change))?;
    require(rules.maintenance_margin_bps < rules.initial_margin_bps, &fault::MARGINS_CROSSED)
}

fn set(rules: &mut Rules, change: &ParameterChange) -> ProgramResult {
    let field = field(rules, change.id).ok_or_else(|| fault::UNKNOWN_PARAMETER.raise())?;
    check_bounds(change.id, change.value).map_err(|refusal| {
        refusal.say();
        fault::PARAMETER_OUT_OF_BOUNDS.raise()
    })?;
    // No row of the table has a bound below zero.
    *field = change.value.unsigned_abs();
    Ok(())
}

fn field(rules: &mut Rules, number: u16) -> Option<&mut u64> {
    Some(match number {
        id::INDEX_DEPTH_GPU_SECONDS => &mut rules.index_depth_gpu_seconds,
        id::INDEX_TRADE_DEPTH => &mut rules.index_trade_depth,
        id::INDEX_CLAMP_PPM => &mut rules.index_clamp_ppm,
        id::INDEX_MAX_AGE_SECONDS => &mut rules.index_max_age_seconds,
        id::INITIAL_MARGIN_BPS => &mut rules.initial_margin_bps,
        id::MAINTENANCE_MARGIN_BPS => &mut rules.maintenance_margin_bps,
        id::TRADE_FEE_BPS => &mut rules.trade_fee_bps,
        id::LIQUIDATION_FEE_BPS => &mut rules.liquidation_fee_bps,
        id::FUNDING_INTERVAL_SECONDS => &mut rules.funding_interval_seconds,
        id::FUNDING_CLAMP_PPM => &mut rules.funding_clamp_ppm,
        id::MARK_WINDOW_SECONDS => &mut rules.mark_window_seconds,
        id::MAX_OPEN_INTEREST => &mut rules.max_open_interest,
        id::MAX_OPEN_INTEREST_BANKROLL_BPS => &mut rules.max_open_interest_bankroll_bps,
        id::SERIES_BASIS_PPM => &mut rules.series_basis_ppm,
        _ => return None,
    })
}
