//! Price of a metered workload and its parts. All of it is checked, and rounded against whoever could gain.

use pinocchio::error::ProgramError;

use crate::{
    amount::{part, sub},
    faults,
    interface::args::SettleWorkloadArgs,
    settlement::Parts,
    state::Settings,
};

const MICRO_CREDITS_PER_CREDIT: u128 = 1_000_000;
/// INFER has 9 decimals, a credit is its sixth.
const BASE_UNITS_PER_CREDIT: u64 = 1_000;

/// `ceil((vcpus * seconds * rate_cpu + mb * seconds * rate_mb) / 1,000,000)`: up, since a customer could cut work into
/// many small pieces.
pub fn credits(settings: &Settings, work: &SettleWorkloadArgs) -> Result<u64, ProgramError> {
    let seconds = u128::from(work.seconds);
    let cost = |quantity: u32, rate: u64| u128::from(quantity).checked_mul(seconds)?.checked_mul(u128::from(rate));
    let both = || cost(work.vcpus, settings.rate_cpu_micro)?.checked_add(cost(work.memory_mb, settings.rate_mb_micro)?);
    let micro_credits = both().ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
    u64::try_from(micro_credits.div_ceil(MICRO_CREDITS_PER_CREDIT)).map_err(|_| faults::ARITHMETIC_OVERFLOW.raise())
}

/// Base units of INFER of `credits`.
pub fn base_units(credits: u64) -> Result<u64, ProgramError> {
    credits.checked_mul(BASE_UNITS_PER_CREDIT).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())
}

/// The host's part rounded down, the rest as fee; of the fee the treasury has what burn and verifiers leave.
pub fn split_workload(settings: &Settings, amount: u64) -> Result<Parts, ProgramError> {
    let provider = part(amount, settings.fee_split_host_pct)?;
    let fee = sub(amount, provider)?;
    let burn = part(fee, settings.fee_burn_bps)?;
    let verifier = part(fee, settings.fee_verifier_bps)?;
    let treasury = sub(sub(fee, burn)?, verifier)?;
    Ok(Parts { provider, fee, treasury, burn, verifier })
}
