//! `post_bond`: the owner adds INFER to a provider's bond.

use pinocchio::ProgramResult;
use plumbline_shared::{
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::transfer,
};

use super::Context;
use crate::{
    amount::add,
    event::BondPosted,
    faults,
    interface::args::PostBondArgs,
    state::{BOND_VAULT_SEED, Provider},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: PostBondArgs = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let mut provider = accounts.load::<Provider>("provider")?;
    let bond_vault = accounts.token_account("bond_vault")?;
    let source = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;

    provider.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let seeds = [BOND_VAULT_SEED, provider.key().as_ref()];
    bond_vault.slot.require_seeds_with_bump(&seeds, provider.bond_vault_bump, program_id)?;
    bond_vault.slot.require_writable()?;
    source.slot.require_writable()?;
    source.require_mint(&bond_vault.mint)?;
    source.require_holder(owner.key())?;
    require(args.amount > 0, &faults::ZERO_AMOUNT)?;

    transfer(&source.slot, &bond_vault.slot, &owner, args.amount)?;
    provider.free_expired(unix_timestamp()?);
    provider.bond_total = add(provider.bond_total, args.amount)?;
    provider.store()?;
    emit(&BondPosted {
        provider: *provider.key(),
        owner: provider.owner,
        amount: args.amount,
        bond_total: provider.bond_total,
    })
}
