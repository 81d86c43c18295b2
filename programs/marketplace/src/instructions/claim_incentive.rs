//! `claim_incentive`: a provider's incentive of an epoch goes to its payout wallet, once. A tree whose leaves exceed its
//! total cannot touch what other epochs have reserved.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{Authority, create_state},
    entry::read_args,
    event::emit,
    fault::require,
    merkle,
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{add, sub},
    event::IncentiveClaimed,
    faults,
    interface::args::ClaimIncentiveArgs,
    seeds::{INCENTIVE_CLAIM_SEED, INCENTIVE_VAULT_SEED},
    state::{
        EpochBook, INCENTIVE_CLAIM_SPACE, IncentiveClaim, IncentiveEpoch, MARKETPLACE_SEED, Provider, Settings, VERSION,
    },
    vault::Vault,
};

struct ClaimIncentive<'a> {
    program_id: &'a Address,
    payer: Slot,
    settings: Loaded<Settings>,
    book: Loaded<EpochBook>,
    epoch: Loaded<IncentiveEpoch>,
    claim: Slot,
    provider: Loaded<Provider>,
    vault: TokenAccount,
    target: TokenAccount,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let args: ClaimIncentiveArgs = read_args(data)?;
    let mut call = ClaimIncentive::load(context)?;
    call.check_accounts()?;
    call.check_proof(&args)?;
    call.run(args.amount)
}

impl<'a> ClaimIncentive<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            settings: accounts.load("marketplace")?,
            book: accounts.load("epoch_book")?,
            epoch: accounts.load("incentive_epoch")?,
            claim: accounts.any("incentive_claim")?,
            provider: accounts.load("provider")?,
            vault: accounts.token_account("incentive_vault")?,
            target: accounts.token_account("provider_token_account")?,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        Ok(call)
    }

    fn check_accounts(&self) -> ProgramResult {
        let slots = [&self.payer, &self.book.slot, &self.epoch.slot, &self.claim, &self.vault.slot, &self.target.slot];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        let bump = self.book.incentive_vault_bump;
        self.vault.slot.require_seeds_with_bump(&[INCENTIVE_VAULT_SEED], bump, self.program_id)?;
        let is_due = self.target.holder == self.provider.payout && self.target.mint == self.vault.mint;
        self.target.slot.require(is_due, &faults::INVALID_PROVIDER_TOKEN_ACCOUNT)
    }

    fn check_proof(&self, args: &ClaimIncentiveArgs) -> ProgramResult {
        let leaf = merkle::leaf(self.provider.key(), args.amount, self.epoch.epoch);
        let is_proven = args.proof.len() == args.proof_path.len()
            && merkle::root(leaf, &args.proof, &args.proof_path) == self.epoch.root;
        require(is_proven, &faults::INVALID_TREE_PROOF)
    }

    fn run(&mut self, amount: u64) -> ProgramResult {
        let is_new = !self.claim.view.owned_by(self.program_id);
        self.claim.require(is_new, &faults::INCENTIVE_ALREADY_CLAIMED)?;
        let claimed = add(self.epoch.claimed, amount)?;
        require(claimed <= self.epoch.total, &faults::INCENTIVES_EXHAUSTED)?;
        let provider = *self.provider.key();
        let seeds = [INCENTIVE_CLAIM_SEED, self.epoch.key().as_ref(), provider.as_ref()];
        let bump = create_state(&self.claim, INCENTIVE_CLAIM_SPACE, &seeds, &self.payer, self.program_id)?;
        let incentive_epoch = *self.epoch.key();
        Loaded::new(self.claim, IncentiveClaim { version: VERSION, bump, incentive_epoch, provider, amount })
            .store()?;

        let seeds: [&[u8]; 1] = [MARKETPLACE_SEED];
        let authority = Authority { seeds: &seeds, bump: self.settings.bump };
        Vault { account: &self.vault, holder: &self.settings.slot, authority }.pay(&self.target.slot, amount)?;
        self.epoch.claimed = claimed;
        self.epoch.store()?;
        self.book.incentives_reserved = sub(self.book.incentives_reserved, amount)?;
        self.book.store()?;
        emit(&IncentiveClaimed {
            incentive_claim: *self.claim.key(),
            incentive_epoch,
            epoch: self.epoch.epoch,
            provider,
            amount,
            paid_to: *self.target.key(),
            claimed_at: unix_timestamp()?,
        })
    }
}
