//! `answer_challenge`: the provider reveals the drawn checkpoints with their proofs, in the drawn order; several calls may
//! share the work, since a proof takes room. The last one shows whether provider and challenger computed the same.

use alloc::vec::Vec;
use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::add_seconds,
    attestation::{Draw, fold, is_committed},
    challenge::{CHALLENGE_CONTESTED, CHALLENGE_MATCHED, CHALLENGE_OPEN},
    event::SegmentsRevealed,
    faults,
    interface::args::AnswerChallengeArgs,
    state::{Attestation, Challenge, Provider, Reveal, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let AnswerChallengeArgs { reveals } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let provider = accounts.load::<Provider>("provider")?;
    let attestation = accounts.load::<Attestation>("attestation")?;
    let mut challenge = accounts.load::<Challenge>("challenge")?;

    challenge.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    challenge.slot.require(challenge.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    challenge.slot.require(challenge.attestation == *attestation.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(challenge.status == CHALLENGE_OPEN, &faults::CHALLENGE_NOT_OPEN)?;
    let now = unix_timestamp()?;
    require(now <= challenge.answer_deadline, &faults::ANSWER_TOO_LATE)?;

    reveal(&mut challenge, &attestation, attestation.key().as_ref(), &reveals)?;
    if challenge.revealed_count == challenge.segment_count {
        let is_match = challenge.revealed == challenge.claim;
        challenge.status = if is_match { CHALLENGE_MATCHED } else { CHALLENGE_CONTESTED };
        challenge.judge_deadline = if is_match { 0 } else { add_seconds(now, settings.dispute_resolution_seconds)? };
    }
    challenge.store()?;
    emit(&SegmentsRevealed {
        challenge: *challenge.key(),
        attestation: challenge.attestation,
        provider: challenge.provider,
        revealed_count: challenge.revealed_count,
        revealed: challenge.revealed,
        status: challenge.status,
        judge_deadline: challenge.judge_deadline,
    })
}

fn reveal(
    challenge: &mut Challenge,
    attestation: &Attestation,
    address: &[u8],
    reveals: &Vec<Reveal>,
) -> ProgramResult {
    require(!reveals.is_empty(), &faults::INVALID_REVEAL)?;
    let draw = Draw { seed: attestation.seed };
    for Reveal { checkpoint, proof } in reveals {
        require(challenge.revealed_count < challenge.segment_count, &faults::INVALID_REVEAL)?;
        let index = draw.segment(challenge.revealed_count, attestation.checkpoint_count);
        let is_committed = is_committed(attestation, address, index, checkpoint, proof);
        require(is_committed, &faults::INVALID_REVEAL)?;
        challenge.revealed = fold(&challenge.revealed, checkpoint);
        challenge.revealed_count = challenge.revealed_count.saturating_add(1);
    }
    Ok(())
}
