//! `open_challenge`: somebody has recomputed the drawn checkpoints and claims what they are; the provider has to reveal
//! its own. The drawn verifier has the first turn, after it anyone may. The deposit is lost by a claim judged wrong.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::{TokenAccount, transfer},
};

use super::Context;
use crate::{
    amount::add_seconds,
    attestation::{ATTESTATION_CHALLENGED, ATTESTATION_SELECTED, segment_count},
    challenge::CHALLENGE_OPEN,
    event::ChallengeOpened,
    faults,
    interface::args::OpenChallengeArgs,
    seeds::{CHALLENGE_SEED, CHALLENGE_VAULT_SEED},
    state::{Attestation, CHALLENGE_SPACE, Challenge, Settings, VERSION, Verifier},
};

struct OpenChallenge<'a> {
    program_id: &'a Address,
    payer: Slot,
    challenger: Slot,
    settings: Loaded<Settings>,
    attestation: Loaded<Attestation>,
    verifier: Option<Loaded<Verifier>>,
    challenge: Slot,
    vault: Slot,
    mint: Slot,
    source: TokenAccount,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let OpenChallengeArgs { claim } = read_args(data)?;
    let mut call = OpenChallenge::load(context)?;
    call.check_accounts()?;
    let now = unix_timestamp()?;
    call.check_turn(now)?;
    call.run(claim, now)
}

impl<'a> OpenChallenge<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            challenger: accounts.signer("challenger")?,
            settings: accounts.load("marketplace")?,
            attestation: accounts.load("attestation")?,
            verifier: accounts.optional("verifier")?.map(|slot| slot.load(program_id)).transpose()?,
            challenge: accounts.any("challenge")?,
            vault: accounts.any("challenge_vault")?,
            mint: accounts.mint("infer_mint")?,
            source: accounts.token_account("challenger_token_account")?,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        Ok(call)
    }

    fn check_accounts(&self) -> ProgramResult {
        let slots = [&self.payer, &self.attestation.slot, &self.challenge, &self.vault, &self.source.slot];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        self.mint.require_address(&self.settings.infer_mint)?;
        self.source.require_mint(&self.settings.infer_mint)?;
        self.source.require_holder(self.challenger.key())?;
        let Some(verifier) = &self.verifier else {
            return Ok(());
        };
        verifier.slot.require_writable()?;
        verifier.slot.require(verifier.owner == *self.challenger.key(), &fault::CONSTRAINT_HAS_ONE)?;
        require(!verifier.is_leaving, &faults::VERIFIER_IS_LEAVING)
    }

    fn check_turn(&self, now: i64) -> ProgramResult {
        let attestation = &self.attestation;
        require(attestation.status == ATTESTATION_SELECTED, &faults::ATTESTATION_NOT_SELECTED)?;
        require(now <= attestation.challenge_until, &faults::CHALLENGE_TOO_LATE)?;
        let is_drawn = self.verifier.as_ref().is_some_and(|verifier| *verifier.key() == attestation.verifier);
        require(is_drawn || now >= attestation.turn_ends_at, &faults::NOT_FIRST_TURN)
    }

    fn run(&mut self, claim: [u8; 32], now: i64) -> ProgramResult {
        let challenge = self.create_challenge(claim, now)?;
        transfer(&self.source.slot, &self.vault, &self.challenger, challenge.deposit)?;
        self.attestation.status = ATTESTATION_CHALLENGED;
        self.attestation.store()?;
        if let Some(verifier) = &mut self.verifier {
            let count = verifier.open_challenge_count.checked_add(1);
            verifier.open_challenge_count = count.ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
            verifier.store()?;
        }
        emit(&ChallengeOpened {
            challenge: *challenge.key(),
            attestation: challenge.attestation,
            order: challenge.order,
            provider: challenge.provider,
            challenger: challenge.challenger,
            verifier: challenge.verifier,
            deposit: challenge.deposit,
            slash_amount: challenge.slash_amount,
            claim,
            segment_count: challenge.segment_count,
            opened_at: now,
            answer_deadline: challenge.answer_deadline,
        })
    }

    fn create_challenge(&self, claim: [u8; 32], now: i64) -> Result<Loaded<Challenge>, ProgramError> {
        let (payer, program_id) = (&self.payer, self.program_id);
        let seeds = [CHALLENGE_SEED, self.attestation.key().as_ref()];
        let bump = create_state(&self.challenge, CHALLENGE_SPACE, &seeds, payer, program_id)?;
        let seeds = [CHALLENGE_VAULT_SEED, self.challenge.key().as_ref()];
        let vault_bump = create_vault(&self.vault, &self.mint, self.challenge.key(), &seeds, payer, program_id)?;
        let (attestation, settings) = (&self.attestation, &self.settings);
        let state = Challenge {
            version: VERSION,
            bump,
            vault_bump,
            attestation: *attestation.key(),
            order: attestation.order,
            provider: attestation.provider,
            challenger: *self.challenger.key(),
            verifier: self.verifier.as_ref().map(|verifier| *verifier.key()).unwrap_or_default(),
            deposit: settings.challenge_deposit,
            slash_amount: attestation.slash_amount,
            claim,
            segment_count: segment_count(settings.challenge_sample_segments, attestation.checkpoint_count),
            revealed_count: 0,
            revealed: [0; 32],
            status: CHALLENGE_OPEN,
            opened_at: now,
            answer_deadline: add_seconds(now, settings.challenge_answer_seconds)?,
            judge_deadline: 0,
        };
        let mut challenge = Loaded::new(self.challenge, state);
        challenge.store()?;
        Ok(challenge)
    }
}
