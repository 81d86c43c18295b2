//! States of a challenge, its outcome, and what orders know of their attestations.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::fault::require;

use crate::{
    attestation::{ATTESTATION_FAILED, ATTESTATION_PASSED, ATTESTATION_UNDECIDED},
    faults,
    state::{Attestation, Challenge, Order, Verifier, VerifierSet},
};

pub const CHALLENGE_OPEN: u8 = 0;
pub const CHALLENGE_MATCHED: u8 = 1;
pub const CHALLENGE_CONTESTED: u8 = 2;
pub const CHALLENGE_AGAINST_PROVIDER: u8 = 3;
pub const CHALLENGE_AGAINST_CHALLENGER: u8 = 4;
/// Provider and challenger computed the same.
pub const CHALLENGE_PASSED: u8 = 5;
/// Not answered in time, or judged against the provider.
pub const CHALLENGE_FAILED: u8 = 6;
/// Judged against the challenger.
pub const CHALLENGE_REJECTED: u8 = 7;
/// Contested, and the arbiter was silent.
pub const CHALLENGE_UNDECIDED: u8 = 8;

impl Challenge {
    /// How it ends, if that is certain (6126) and it has not ended already (6127).
    pub fn outcome(&self, now: i64) -> Result<u8, ProgramError> {
        match self.status {
            CHALLENGE_OPEN if now > self.answer_deadline => Ok(CHALLENGE_FAILED),
            CHALLENGE_CONTESTED if now > self.judge_deadline => Ok(CHALLENGE_UNDECIDED),
            CHALLENGE_OPEN | CHALLENGE_CONTESTED => Err(faults::CHALLENGE_UNDECIDED.raise()),
            CHALLENGE_MATCHED => Ok(CHALLENGE_PASSED),
            CHALLENGE_AGAINST_PROVIDER => Ok(CHALLENGE_FAILED),
            CHALLENGE_AGAINST_CHALLENGER => Ok(CHALLENGE_REJECTED),
            _ => Err(faults::CHALLENGE_ALREADY_RESOLVED.raise()),
        }
    }
}

impl Attestation {
    /// A missed draw: the next block draws, and selects for certain.
    pub fn draw_after(&mut self, slot: u64) {
        self.draw_after_slot = slot;
        self.is_certain = true;
    }

    /// What the outcome of its challenge says about it.
    pub fn end(&mut self, outcome: u8) {
        self.status = match outcome {
            CHALLENGE_FAILED => ATTESTATION_FAILED,
            CHALLENGE_UNDECIDED => ATTESTATION_UNDECIDED,
            _ => ATTESTATION_PASSED,
        };
    }
}

impl Order {
    /// Use is paid while no attestation is undrawn, selected or challenged (6140), and never again once a challenge has
    /// failed (6141): what is left then goes back to the buyer.
    pub fn require_proven(&self) -> ProgramResult {
        require(self.failed_challenge_count == 0, &faults::WORK_NOT_PROVEN)?;
        require(self.open_attestation_count == 0, &faults::ATTESTATION_STILL_OPEN)
    }

    /// One attestation less that is undrawn, selected or challenged.
    pub fn close_attestation(&mut self) -> ProgramResult {
        let count = self.open_attestation_count.checked_sub(1);
        self.open_attestation_count = count.ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
        Ok(())
    }
}

impl VerifierSet {
    /// A challenge of `verifier` has ended; one that found out something is a share of both verifier vaults.
    pub fn end_challenge(&mut self, verifier: &mut Verifier, outcome: u8) -> ProgramResult {
        let overflow = || faults::ARITHMETIC_OVERFLOW.raise();
        verifier.open_challenge_count = verifier.open_challenge_count.checked_sub(1).ok_or_else(overflow)?;
        if ![CHALLENGE_PASSED, CHALLENGE_FAILED].contains(&outcome) {
            return Ok(());
        }
        let counts = [
            &mut verifier.completed_count,
            &mut verifier.infer_shares,
            &mut verifier.usdc_shares,
            &mut self.infer_shares,
            &mut self.usdc_shares,
        ];
        for count in counts {
            *count = count.checked_add(1).ok_or_else(overflow)?;
        }
        Ok(())
    }
}

/// The challenger's verifier record is the one the challenge names, and absent when it names none.
pub fn require_verifier(challenge: &Challenge, verifier: Option<&pinocchio::Address>) -> ProgramResult {
    let named = verifier.copied().unwrap_or_default();
    require(challenge.verifier == named, &plumbline_shared::fault::CONSTRAINT_HAS_ONE)
}
