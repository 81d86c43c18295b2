//! Whether a governed number may take a value: within its bounds, within one step, after its cooldown, together with its
//! partners. The rules, their order and their names are those of `governance/bounds.ts`.

use alloc::vec::Vec;

use crate::{
    fault::push_signed,
    parameters::{PARAMETERS, Parameter, id},
    runtime::log_line,
};

/// Numbers that change only together: the values of `ids` sum to `sum` after every change.
pub struct JointSum {
    pub ids: &'static [u16],
    pub sum: i64,
}

/// Two numbers of which one stays below the other.
pub struct JointOrder {
    pub below: u16,
    pub above: u16,
}

/// Every order of the table. A position has to survive its opening.
pub const JOINT_ORDERS: [JointOrder; 1] =
    [JointOrder { below: id::MAINTENANCE_MARGIN_BPS, above: id::INITIAL_MARGIN_BPS }];

/// Every sum of the table.
pub const JOINT_SUMS: [JointSum; 1] =
    [JointSum { ids: &[id::FEE_TREASURY_BPS, id::FEE_BURN_BPS, id::FEE_VERIFIER_BPS], sum: 10_000 }];

/// What a change broke. The numbers stand in events and are append-only; 0 stands for no rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Rule {
    UnknownKey = 1,
    BelowMin = 2,
    AboveMax = 3,
    StepTooLarge = 4,
    Cooldown = 5,
    KeysNotAscending = 6,
    JointSum = 7,
    NothingProposed = 8,
    JointOrder = 9,
}

impl Rule {
    /// The name that the platform gives the same refusal, behind `GOVERNANCE__`.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::UnknownKey => "UNKNOWN_KEY",
            Rule::BelowMin => "BELOW_MIN",
            Rule::AboveMax => "ABOVE_MAX",
            Rule::StepTooLarge => "STEP_TOO_LARGE",
            Rule::Cooldown => "COOLDOWN",
            Rule::KeysNotAscending => "KEYS_NOT_ASCENDING",
            Rule::JointSum => "JOINT_SUM",
            Rule::NothingProposed => "NOTHING_PROPOSED",
            Rule::JointOrder => "JOINT_ORDER",
        }
    }
}

/// A refused change: which number, which rule, what was asked, and what is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refusal {
    pub rule: Rule,
    pub id: u16,
    /// The proposed value; the step for `StepTooLarge`; seconds gone for `Cooldown`; the sum for `JointSum`; the value that
    /// would not be below `limit` for `JointOrder`.
    pub value: i64,
    pub limit: i64,
}

impl Refusal {
    pub const fn new(rule: Rule, id: u16, value: i64, limit: i64) -> Self {
        Self { rule, id, value, limit }
    }

    /// Write `Parameter <key>: <RULE>, value <value>, limit <limit>` to the log.
    #[cold]
    #[inline(never)]
    pub fn say(&self) {
        let mut line = Vec::with_capacity(128);
        line.extend_from_slice(b"Parameter ");
        match parameter(self.id) {
            Ok(parameter) => line.extend_from_slice(parameter.key.as_bytes()),
            Err(_) => push_signed(&mut line, i64::from(self.id)),
        }
        line.extend_from_slice(b": ");
        line.extend_from_slice(self.rule.name().as_bytes());
        line.extend_from_slice(b", value ");
        push_signed(&mut line, self.value);
        line.extend_from_slice(b", limit ");
        push_signed(&mut line, self.limit);
        log_line(&line);
    }
}

/// The row of a number.
pub fn parameter(id: u16) -> Result<&'static Parameter, Refusal> {
    PARAMETERS.get(usize::from(id)).ok_or(Refusal::new(Rule::UnknownKey, id, i64::from(id), 0))
}

/// The check at submit: `min <= proposed <= max`.
pub fn check_bounds(id: u16, proposed: i64) -> Result<&'static Parameter, Refusal> {
    let row = parameter(id)?;
    if proposed < row.min {
        return Err(Refusal::new(Rule::BelowMin, id, proposed, row.min));
    }
    if proposed > row.max {
        return Err(Refusal::new(Rule::AboveMax, id, proposed, row.max));
    }
    Ok(row)
}

/// Bounds, then the step from `current` clamped into the bounds, so that a value left outside by an older table can
/// always be brought back.
pub fn check_transition(id: u16, current: i64, proposed: i64) -> Result<&'static Parameter, Refusal> {
    let row = check_bounds(id, proposed)?;
    let step = proposed.abs_diff(current.clamp(row.min, row.max));
    if row.max_step != 0 && step > row.max_step.unsigned_abs() {
        return Err(Refusal::new(Rule::StepTooLarge, id, i64::try_from(step).unwrap_or(i64::MAX), row.max_step));
    }
    Ok(row)
}

/// The rest between two changes. `changed_at` is 0 for a number that was never changed.
pub fn check_cooldown(id: u16, changed_at: i64, now: i64) -> Result<(), Refusal> {
    let row = parameter(id)?;
    let gone = now.saturating_sub(changed_at);
    if changed_at != 0 && gone < row.cooldown_seconds {
        return Err(Refusal::new(Rule::Cooldown, id, gone, row.cooldown_seconds));
    }
    Ok(())
}

/// The joint rules that a change of `changed` touches; `value_of` gives the values as they would be afterwards.
pub fn check_joint_sums(
    changed: impl Iterator<Item = u16> + Clone,
    value_of: impl Fn(u16) -> i64,
) -> Result<(), Refusal> {
    for JointSum { ids, sum } in &JOINT_SUMS {
        let Some(touched) = changed.clone().find(|id| ids.contains(id)) else { continue };
        let result = ids.iter().fold(0i64, |total, id| total.saturating_add(value_of(*id)));
        if result != *sum {
            return Err(Refusal::new(Rule::JointSum, touched, result, *sum));
        }
    }
    Ok(())
}

/// As `check_joint_sums`, for numbers of which one stays below the other.
pub fn check_joint_orders(
    changed: impl Iterator<Item = u16> + Clone,
    value_of: impl Fn(u16) -> i64,
) -> Result<(), Refusal> {
    for JointOrder { below, above } in &JOINT_ORDERS {
        let is_touched = changed.clone().any(|id| id == *below || id == *above);
        if is_touched && value_of(*below) >= value_of(*above) {
            return Err(Refusal::new(Rule::JointOrder, *below, value_of(*below), value_of(*above)));
        }
    }
    Ok(())
}
