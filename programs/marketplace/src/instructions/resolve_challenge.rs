//! `resolve_challenge`: ends a challenge whose outcome is certain. Anyone may call it; every amount has one way to go.
//!
//! Failed: the bond set aside is slashed, the deposit returns. Passed and undecided: the deposit returns. Rejected: the
//! deposit goes to the provider.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::Authority,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::sub,
    challenge::{CHALLENGE_FAILED, CHALLENGE_PASSED, CHALLENGE_REJECTED, require_verifier},
    event::ChallengeResolved,
    faults,
    seeds::{CHALLENGE_SEED, CHALLENGE_VAULT_SEED},
    slash::{Taken, check_bond_vault, take},
    state::{Attestation, Challenge, Order, Provider, Settings, Verifier, VerifierSet},
    vault::Vault,
};

struct ResolveChallenge<'a> {
    program_id: &'a Address,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    bond_vault: TokenAccount,
    order: Loaded<Order>,
    attestation: Loaded<Attestation>,
    challenge: Loaded<Challenge>,
    vault: TokenAccount,
    set: Loaded<VerifierSet>,
    verifier: Option<Loaded<Verifier>>,
    challenger: Slot,
    challenger_account: TokenAccount,
    provider_account: TokenAccount,
    mint: Slot,
}

pub fn process(context: Context, _: &[u8]) -> ProgramResult {
    let mut call = ResolveChallenge::load(context)?;
    call.check_parties()?;
    call.check_money()?;
    let now = unix_timestamp()?;
    let outcome = call.challenge.outcome(now)?;
    call.run(outcome, now)
}

impl<'a> ResolveChallenge<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let settings = accounts.load("marketplace")?;
        let provider = accounts.load("provider")?;
        let bond_vault = accounts.token_account("bond_vault")?;
        let order = accounts.load("order")?;
        let attestation = accounts.load("attestation")?;
        let challenge = accounts.load::<Challenge>("challenge")?;
        // Its vault is gone then, which would say less.
        require(challenge.status < CHALLENGE_PASSED, &faults::CHALLENGE_ALREADY_RESOLVED)?;
        let call = Self {
            program_id,
            settings,
            provider,
            bond_vault,
            order,
            attestation,
            challenge,
            vault: accounts.token_account("challenge_vault")?,
            set: accounts.load("verifier_set")?,
            verifier: accounts.optional("verifier")?.map(|slot| slot.load(program_id)).transpose()?,
            challenger: accounts.any("challenger")?,
            challenger_account: accounts.token_account("challenger_token_account")?,
            provider_account: accounts.token_account("provider_token_account")?,
            mint: accounts.mint("infer_mint")?,
        };
        accounts.token_program("token_program")?;
        Ok(call)
    }

    fn check_parties(&self) -> ProgramResult {
        let slots = [
            &self.provider.slot,
            &self.order.slot,
            &self.attestation.slot,
            &self.challenge.slot,
            &self.set.slot,
            &self.challenger,
        ];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        let challenge = &self.challenge;
        let named = [
            (challenge.provider, self.provider.key()),
            (challenge.order, self.order.key()),
            (challenge.attestation, self.attestation.key()),
        ];
        for (expected, found) in named {
            challenge.slot.require(expected == *found, &fault::CONSTRAINT_HAS_ONE)?;
        }
        self.challenger.require_address(&challenge.challenger)?;
        if let Some(verifier) = &self.verifier {
            verifier.slot.require_writable()?;
        }
        require_verifier(challenge, self.verifier.as_ref().map(Loaded::key))
    }

    fn check_money(&self) -> ProgramResult {
        check_bond_vault(&self.bond_vault, &self.provider.slot, &self.provider, self.program_id)?;
        let slots = [&self.vault.slot, &self.challenger_account.slot, &self.provider_account.slot, &self.mint];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        let seeds = [CHALLENGE_VAULT_SEED, self.challenge.key().as_ref()];
        self.vault.slot.require_seeds_with_bump(&seeds, self.challenge.vault_bump, self.program_id)?;
        self.mint.require_address(&self.settings.infer_mint)?;
        self.challenger_account.require_mint(&self.settings.infer_mint)?;
        self.challenger_account.require_holder(&self.challenge.challenger)?;
        let account = &self.provider_account;
        let is_due = account.holder == self.provider.payout && account.mint == self.settings.infer_mint;
        account.slot.require(is_due, &faults::INVALID_PROVIDER_TOKEN_ACCOUNT)
    }

    fn run(&mut self, outcome: u8, now: i64) -> ProgramResult {
        let deposit_to = self.return_deposit(outcome)?;
        let amount = self.challenge.slash_amount;
        self.provider.let_go(amount)?;
        let taken = if outcome == CHALLENGE_FAILED { self.slash(amount)? } else { Taken { burned: 0, paid: 0 } };
        self.provider.store()?;
        self.order.close_attestation()?;
        if outcome == CHALLENGE_FAILED {
            self.order.failed_challenge_count = self.order.failed_challenge_count.saturating_add(1);
        }
        self.order.store()?;
        if let Some(verifier) = &mut self.verifier {
            self.set.end_challenge(verifier, outcome)?;
            verifier.store()?;
            self.set.store()?;
        }
        self.attestation.end(outcome);
        self.attestation.store()?;
        self.challenge.status = outcome;
        self.challenge.store()?;
        emit(&self.resolved(&taken, deposit_to, now)?)
    }

    /// The whole vault leaves with the deposit, or it could not be closed; its rent goes back to the challenger.
    fn return_deposit(&self, outcome: u8) -> Result<Address, ProgramError> {
        let target = if outcome == CHALLENGE_REJECTED { &self.provider_account } else { &self.challenger_account };
        let seeds: [&[u8]; 2] = [CHALLENGE_SEED, self.challenge.attestation.as_ref()];
        let authority = Authority { seeds: &seeds, bump: self.challenge.bump };
        let vault = Vault { account: &self.vault, holder: &self.challenge.slot, authority };
        vault.pay(&target.slot, self.vault.amount)?;
        vault.close(&self.challenger)?;
        Ok(*target.key())
    }

    fn slash(&mut self, amount: u64) -> Result<Taken, ProgramError> {
        let target = &self.challenger_account.slot;
        let provider = &mut self.provider;
        let burn_bps = self.settings.slash_burn_bps;
        take(&mut provider.state, &provider.slot, &self.bond_vault, &self.mint, target, amount, burn_bps)
    }

    fn resolved(&self, taken: &Taken, deposit_to: Address, now: i64) -> Result<ChallengeResolved, ProgramError> {
        let challenge = &self.challenge;
        Ok(ChallengeResolved {
            challenge: *challenge.key(),
            attestation: challenge.attestation,
            order: challenge.order,
            provider: challenge.provider,
            challenger: challenge.challenger,
            verifier: challenge.verifier,
            outcome: challenge.status,
            deposit: challenge.deposit,
            deposit_to,
            slash_amount: challenge.slash_amount,
            burned: taken.burned,
            paid: taken.paid,
            bond_total: self.provider.bond_total,
            resolved_at: now,
            surplus: sub(self.vault.amount, challenge.deposit)?,
        })
    }
}
