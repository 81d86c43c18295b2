//! `withdraw_bond`: bond that was asked back goes to the owner after the delay, as long as what stays is at least the
//! tier's minimum and what orders hold locked.

use pinocchio::ProgramResult;
use plumbline_shared::{
    create::Authority,
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::transfer_signed,
};

use super::Context;
use crate::{
    amount::sub,
    event::BondWithdrawn,
    faults,
    interface::args::WithdrawBondArgs,
    state::{BOND_VAULT_SEED, PROVIDER_SEED, Provider, Settings},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let WithdrawBondArgs { amount } = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut provider = accounts.load::<Provider>("provider")?;
    let bond_vault = accounts.token_account("bond_vault")?;
    let target = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;

    provider.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let seeds = [BOND_VAULT_SEED, provider.key().as_ref()];
    bond_vault.slot.require_seeds_with_bump(&seeds, provider.bond_vault_bump, program_id)?;
    bond_vault.slot.require_writable()?;
    target.slot.require_writable()?;
    target.require_mint(&bond_vault.mint)?;
    target.require_holder(owner.key())?;

    let now = unix_timestamp()?;
    require(amount > 0, &faults::ZERO_AMOUNT)?;
    require(amount <= provider.withdrawal_amount, &faults::WITHDRAWAL_NOT_REQUESTED)?;
    require(now >= provider.withdrawal_ready_at, &faults::WITHDRAWAL_NOT_READY)?;
    provider.free_expired(now);
    let required = settings.tier_minimum_bond(provider.tier).max(provider.locked()?);
    let stays = provider.bond_total.checked_sub(amount).filter(|stays| *stays >= required);
    provider.bond_total = stays.ok_or_else(|| faults::BOND_STILL_REQUIRED.raise())?;
    provider.withdrawal_amount = sub(provider.withdrawal_amount, amount)?;

    let provider_seeds: [&[u8]; 2] = [PROVIDER_SEED, provider.owner.as_ref()];
    let authority = Authority { seeds: &provider_seeds, bump: provider.bump };
    transfer_signed(&bond_vault.slot, &target.slot, &provider.slot, amount, authority)?;
    provider.store()?;
    emit(&BondWithdrawn {
        provider: *provider.key(),
        owner: provider.owner,
        amount,
        bond_total: provider.bond_total,
        withdrawal_amount: provider.withdrawal_amount,
        paid_to: *target.key(),
        withdrawn_at: now,
    })
}
