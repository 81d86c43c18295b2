//! `slash_provider`: takes bond by class, on evidence that is itself an account of this program, each piece once.
//!
//! * 0, no delivery: an order that was refunded after its delivery deadline, until its bond is let go. Anyone may, when the
//!   provider never attested any work; the arbiter or governance, when it did: a buyer that does not confirm must not be
//!   able to take bond from a provider that worked. What is not burned goes to the buyer.
//! * 1, failed challenge: a contested challenge that the arbiter left undecided; by governance, to the challenger. All
//!   others are slashed by `resolve_challenge`.
//! * 2, false benchmark: by the arbiter or governance, to the treasury.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self, require},
    hash::sha256,
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{add_seconds, part},
    challenge::CHALLENGE_UNDECIDED,
    event::ProviderSlashed,
    faults,
    interface::args::SlashProviderArgs,
    seeds::SLASH_RECORD_SEED,
    slash::{check_bond_vault, take},
    state::{
        Benchmark, Challenge, ORDER_REFUNDED, Order, Provider, SLASH_RECORD_SPACE, Settings, SlashRecord, VERSION,
    },
};

const NO_DELIVERY: u8 = 0;
const FAILED_CHALLENGE: u8 = 1;
const FALSE_BENCHMARK: u8 = 2;

struct SlashProvider<'a> {
    program_id: &'a Address,
    payer: Slot,
    authority: Slot,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    bond_vault: TokenAccount,
    evidence: Slot,
    record: Slot,
    beneficiary: TokenAccount,
    mint: Slot,
}

/// What the evidence supports: how much, and under which name it is used up.
struct Verdict {
    amount: u64,
    evidence: Address,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let SlashProviderArgs { class } = read_args(data)?;
    let mut call = SlashProvider::load(context)?;
    call.check_accounts()?;
    let now = unix_timestamp()?;
    let verdict = match class {
        NO_DELIVERY => call.no_delivery(now)?,
        FAILED_CHALLENGE => call.failed_challenge(now)?,
        FALSE_BENCHMARK => call.false_benchmark()?,
        _ => return Err(faults::INVALID_SLASH_CLASS.raise()),
    };
    call.run(class, &verdict, now)
}

impl<'a> SlashProvider<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            authority: accounts.signer("authority")?,
            settings: accounts.load("marketplace")?,
            provider: accounts.load("provider")?,
            bond_vault: accounts.token_account("bond_vault")?,
            evidence: accounts.any("evidence")?,
            record: accounts.any("slash_record")?,
            beneficiary: accounts.token_account("beneficiary_token_account")?,
            mint: accounts.mint("infer_mint")?,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        Ok(call)
    }

    fn check_accounts(&self) -> ProgramResult {
        let slots = [&self.payer, &self.provider.slot, &self.record, &self.beneficiary.slot, &self.mint];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        check_bond_vault(&self.bond_vault, &self.provider.slot, &self.provider, self.program_id)?;
        self.mint.require_address(&self.settings.infer_mint)?;
        self.beneficiary.require_mint(&self.settings.infer_mint)
    }

    fn require_authority(&self, allowed: &[Address]) -> ProgramResult {
        self.authority.require(allowed.contains(self.authority.key()), &faults::NOT_ALLOWED_TO_SLASH)
    }

    fn require_evidence(&self, provider: &Address, holds: bool) -> ProgramResult {
        self.evidence.require(provider == self.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
        require(holds, &faults::INVALID_EVIDENCE)
    }

    fn no_delivery(&mut self, now: i64) -> Result<Verdict, ProgramError> {
        let order = self.evidence.load::<Order>(self.program_id)?;
        let settings = &self.settings;
        let is_late =
            order.status == ORDER_REFUNDED && order.started_at > 0 && order.ended_at > order.delivery_deadline;
        let was_disputed = order.dispute_opener != Address::default();
        let is_held = now <= add_seconds(order.ended_at, settings.challenge_window_seconds)?;
        self.require_evidence(&order.provider, is_late && !order.is_streaming && !was_disputed && is_held)?;
        if order.attestation_count > 0 {
            self.require_authority(&[settings.arbiter, settings.governance_authority])?;
        }
        self.beneficiary.require_holder(&order.buyer)?;
        let amount = self.provider.locked_part(settings, settings.slash_bps_no_delivery, now)?;
        Ok(Verdict { amount, evidence: *order.key() })
    }

    fn failed_challenge(&mut self, now: i64) -> Result<Verdict, ProgramError> {
        let challenge = self.evidence.load::<Challenge>(self.program_id)?;
        self.require_evidence(&challenge.provider, challenge.status == CHALLENGE_UNDECIDED)?;
        self.require_authority(&[self.settings.governance_authority])?;
        self.beneficiary.require_holder(&challenge.challenger)?;
        let bps = self.settings.slash_bps_failed_challenge;
        let amount = self.provider.locked_part(&self.settings, bps, now)?;
        Ok(Verdict { amount, evidence: *challenge.key() })
    }

    /// The report is named by its content: another report of the same device is other evidence.
    fn false_benchmark(&mut self) -> Result<Verdict, ProgramError> {
        let benchmark = self.evidence.load::<Benchmark>(self.program_id)?;
        let settings = &self.settings;
        self.require_evidence(&benchmark.provider, true)?;
        self.require_authority(&[settings.arbiter, settings.governance_authority])?;
        self.beneficiary.slot.require_address(&settings.infer_treasury)?;
        let amount = part(self.provider.unchallenged()?, settings.slash_bps_false_benchmark)?;
        let submitted_at = benchmark.submitted_at.to_le_bytes();
        let name = sha256(&[benchmark.key().as_ref(), &submitted_at, &benchmark.report_hash]);
        Ok(Verdict { amount, evidence: Address::new_from_array(name) })
    }

    fn run(&mut self, class: u8, verdict: &Verdict, now: i64) -> ProgramResult {
        self.use_up(class, verdict, now)?;
        let provider = &mut self.provider;
        let (target, burn_bps) = (&self.beneficiary.slot, self.settings.slash_burn_bps);
        let slot = provider.slot;
        let taken = take(&mut provider.state, &slot, &self.bond_vault, &self.mint, target, verdict.amount, burn_bps)?;
        provider.store()?;
        emit(&ProviderSlashed {
            provider: *slot.key(),
            class,
            evidence: verdict.evidence,
            slash_record: *self.record.key(),
            amount: verdict.amount,
            burned: taken.burned,
            paid: taken.paid,
            paid_to: *self.beneficiary.key(),
            bond_total: self.provider.bond_total,
            slashed_by: *self.authority.key(),
            slashed_at: now,
        })
    }

    fn use_up(&self, class: u8, verdict: &Verdict, now: i64) -> ProgramResult {
        let is_new = !self.record.view.owned_by(self.program_id);
        self.record.require(is_new, &faults::ALREADY_SLASHED)?;
        let seeds = [SLASH_RECORD_SEED, verdict.evidence.as_ref()];
        let bump = create_state(&self.record, SLASH_RECORD_SPACE, &seeds, &self.payer, self.program_id)?;
        let state = SlashRecord {
            version: VERSION,
            bump,
            provider: *self.provider.key(),
            class,
            evidence: verdict.evidence,
            amount: verdict.amount,
            slashed_at: now,
        };
        Loaded::new(self.record, state).store()
    }
}
