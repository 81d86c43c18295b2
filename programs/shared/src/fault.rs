//! Numbered errors with their names, and the log line that says which account or rule failed.
//!
//! Numbers and wording below 6000 are Anchor 0.31's (lang/error.rs), so that client libraries parse them.

use alloc::vec::Vec;
use pinocchio::error::ProgramError;

use crate::runtime::log_line;

/// A numbered error. Programs declare their own from 6000 with the same shape.
#[derive(Clone, Copy)]
pub struct Fault {
    pub number: u32,
    pub name: &'static str,
    pub message: &'static str,
}

impl Fault {
    pub const fn new(number: u32, name: &'static str, message: &'static str) -> Self {
        Self { number, name, message }
    }

    /// The error with a log line, for a rule of the handler.
    #[cold]
    #[inline(never)]
    pub fn raise(&self) -> ProgramError {
        self.say(b"AnchorError occurred. ")
    }

    /// The error with a log line naming the account that caused it.
    #[cold]
    #[inline(never)]
    pub fn at(&self, account_name: &str) -> ProgramError {
        let mut lead = Vec::with_capacity(96);
        lead.extend_from_slice(b"AnchorError caused by account: ");
        lead.extend_from_slice(account_name.as_bytes());
        lead.extend_from_slice(b". ");
        self.say(&lead)
    }

    fn say(&self, lead: &[u8]) -> ProgramError {
        let mut line = Vec::with_capacity(256);
        line.extend_from_slice(lead);
        line.extend_from_slice(b"Error Code: ");
        line.extend_from_slice(self.name.as_bytes());
        line.extend_from_slice(b". Error Number: ");
        push_decimal(&mut line, u64::from(self.number));
        line.extend_from_slice(b". Error Message: ");
        line.extend_from_slice(self.message.as_bytes());
        line.push(b'.');
        log_line(&line);
        ProgramError::Custom(self.number)
    }
}

/// `Ok` when the rule holds, otherwise the fault, logged.
#[inline(always)]
pub fn require(holds: bool, fault: &Fault) -> Result<(), ProgramError> {
    if holds { Ok(()) } else { Err(fault.raise()) }
}

/// Append `value` in decimal digits.
pub fn push_decimal(out: &mut Vec<u8>, value: u64) {
    let mut digits = [0u8; 20];
    let mut start = digits.len();
    let mut rest = value;
    loop {
        start = start.saturating_sub(1);
        // rest % 10 is below 10: the sum stays an ASCII digit.
        digits[start] = b'0'.saturating_add((rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[start..]);
}

/// Append `value` in decimal digits, with a minus sign below zero.
pub fn push_signed(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    push_decimal(out, value.unsigned_abs());
}

/// Declare `pub const NAME: Fault` for each line `NAME = number, "Name", "message";`.
#[macro_export]
macro_rules! faults {
    ($($constant:ident = $number:literal, $name:literal, $message:literal;)*) => {
        $(pub const $constant: $crate::fault::Fault = $crate::fault::Fault::new($number, $name, $message);)*
    };
}

faults! {
    INSTRUCTION_FALLBACK_NOT_FOUND = 101, "InstructionFallbackNotFound", "Fallback functions are not supported";
    INSTRUCTION_DID_NOT_DESERIALIZE = 102, "InstructionDidNotDeserialize", "The program could not deserialize the given instruction";
    CONSTRAINT_MUT = 2000, "ConstraintMut", "A mut constraint was violated";
    CONSTRAINT_HAS_ONE = 2001, "ConstraintHasOne", "A has one constraint was violated";
    CONSTRAINT_SIGNER = 2002, "ConstraintSigner", "A signer constraint was violated";
    CONSTRAINT_RAW = 2003, "ConstraintRaw", "A raw constraint was violated";
    CONSTRAINT_SEEDS = 2006, "ConstraintSeeds", "A seeds constraint was violated";
    CONSTRAINT_CLOSE = 2011, "ConstraintClose", "A close constraint was violated";
    CONSTRAINT_ADDRESS = 2012, "ConstraintAddress", "An address constraint was violated";
    CONSTRAINT_TOKEN_MINT = 2014, "ConstraintTokenMint", "A token mint constraint was violated";
    CONSTRAINT_TOKEN_OWNER = 2015, "ConstraintTokenOwner", "A token owner constraint was violated";
    REQUIRE_EQ_VIOLATED = 2501, "RequireEqViolated", "A require_eq expression was violated";
    REQUIRE_GTE_VIOLATED = 2506, "RequireGteViolated", "A require_gte expression was violated";
    ACCOUNT_DISCRIMINATOR_NOT_FOUND = 3001, "AccountDiscriminatorNotFound", "No discriminator was found on the account";
    ACCOUNT_DISCRIMINATOR_MISMATCH = 3002, "AccountDiscriminatorMismatch", "Account discriminator did not match what was expected";
    ACCOUNT_DID_NOT_DESERIALIZE = 3003, "AccountDidNotDeserialize", "Failed to deserialize the account";
    ACCOUNT_DID_NOT_SERIALIZE = 3004, "AccountDidNotSerialize", "Failed to serialize the account";
    ACCOUNT_NOT_ENOUGH_KEYS = 3005, "AccountNotEnoughKeys", "Not enough account keys given to the instruction";
    ACCOUNT_OWNED_BY_WRONG_PROGRAM = 3007, "AccountOwnedByWrongProgram", "The given account is owned by a different program than expected";
    INVALID_PROGRAM_ID = 3008, "InvalidProgramId", "Program ID was not as expected";
    INVALID_PROGRAM_EXECUTABLE = 3009, "InvalidProgramExecutable", "Program account is not executable";
    ACCOUNT_NOT_SIGNER = 3010, "AccountNotSigner", "The given account did not sign";
    ACCOUNT_NOT_INITIALIZED = 3012, "AccountNotInitialized", "The program expected this account to be already initialized";
}
