//! What every execution has in common: the proposal waits, is of the right kind, and its time has come and not gone.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use crate::{
    interface::{
        accounts::{Governance, Proposal, Staker},
        events::ProposalExecuted,
        fault,
    },
    own,
    proposal::{EXECUTED, QUEUED},
};

/// The accounts every execution begins with.
pub struct Execution {
    pub governance: Loaded<Governance>,
    pub proposer: Loaded<Staker>,
    pub proposal: Loaded<Proposal>,
    pub now: i64,
}

impl Execution {
    pub fn load(accounts: &mut Accounts, program_id: &Address) -> Result<Self, ProgramError> {
        Ok(Self {
            governance: own::governance(accounts, program_id)?,
            proposer: own::staker(accounts, program_id)?,
            proposal: own::proposal(accounts, program_id)?,
            now: unix_timestamp()?,
        })
    }

    /// Waits for execution, is of one of `kinds`, and now is the time.
    pub fn check(&self, kinds: &[u8]) -> ProgramResult {
        let written: [&Slot; 3] = [&self.governance.slot, &self.proposer.slot, &self.proposal.slot];
        written.into_iter().try_for_each(Slot::require_writable)?;
        require(self.proposal.status == QUEUED, &fault::NOT_QUEUED)?;
        require(kinds.contains(&self.proposal.action.kind), &fault::WRONG_KIND)?;
        require(self.now >= self.proposal.executes_from, &fault::EXECUTION_DELAY_NOT_OVER)?;
        require(self.now < self.proposal.expires_at, &fault::EXECUTION_WINDOW_OVER)
    }

    /// The proposal ended with `status`; what changed is stored.
    pub fn end(&mut self, status: u8) -> ProgramResult {
        self.proposal.state.end(status, self.now, &mut self.governance.state, &mut self.proposer)?;
        self.governance.store()?;
        self.proposer.store()?;
        self.proposal.store()
    }

    /// The proposal was carried out.
    pub fn finish(&mut self) -> ProgramResult {
        self.end(EXECUTED)?;
        emit(&ProposalExecuted { proposal: *self.proposal.key(), kind: self.proposal.action.kind, ended_at: self.now })
    }
}
