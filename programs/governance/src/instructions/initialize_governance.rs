//! `initialize_governance`: parameters at their starting values, the vaults, and the programs that are governed.
//!
//! There is one governance per program, and the first caller makes it: deployment and this call belong in one script.

use alloc::vec::Vec;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::Fault,
    parameters::COUNT,
};

use super::Context;
use crate::{
    changes::{Check, check_changes, refuse},
    interface::{
        accounts::{GOVERNANCE_SPACE, Governance, PARAMETERS_SPACE},
        args::InitializeGovernanceArgs,
        events::GovernanceInitialized,
        fault,
        types::ParameterChange,
    },
    seeds::{AUTHORITY_SEED, GOVERNANCE_SEED, PARAMETERS_SEED, STAKE_VAULT_SEED, TREASURY_VAULT_SEED, VERSION},
    table::Table,
};

const INFER_DECIMALS: u8 = 9;
const USDC_DECIMALS: u8 = 6;
const MINT_DECIMALS_AT: usize = 44;
const MARKETPLACE_SEED: &[u8] = b"Marketplace";
const EXCHANGE_SEED: &[u8] = b"Exchange";
const POOL_OVERVIEW_SEED: &[u8] = b"PoolOverview";

struct Given {
    payer: Slot,
    founding_admin: Slot,
    governance: Slot,
    parameters: Slot,
    authority: Slot,
    stake_vault: Slot,
    infer_treasury: Slot,
    usdc_treasury: Slot,
    infer_mint: Slot,
    usdc_mint: Slot,
    marketplace_program: Slot,
    exchange_program: Slot,
    staking_program: Slot,
}

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: InitializeGovernanceArgs = read_args(data)?;
    let given = Given::load(&mut accounts)?;
    given.check()?;
    let table = given.create_table(&args.overrides, program_id)?;
    let mut governance = given.create_governance(program_id)?;
    given.create_vaults(program_id)?;
    table.store()?;
    governance.store()?;
    emit(&initialized(&governance, &table))
}

impl Given {
    #[inline(never)]
    fn load(accounts: &mut Accounts) -> Result<Self, ProgramError> {
        let given = Self {
            payer: accounts.signer("payer")?,
            founding_admin: accounts.signer("founding_admin")?,
            governance: accounts.any("governance")?,
            parameters: accounts.any("parameters")?,
            authority: accounts.any("authority")?,
            stake_vault: accounts.any("stake_vault")?,
            infer_treasury: accounts.any("infer_treasury")?,
            usdc_treasury: accounts.any("usdc_treasury")?,
            infer_mint: accounts.mint("infer_mint")?,
            usdc_mint: accounts.mint("usdc_mint")?,
            marketplace_program: accounts.any("marketplace_program")?,
            exchange_program: accounts.any("exchange_program")?,
            staking_program: accounts.any("staking_program")?,
        };
        accounts.token_program("token_program")?;
        accounts.system_program("system_program")?;
        Ok(given)
    }

    fn check(&self) -> ProgramResult {
        let written = [
            &self.payer,
            &self.governance,
            &self.parameters,
            &self.stake_vault,
            &self.infer_treasury,
            &self.usdc_treasury,
        ];
        written.into_iter().try_for_each(Slot::require_writable)?;
        require_decimals(&self.infer_mint, INFER_DECIMALS, &fault::INVALID_INFER_MINT)?;
        require_decimals(&self.usdc_mint, USDC_DECIMALS, &fault::INVALID_USDC_MINT)?;
        let programs = [&self.marketplace_program, &self.exchange_program, &self.staking_program];
        programs
            .into_iter()
            .try_for_each(|program| program.require(program.view.executable(), &fault::PROGRAM_NOT_EXECUTABLE))
    }

    #[inline(never)]
    fn create_table(&self, overrides: &[ParameterChange], program_id: &Address) -> Result<Table, ProgramError> {
        let bump = create_state(&self.parameters, PARAMETERS_SPACE, &[PARAMETERS_SEED], &self.payer, program_id)?;
        let mut table = Table::new(self.parameters, VERSION, bump);
        check_changes(&table, overrides, Check::Start).map_err(|refusal| refuse(&refusal))?;
        for ParameterChange { id, value } in overrides {
            table.set_start(*id, *value);
        }
        Ok(table)
    }

    #[inline(never)]
    fn create_governance(&self, program_id: &Address) -> Result<Loaded<Governance>, ProgramError> {
        let bump = create_state(&self.governance, GOVERNANCE_SPACE, &[GOVERNANCE_SEED], &self.payer, program_id)?;
        let authority_bump = self.authority.require_seeds(&[AUTHORITY_SEED], program_id)?;
        let state = Governance {
            version: VERSION,
            bump,
            authority_bump,
            founding_admin: *self.founding_admin.key(),
            infer_mint: *self.infer_mint.key(),
            usdc_mint: *self.usdc_mint.key(),
            stake_vault: *self.stake_vault.key(),
            infer_treasury: *self.infer_treasury.key(),
            usdc_treasury: *self.usdc_treasury.key(),
            marketplace_program: *self.marketplace_program.key(),
            exchange_program: *self.exchange_program.key(),
            staking_program: *self.staking_program.key(),
            marketplace: derive(MARKETPLACE_SEED, &self.marketplace_program)?,
            exchange: derive(EXCHANGE_SEED, &self.exchange_program)?,
            pool_overview: derive(POOL_OVERVIEW_SEED, &self.staking_program)?,
            total_staked: 0,
            total_unstaking: 0,
            total_power: 0,
            power_slot: 0,
            power_before: 0,
            proposal_count: 0,
            active_count: 0,
            open_slots: Vec::new(),
        };
        Ok(Loaded::new(self.governance, state))
    }

    /// Staked INFER is held by the Governance account, the treasury by the authority: what signs for one cannot move the
    /// other.
    #[inline(never)]
    fn create_vaults(&self, program_id: &Address) -> ProgramResult {
        let payer = &self.payer;
        let holder = self.governance.key();
        create_vault(&self.stake_vault, &self.infer_mint, holder, &[STAKE_VAULT_SEED], payer, program_id)?;
        for (vault, mint) in [(&self.infer_treasury, &self.infer_mint), (&self.usdc_treasury, &self.usdc_mint)] {
            let seeds = [TREASURY_VAULT_SEED, mint.key().as_ref()];
            create_vault(vault, mint, self.authority.key(), &seeds, payer, program_id)?;
        }
        Ok(())
    }
}

fn derive(seed: &[u8], program: &Slot) -> Result<Address, ProgramError> {
    Address::derive_program_address(&[seed], program.key())
        .map(|(address, _)| address)
        .ok_or(ProgramError::InvalidSeeds)
}

fn require_decimals(mint: &Slot, decimals: u8, fault: &Fault) -> ProgramResult {
    let found = mint.view.try_borrow()?.get(MINT_DECIMALS_AT).copied();
    mint.require(found == Some(decimals), fault)
}

fn initialized(governance: &Loaded<Governance>, table: &Table) -> GovernanceInitialized {
    GovernanceInitialized {
        founding_admin: governance.founding_admin,
        infer_mint: governance.infer_mint,
        usdc_mint: governance.usdc_mint,
        stake_vault: governance.stake_vault,
        infer_treasury: governance.infer_treasury,
        usdc_treasury: governance.usdc_treasury,
        marketplace_program: governance.marketplace_program,
        exchange_program: governance.exchange_program,
        staking_program: governance.staking_program,
        marketplace: governance.marketplace,
        exchange: governance.exchange,
        pool_overview: governance.pool_overview,
        governance: *governance.key(),
        values: (0..COUNT).map(|id| table.value(id as u16)).collect(),
    }
}
