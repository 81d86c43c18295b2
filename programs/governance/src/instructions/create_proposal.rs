//! `create_proposal`: a staker submits a proposal. What could not be carried out now never comes before the voters.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self as common, require},
    math::add,
    parameters::id,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    action::{PARAM_CHANGE, check_action, check_text},
    changes::{Check, Holder, require_changes},
    interface::{
        accounts::{Governance, PROPOSAL_SPACE, Proposal, Staker},
        args::CreateProposalArgs,
        events::ProposalCreated,
        fault,
        types::{Refusal, VoteTotals},
    },
    own,
    proposal::DISCUSSION,
    seeds::{PROPOSAL_SEED, VERSION},
    table::Table,
};

/// `min_proposal_stake` counts thousandths of an INFER.
const BASE_UNITS_PER_MILLI: u64 = 1_000_000;

struct CreateProposal<'a> {
    program_id: &'a Address,
    payer: Slot,
    proposer: Slot,
    governance: Loaded<Governance>,
    table: Table,
    staker: Loaded<Staker>,
    proposal: Slot,
}

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: CreateProposalArgs = read_args(data)?;
    let mut call = CreateProposal::load(program_id, &mut accounts)?;
    call.check(&args)?;
    call.run(args)
}

impl<'a> CreateProposal<'a> {
    #[inline(never)]
    fn load(program_id: &'a Address, accounts: &mut Accounts) -> Result<Self, ProgramError> {
        let call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            proposer: accounts.signer("proposer")?,
            governance: own::governance(accounts, program_id)?,
            table: own::parameters(accounts, program_id)?,
            staker: own::staker(accounts, program_id)?,
            proposal: accounts.any("proposal")?,
        };
        accounts.system_program("system_program")?;
        Ok(call)
    }

    #[inline(never)]
    fn check(&self, args: &CreateProposalArgs) -> ProgramResult {
        let written = [&self.payer, &self.governance.slot, &self.staker.slot, &self.proposal];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.staker.slot.require(self.staker.owner == *self.proposer.key(), &common::CONSTRAINT_HAS_ONE)?;
        check_text(&args.title, &args.uri)?;
        check_action(&args.action, &self.governance)?;
        if args.action.kind == PARAM_CHANGE {
            require_changes(&self.table, &args.action.changes, Check::Submit, Holder::Governance)?;
        }
        require(self.staker.free_stake() >= self.minimum_stake()?, &fault::PROPOSAL_STAKE_TOO_LOW)?;
        let most = self.table.value(id::MAX_ACTIVE_PROPOSALS);
        require(i64::from(self.governance.active_count) < most, &fault::TOO_MANY_ACTIVE_PROPOSALS)
    }

    fn minimum_stake(&self) -> Result<u64, ProgramError> {
        let milli =
            u64::try_from(self.table.value(id::MIN_PROPOSAL_STAKE)).map_err(|_| ProgramError::InvalidAccountData)?;
        Ok(milli.saturating_mul(BASE_UNITS_PER_MILLI))
    }

    fn run(&mut self, args: CreateProposalArgs) -> ProgramResult {
        let committed = self.minimum_stake()?;
        let mut proposal = self.create(args, committed)?;
        self.governance.proposal_count = add(self.governance.proposal_count, 1);
        self.governance.active_count = self.governance.active_count.saturating_add(1);
        self.staker.committed = add(self.staker.committed, committed);
        proposal.store()?;
        self.staker.store()?;
        self.governance.store()?;
        emit_created(proposal)
    }

    #[inline(never)]
    fn create(&self, args: CreateProposalArgs, committed: u64) -> Result<Loaded<Proposal>, ProgramError> {
        let proposal_id = self.governance.proposal_count;
        let seeds = [PROPOSAL_SEED, &proposal_id.to_le_bytes()];
        let bump = create_state(&self.proposal, PROPOSAL_SPACE, &seeds, &self.payer, self.program_id)?;
        let now = unix_timestamp()?;
        let state = Proposal {
            version: VERSION,
            bump,
            status: DISCUSSION,
            proposal_id,
            proposer: *self.proposer.key(),
            committed,
            created_at: now,
            signaling_from: now.saturating_add(self.table.hours(id::DISCUSSION_HOURS)),
            signaling_seconds: u32::try_from(self.table.hours(id::SIGNALING_HOURS)).unwrap_or(u32::MAX),
            voting_from: 0,
            opened_slot: 0,
            voting_ends_at: 0,
            executes_from: 0,
            expires_at: 0,
            quorum_bps: 0,
            pass_threshold_bps: 0,
            veto_threshold_bps: 0,
            snapshot_power: 0,
            ended_at: 0,
            signals: VoteTotals::default(),
            votes: VoteTotals::default(),
            refusal: Refusal::default(),
            text_hash: args.text_hash,
            action: args.action,
            title: args.title,
            uri: args.uri,
        };
        Ok(Loaded::new(self.proposal, state))
    }
}

fn emit_created(proposal: Loaded<Proposal>) -> ProgramResult {
    let key = *proposal.key();
    let state = *proposal.state;
    emit(&ProposalCreated {
        proposal: key,
        proposal_id: state.proposal_id,
        proposer: state.proposer,
        committed: state.committed,
        action: state.action,
        title: state.title,
        uri: state.uri,
        text_hash: state.text_hash,
        created_at: state.created_at,
        signaling_from: state.signaling_from,
        signaling_seconds: state.signaling_seconds,
    })
}
