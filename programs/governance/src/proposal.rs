//! The life of a proposal: discussion, signaling, voting, queued; then one of seven ends.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Loaded,
    fault::{self, require},
    math::{add, sub},
};

use crate::interface::{
    accounts::{Governance, Proposal, Staker},
    fault as own,
    types::VoteTotals,
};

pub const DISCUSSION: u8 = 0;
pub const SIGNALING: u8 = 1;
pub const VOTING: u8 = 2;
pub const QUEUED: u8 = 3;
pub const EXECUTED: u8 = 4;
pub const CANCELED: u8 = 5;
pub const EXPIRED: u8 = 6;
pub const DEFEATED: u8 = 7;
pub const QUORUM_NOT_MET: u8 = 8;
pub const VETOED: u8 = 9;
pub const INVALIDATED: u8 = 10;

impl Proposal {
    /// Close the proposal: its place and the stake behind it are free again. `proposer` must be who submitted it (2001).
    pub fn end(
        &mut self,
        status: u8,
        now: i64,
        governance: &mut Governance,
        proposer: &mut Loaded<Staker>,
    ) -> ProgramResult {
        proposer.slot.require(proposer.owner == self.proposer, &fault::CONSTRAINT_HAS_ONE)?;
        self.status = status;
        self.ended_at = now;
        governance.active_count = governance.active_count.saturating_sub(1);
        proposer.committed = sub(proposer.committed, self.committed);
        Ok(())
    }
}

impl VoteTotals {
    /// Count `power` for a choice: 0 for, 1 against, 2 abstain, 3 veto.
    pub fn count(&mut self, choice: u8, power: u64) -> ProgramResult {
        require(choice <= 3, &own::INVALID_CHOICE)?;
        let total = match choice {
            0 => &mut self.for_power,
            1 => &mut self.against_power,
            2 => &mut self.abstain_power,
            _ => &mut self.veto_power,
        };
        *total = add(*total, power);
        Ok(())
    }
}
