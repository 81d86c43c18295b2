//! Which providers take which orders: by standing, and for orders of high value by proven reputation.

use pinocchio::ProgramResult;
use plumbline_shared::fault::require;

use crate::{
    faults,
    state::{PROVIDER_BANNED, PROVIDER_DEGRADED, PROVIDER_SUSPENDED, Provider, Settings},
};

/// May `provider` take an order of this value in INFER? Suspended and banned ones none: 6045. Above the high-stakes value
/// degraded ones do not (6047), and others need a score that was proven high enough (6048) and lately enough (6049). The
/// latest committed root tells the current epoch.
pub fn check(settings: &Settings, provider: &Provider, infer_value: u64) -> ProgramResult {
    let is_accepting = ![PROVIDER_SUSPENDED, PROVIDER_BANNED].contains(&provider.status);
    require(is_accepting, &faults::PROVIDER_NOT_ACCEPTING)?;
    if infer_value <= settings.high_stakes_min_value {
        return Ok(());
    }
    require(provider.status != PROVIDER_DEGRADED, &faults::PROVIDER_DEGRADED)?;
    require(provider.proven_score >= settings.high_stakes_min_score, &faults::SCORE_TOO_LOW)?;
    let age = settings.reputation_epoch.saturating_sub(provider.proven_epoch);
    require(age <= u64::from(settings.high_stakes_max_age_epochs), &faults::SCORE_TOO_OLD)
}
