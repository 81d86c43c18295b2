//! `execute_param_change`: the second check, against the values of the moment. Allowed, all values are set and sent to the
//! programs that act by them; refused, the proposal is invalidated with the reason and nothing is changed.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Accounts, Slot},
    event::emit,
};

use super::Context;
use crate::{
    action::PARAM_CHANGE,
    changes::{Check, apply, check_changes},
    execution::Execution,
    interface::{
        events::{ParametersChanged, ProposalInvalidated},
        types::Refusal,
    },
    own,
    proposal::INVALIDATED,
    targets::{Program, Target, check_authority},
};

struct Targets {
    authority: Slot,
    /// Program and account of marketplace, exchange and staking.
    slots: [(Program, Slot, Slot); 3],
}

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let mut table = own::parameters(&mut accounts, program_id)?;
    let targets = Targets::load(&mut accounts)?;

    execution.check(&[PARAM_CHANGE])?;
    table.slot.require_writable()?;
    check_authority(&targets.authority, &execution.governance, program_id)?;
    for target in targets.iter() {
        target.account.require_writable()?;
        target.check(&execution.governance)?;
    }
    if let Err(refusal) = check_changes(&table, &execution.proposal.action.changes, Check::Set(execution.now)) {
        refusal.say();
        let refusal = Refusal { rule: refusal.rule as u8, id: refusal.id, value: refusal.value, limit: refusal.limit };
        return invalidate(&mut execution, refusal);
    }
    let changes = apply(&mut table, &execution.proposal.action.changes, execution.now);
    table.store()?;
    emit(&ParametersChanged { proposal: Some(*execution.proposal.key()), changes, changed_at: execution.now })?;
    for target in targets.iter() {
        if target.accepts()? {
            target.push(execution.proposal.action.changes.iter().copied(), &execution.governance)?;
        }
    }
    execution.finish()
}

fn invalidate(execution: &mut Execution, refusal: Refusal) -> ProgramResult {
    execution.proposal.refusal = refusal;
    execution.end(INVALIDATED)?;
    emit(&ProposalInvalidated { proposal: *execution.proposal.key(), refusal, ended_at: execution.now })
}

impl Targets {
    #[inline(never)]
    fn load(accounts: &mut Accounts) -> Result<Self, pinocchio::error::ProgramError> {
        Ok(Self {
            authority: accounts.any("authority")?,
            slots: [
                (Program::Marketplace, accounts.any("marketplace_program")?, accounts.any("marketplace")?),
                (Program::Exchange, accounts.any("exchange_program")?, accounts.any("exchange")?),
                (Program::Staking, accounts.any("staking_program")?, accounts.any("pool_overview")?),
            ],
        })
    }

    fn iter(&self) -> impl Iterator<Item = Target<'_>> {
        self.slots.iter().map(|(which, program, account)| Target {
            which: *which,
            program,
            account,
            authority: &self.authority,
        })
    }
}
