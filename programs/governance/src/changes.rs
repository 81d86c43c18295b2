//! Whether a set of parameter changes is allowed against the values in force, and making it so. All or nothing.

use alloc::vec::Vec;
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    bounds::{
        Refusal, Rule, check_bounds, check_cooldown, check_joint_orders, check_joint_sums, check_transition, parameter,
    },
    fault::{Fault, require},
};

use crate::{
    interface::{
        fault,
        types::{ChangedParameter, ParameterChange},
    },
    table::Table,
};

/// Most changes of one proposal.
const MAX_CHANGES: usize = 16;

/// Who may change a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Founders,
    Governance,
}

/// What a set of changes is checked for, beside the order of keys and joint rules.
#[derive(Clone, Copy)]
pub enum Check {
    /// Starting values: bounds.
    Start,
    /// At submit: bounds and step.
    Submit,
    /// When the values are set, at this time: bounds, step and cooldown.
    Set(i64),
}

/// The first rule that `changes` break, in the order of `governance/bounds.ts`.
pub fn check_changes(table: &Table, changes: &[ParameterChange], check: Check) -> Result<(), Refusal> {
    let mut before: Option<&str> = None;
    for change in changes {
        let row = parameter(change.id)?;
        if before.is_some_and(|key| key >= row.key) {
            return Err(Refusal::new(Rule::KeysNotAscending, change.id, change.value, 0));
        }
        before = Some(row.key);
        check_one(table, change, check)?;
    }
    let value_after = |id: u16| {
        let changed = changes.iter().find(|change| change.id == id);
        changed.map_or_else(|| table.value(id), |change| change.value)
    };
    let changed = changes.iter().map(|change| change.id);
    check_joint_sums(changed.clone(), value_after)?;
    check_joint_orders(changed, value_after)
}

fn check_one(table: &Table, change: &ParameterChange, check: Check) -> Result<(), Refusal> {
    let ParameterChange { id, value } = *change;
    match check {
        Check::Start => check_bounds(id, value).map(|_| ()),
        Check::Submit => check_transition(id, table.value(id), value).map(|_| ()),
        Check::Set(now) => {
            check_transition(id, table.value(id), value)?;
            check_cooldown(id, table.changed_at(id), now)
        }
    }
}

/// One to 16 changes that are allowed and whose numbers `holder` holds; else the number of the rule.
pub fn require_changes(table: &Table, changes: &[ParameterChange], check: Check, holder: Holder) -> ProgramResult {
    if changes.is_empty() {
        return Err(refuse(&Refusal::new(Rule::NothingProposed, 0, 0, 1)));
    }
    require(changes.len() <= MAX_CHANGES, &fault::TOO_MANY_CHANGES)?;
    check_changes(table, changes, check).map_err(|refusal| refuse(&refusal))?;
    changes.iter().try_for_each(|change| match (holder, table.is_handed_over(change.id)) {
        (Holder::Governance, false) => Err(fault::HELD_BY_FOUNDERS.raise()),
        (Holder::Founders, true) => Err(fault::HELD_BY_GOVERNANCE.raise()),
        _ => Ok(()),
    })
}

/// The error of a refusal, with the line that names key, rule, value and limit.
pub fn refuse(refusal: &Refusal) -> ProgramError {
    refusal.say();
    let fault: &Fault = match refusal.rule {
        Rule::UnknownKey => &fault::UNKNOWN_KEY,
        Rule::BelowMin => &fault::BELOW_MIN,
        Rule::AboveMax => &fault::ABOVE_MAX,
        Rule::StepTooLarge => &fault::STEP_TOO_LARGE,
        Rule::Cooldown => &fault::COOLDOWN,
        Rule::KeysNotAscending => &fault::KEYS_NOT_ASCENDING,
        Rule::JointSum => &fault::JOINT_SUM,
        Rule::NothingProposed => &fault::NOTHING_PROPOSED,
        Rule::JointOrder => &fault::JOINT_ORDER,
    };
    fault.raise()
}

/// Set values that have been checked.
pub fn apply(table: &mut Table, changes: &[ParameterChange], now: i64) -> Vec<ChangedParameter> {
    let set_one = |change: &ParameterChange| {
        let from = table.value(change.id);
        table.set(change.id, change.value, now);
        ChangedParameter { id: change.id, from, to: change.value }
    };
    changes.iter().map(set_one).collect()
}
