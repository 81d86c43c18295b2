//! `judge_challenge`: provider and challenger computed different checkpoints; the arbiter says who was wrong. Recomputing
//! is not for a program, so this is the one judgement in a challenge that is a person's.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    challenge::{CHALLENGE_AGAINST_CHALLENGER, CHALLENGE_AGAINST_PROVIDER, CHALLENGE_CONTESTED},
    event::ChallengeJudged,
    faults,
    interface::args::JudgeChallengeArgs,
    state::{Challenge, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let JudgeChallengeArgs { is_provider_wrong } = read_args(data)?;
    let arbiter = accounts.signer("arbiter")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut challenge = accounts.load::<Challenge>("challenge")?;

    challenge.slot.require_writable()?;
    arbiter.require(*arbiter.key() == settings.arbiter, &faults::NOT_ARBITER)?;
    require(challenge.status == CHALLENGE_CONTESTED, &faults::CHALLENGE_NOT_CONTESTED)?;
    challenge.status = if is_provider_wrong { CHALLENGE_AGAINST_PROVIDER } else { CHALLENGE_AGAINST_CHALLENGER };
    challenge.store()?;
    emit(&ChallengeJudged {
        challenge: *challenge.key(),
        attestation: challenge.attestation,
        is_provider_wrong,
        judged_at: unix_timestamp()?,
    })
}
