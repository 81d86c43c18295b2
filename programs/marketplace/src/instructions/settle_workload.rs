//! `settle_workload`: debits a customer's deposit for a metered workload and pays the host, once for each id.
//!
//! The meter settles under its own ids, a customer under its own: the marker's address contains the issuer. So nobody can
//! use up an id of somebody else's workload with a small settlement. A customer spends its own deposit only.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{Authority, create_state},
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{add, gpu_seconds, sub},
    event::WorkloadSettled,
    faults,
    interface::args::SettleWorkloadArgs,
    seeds::{DEPOSIT_SEED, DEPOSIT_VAULT_SEED, WORKLOAD_SEED},
    settlement::Parts,
    state::{
        BUYER_SEED, BUYER_SPACE, Buyer, Deposit, Marketplace, Provider, Settings, VERSION, WORKLOAD_SPACE, Workload,
    },
    vault::Vault,
    workload::{base_units, credits, split_workload},
};

struct SettleWorkload<'a> {
    program_id: &'a Address,
    payer: Slot,
    authority: Slot,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    deposit: Loaded<Deposit>,
    deposit_vault: TokenAccount,
    workload: Slot,
    buyer_record: Slot,
    mint: Slot,
    provider_account: TokenAccount,
    treasury: TokenAccount,
    verifier_vault: TokenAccount,
}

pub fn process(context: Context, data: &[u8]) -> ProgramResult {
    let args: SettleWorkloadArgs = read_args(data)?;
    let mut call = SettleWorkload::load(context)?;
    call.check_accounts()?;
    call.check_work(&args)?;
    call.run(&args)
}

impl<'a> SettleWorkload<'a> {
    fn load((program_id, mut accounts): Context<'a>) -> Result<Self, ProgramError> {
        let call = Self {
            program_id,
            payer: accounts.signer("payer")?,
            authority: accounts.signer("authority")?,
            settings: accounts.load("marketplace")?,
            provider: accounts.load("provider")?,
            deposit: accounts.load("deposit")?,
            deposit_vault: accounts.token_account("deposit_vault")?,
            workload: accounts.any("workload")?,
            buyer_record: accounts.any("buyer_record")?,
            mint: accounts.mint("infer_mint")?,
            provider_account: accounts.token_account("provider_token_account")?,
            treasury: accounts.token_account("treasury")?,
            verifier_vault: accounts.token_account("verifier_vault")?,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        Ok(call)
    }

    fn check_accounts(&self) -> ProgramResult {
        let slots = [
            &self.payer,
            &self.provider.slot,
            &self.deposit.slot,
            &self.deposit_vault.slot,
            &self.workload,
            &self.buyer_record,
            &self.mint,
            &self.provider_account.slot,
            &self.treasury.slot,
            &self.verifier_vault.slot,
        ];
        slots.into_iter().try_for_each(Slot::require_writable)?;
        let seeds = [DEPOSIT_VAULT_SEED, self.deposit.key().as_ref()];
        self.deposit_vault.slot.require_seeds_with_bump(&seeds, self.deposit.vault_bump, self.program_id)?;
        self.mint.require_address(&self.settings.infer_mint)?;
        let account = &self.provider_account;
        let is_due = account.holder == self.provider.payout && account.mint == self.settings.infer_mint;
        account.slot.require(is_due, &faults::INVALID_PROVIDER_TOKEN_ACCOUNT)?;
        let is_treasury = *self.treasury.key() == self.settings.infer_treasury;
        self.treasury.slot.require(is_treasury, &faults::INVALID_TREASURY)?;
        self.verifier_vault.slot.require_address(&self.settings.infer_verifier_vault)
    }

    fn is_meter(&self) -> bool {
        *self.authority.key() == self.settings.meter
    }

    /// Whose ids these are: the marketplace's when the meter settles, so that they outlive a change of the meter's key.
    fn issuer(&self) -> Address {
        if self.is_meter() { *self.settings.key() } else { self.deposit.customer }
    }

    fn check_work(&self, args: &SettleWorkloadArgs) -> ProgramResult {
        let is_allowed = self.is_meter() || *self.authority.key() == self.deposit.customer;
        self.authority.require(is_allowed, &faults::NOT_METER_OR_CUSTOMER)?;
        if args.gpu_units == 0 {
            return Ok(());
        }
        // GPU-seconds weigh in rewards and have no price of their own here.
        require(self.is_meter(), &faults::GPU_WORK_NEEDS_METER)?;
        let catalogue = self.settings.slot.load::<Marketplace>(self.program_id)?;
        require(usize::from(args.model) < catalogue.models.len(), &faults::UNKNOWN_MODEL)
    }

    fn run(&mut self, args: &SettleWorkloadArgs) -> ProgramResult {
        let credits = credits(&self.settings, args)?;
        let amount = base_units(credits)?;
        require(amount > 0, &faults::ZERO_AMOUNT)?;
        require(amount <= self.deposit.balance, &faults::DEPOSIT_TOO_SMALL)?;
        let workload = self.create_marker(args.id, amount)?;
        let parts = split_workload(&self.settings, amount)?;
        self.pay(&parts)?;

        self.deposit.balance = sub(self.deposit.balance, amount)?;
        self.deposit.workload_count = add(self.deposit.workload_count, 1)?;
        self.deposit.store()?;
        self.provider.fees_earned_on = add(self.provider.fees_earned_on, parts.fee)?;
        self.provider.store()?;
        self.count_fee(parts.fee)?;
        emit(&self.settled(args, &workload, credits, &parts))
    }

    fn create_marker(&self, id: [u8; 32], amount: u64) -> Result<Loaded<Workload>, ProgramError> {
        let is_new = !self.workload.view.owned_by(self.program_id);
        self.workload.require(is_new, &faults::WORKLOAD_ALREADY_SETTLED)?;
        let issuer = self.issuer();
        let seeds = [WORKLOAD_SEED, issuer.as_ref(), id.as_ref()];
        let bump = create_state(&self.workload, WORKLOAD_SPACE, &seeds, &self.payer, self.program_id)?;
        let state = Workload {
            version: VERSION,
            bump,
            issuer,
            id,
            customer: self.deposit.customer,
            provider: *self.provider.key(),
            amount,
            settled_at: unix_timestamp()?,
        };
        let mut workload = Loaded::new(self.workload, state);
        workload.store()?;
        Ok(workload)
    }

    fn pay(&self, parts: &Parts) -> ProgramResult {
        let seeds: [&[u8]; 2] = [DEPOSIT_SEED, self.deposit.customer.as_ref()];
        let authority = Authority { seeds: &seeds, bump: self.deposit.bump };
        let vault = Vault { account: &self.deposit_vault, holder: &self.deposit.slot, authority };
        vault.pay(&self.provider_account.slot, parts.provider)?;
        vault.pay(&self.treasury.slot, parts.treasury)?;
        vault.pay(&self.verifier_vault.slot, parts.verifier)?;
        vault.burn(&self.mint, parts.burn)
    }

    /// The customer's fees count as use; its record is the one that orders count in.
    fn count_fee(&self, fee: u64) -> ProgramResult {
        let customer = &self.deposit.customer;
        let mut record = if self.buyer_record.view.owned_by(self.program_id) {
            self.buyer_record.load::<Buyer>(self.program_id)?
        } else {
            let seeds = [BUYER_SEED, customer.as_ref()];
            let bump = create_state(&self.buyer_record, BUYER_SPACE, &seeds, &self.payer, self.program_id)?;
            let state = Buyer { version: VERSION, bump, buyer: *customer, order_count: 0, fees_paid: 0 };
            Loaded::new(self.buyer_record, state)
        };
        record.slot.require(record.buyer == *customer, &fault::CONSTRAINT_HAS_ONE)?;
        record.fees_paid = add(record.fees_paid, fee)?;
        record.store()
    }

    fn settled(
        &self,
        args: &SettleWorkloadArgs,
        workload: &Loaded<Workload>,
        credits: u64,
        parts: &Parts,
    ) -> WorkloadSettled {
        WorkloadSettled {
            workload: *workload.key(),
            issuer: workload.issuer,
            id: args.id,
            deposit: *self.deposit.key(),
            customer: workload.customer,
            provider: workload.provider,
            operator_pool: self.provider.operator_pool,
            vcpus: args.vcpus,
            memory_mb: args.memory_mb,
            seconds: args.seconds,
            model: args.model,
            gpu_units: args.gpu_units,
            gpu_seconds: gpu_seconds(args.gpu_units, args.seconds),
            credits,
            mint: self.settings.infer_mint,
            amount: workload.amount,
            provider_amount: parts.provider,
            fee: parts.fee,
            fee_treasury: parts.treasury,
            fee_burn: parts.burn,
            fee_verifier: parts.verifier,
            paid_to: *self.provider_account.key(),
            balance: self.deposit.balance,
            settled_at: workload.settled_at,
        }
    }
}
