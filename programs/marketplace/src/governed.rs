//! Governed numbers of the marketplace: which field holds which row of the parameter table, and the founding catalogue.

use alloc::{string::String, vec::Vec};
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    bounds::{Refusal, check_bounds, check_joint_sums},
    fault::require,
    parameters::{Holder, PARAMETERS, id},
};

use crate::{
    faults,
    state::{GpuModel, Marketplace, ParameterChange},
};

/// Names and memory of the founding models. Their weights and least benchmarks are rows of the table, in this order from
/// `MODEL_WEIGHT_H100` and `MIN_BENCHMARK_H100` on.
const FOUNDING_MODELS: [(&str, u16); 11] = [
    ("H100", 80),
    ("H200", 141),
    ("A100-40", 40),
    ("A100-80", 80),
    ("MI300X", 192),
    ("B200", 192),
    ("RTX3060", 12),
    ("RTX3090", 24),
    ("RTX4090", 24),
    ("RTX5090", 32),
    ("A6000", 48),
];

/// Whether the weight and the least benchmark of a model are rows of the table.
pub fn is_founding(model: usize) -> bool {
    model < FOUNDING_MODELS.len()
}

/// The founding models with weights and benchmarks yet to be set.
pub fn founding_models() -> Vec<GpuModel> {
    let model = |(name, vram_gb): (&str, u16)| GpuModel {
        name: String::from(name),
        vram_gb,
        weight: 0,
        min_benchmark: 0,
        is_listed: true,
    };
    FOUNDING_MODELS.into_iter().map(model).collect()
}

/// Every row that the marketplace holds, with its starting value.
pub fn defaults() -> Vec<ParameterChange> {
    let rows = PARAMETERS.iter().zip(0u16..);
    rows.filter(|(row, _)| row.holder == Holder::Marketplace)
        .map(|(row, id)| ParameterChange { id, value: row.default })
        .collect()
}

/// The rule that a refused number broke, in the log, and the error for it.
pub fn out_of_bounds(refusal: Refusal) -> ProgramError {
    refusal.say();
    faults::PARAMETER_OUT_OF_BOUNDS.raise()
}

/// Set all of `changes`. Unknown row 6038, outside its bounds 6039, parts of the fee that do not sum to the whole 6001.
pub fn set_all(marketplace: &mut Marketplace, changes: &[ParameterChange]) -> ProgramResult {
    for change in changes {
        let is_ours = PARAMETERS.get(usize::from(change.id)).is_some_and(|row| row.holder == Holder::Marketplace);
        require(is_ours, &faults::UNKNOWN_PARAMETER)?;
        check_bounds(change.id, change.value).map_err(out_of_bounds)?;
        set(marketplace, change.id, change.value)?;
    }
    let settings = &marketplace.settings;
    let part = |id| match id {
        id::FEE_TREASURY_BPS => i64::from(settings.fee_treasury_bps),
        id::FEE_BURN_BPS => i64::from(settings.fee_burn_bps),
        _ => i64::from(settings.fee_verifier_bps),
    };
    check_joint_sums(changes.iter().map(|change| change.id), part).map_err(|refusal| {
        refusal.say();
        faults::INVALID_FEE_SPLIT.raise()
    })
}

/// `value` as the field's type, which holds every value within the bounds.
fn fitted<T: TryFrom<i64>>(value: i64) -> Result<T, ProgramError> {
    T::try_from(value).map_err(|_| faults::PARAMETER_OUT_OF_BOUNDS.raise())
}

fn set(marketplace: &mut Marketplace, number: u16, value: i64) -> ProgramResult {
    if let id::MODEL_WEIGHT_H100..=id::MODEL_WEIGHT_A6000 = number {
        return set_model(marketplace, number.saturating_sub(id::MODEL_WEIGHT_H100), |model| &mut model.weight, value);
    }
    if let id::MIN_BENCHMARK_H100..=id::MIN_BENCHMARK_A6000 = number {
        let index = number.saturating_sub(id::MIN_BENCHMARK_H100);
        return set_model(marketplace, index, |model| &mut model.min_benchmark, value);
    }
    set_order_terms(marketplace, number, value)
}

fn set_model(
    marketplace: &mut Marketplace,
    index: u16,
    field: impl FnOnce(&mut GpuModel) -> &mut u32,
    value: i64,
) -> ProgramResult {
    let model = marketplace.models.get_mut(usize::from(index)).ok_or_else(|| faults::UNKNOWN_MODEL.raise())?;
    *field(model) = fitted(value)?;
    Ok(())
}

fn set_order_terms(marketplace: &mut Marketplace, number: u16, value: i64) -> ProgramResult {
    let settings = &mut marketplace.settings;
    match number {
        id::PLATFORM_FEE_BPS => settings.platform_fee_bps = fitted(value)?,
        id::FEE_TREASURY_BPS => settings.fee_treasury_bps = fitted(value)?,
        id::FEE_BURN_BPS => settings.fee_burn_bps = fitted(value)?,
        id::FEE_VERIFIER_BPS => settings.fee_verifier_bps = fitted(value)?,
        id::MIN_STAKE_TIER_1 => settings.tier_minimum_bonds[0] = fitted(value)?,
        id::MIN_STAKE_TIER_2 => settings.tier_minimum_bonds[1] = fitted(value)?,
        id::MIN_STAKE_TIER_3 => settings.tier_minimum_bonds[2] = fitted(value)?,
        id::BOND_RATIO_BPS => settings.bond_ratio_bps = fitted(value)?,
        id::BOND_INFER_PER_USDC => settings.bond_infer_per_usdc = fitted(value)?,
        id::BOND_WITHDRAWAL_DELAY_SECONDS => settings.bond_withdrawal_delay_seconds = fitted(value)?,
        id::START_DEADLINE_SECONDS => settings.start_deadline_seconds = fitted(value)?,
        id::CONFIRM_WINDOW_SECONDS => settings.confirm_window_seconds = fitted(value)?,
        id::HIGH_STAKES_MIN_SCORE => settings.high_stakes_min_score = fitted(value)?,
        id::HIGH_STAKES_MIN_VALUE => settings.high_stakes_min_value = fitted(value)?,
        id::HIGH_STAKES_MAX_AGE_EPOCHS => settings.high_stakes_max_age_epochs = fitted(value)?,
        id::HEARTBEAT_INTERVAL_SECONDS => settings.heartbeat_interval_seconds = fitted(value)?,
        id::DISPUTE_DEPOSIT => settings.dispute_deposit = fitted(value)?,
        id::DISPUTE_RESOLUTION_SECONDS => settings.dispute_resolution_seconds = fitted(value)?,
        id::STREAM_ATTEST_TIMEOUT_SECONDS => settings.stream_attest_timeout_seconds = fitted(value)?,
        _ => return set_proof_terms(marketplace, number, value),
    }
    Ok(())
}

fn set_proof_terms(marketplace: &mut Marketplace, number: u16, value: i64) -> ProgramResult {
    let settings = &mut marketplace.settings;
    match number {
        id::BASE_REWARD_RATE => settings.base_reward_rate = fitted(value)?,
        id::FEE_SPLIT_HOST_PCT => settings.fee_split_host_pct = fitted(value)?,
        id::RATE_CPU_MICRO => settings.rate_cpu_micro = fitted(value)?,
        id::RATE_MB_MICRO => settings.rate_mb_micro = fitted(value)?,
        id::CHALLENGE_WINDOW_SECONDS => settings.challenge_window_seconds = fitted(value)?,
        id::CHALLENGE_FREQUENCY_PPM => settings.challenge_frequency_ppm = fitted(value)?,
        id::CHALLENGE_SAMPLE_SEGMENTS => settings.challenge_sample_segments = fitted(value)?,
        id::CHALLENGE_DEPOSIT => settings.challenge_deposit = fitted(value)?,
        id::CHALLENGE_TURN_SECONDS => settings.challenge_turn_seconds = fitted(value)?,
        id::CHALLENGE_ANSWER_SECONDS => settings.challenge_answer_seconds = fitted(value)?,
        id::MIN_VERIFIER_BOND => settings.min_verifier_bond = fitted(value)?,
        id::SLASH_BPS_NO_DELIVERY => settings.slash_bps_no_delivery = fitted(value)?,
        id::SLASH_BPS_FAILED_CHALLENGE => settings.slash_bps_failed_challenge = fitted(value)?,
        id::SLASH_BPS_FALSE_BENCHMARK => settings.slash_bps_false_benchmark = fitted(value)?,
        id::SLASH_BURN_BPS => settings.slash_burn_bps = fitted(value)?,
        _ => return Err(faults::UNKNOWN_PARAMETER.raise()),
    }
    Ok(())
}
