//! `commit_incentives`: the reward authority reserves an epoch's incentives under a root, within the governed budget and
//! within what the vault holds beside earlier reserves.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::require,
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::add,
    event::IncentivesCommitted,
    faults,
    interface::args::CommitIncentivesArgs,
    seeds::{INCENTIVE_EPOCH_SEED, INCENTIVE_VAULT_SEED},
    state::{EpochBook, INCENTIVE_EPOCH_SPACE, IncentiveEpoch, Settings, VERSION},
};

/// The budget counts in micro-INFER; INFER has 9 decimals.
const BASE_UNITS_PER_MICRO: u64 = 1_000;

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let CommitIncentivesArgs { epoch, root, total } = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let authority = accounts.signer("reward_authority")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut book = accounts.load::<EpochBook>("epoch_book")?;
    let vault = accounts.token_account("incentive_vault")?;
    let slot = accounts.any("incentive_epoch")?;
    accounts.system_program("system_program")?;

    [&payer, &book.slot, &slot].into_iter().try_for_each(Slot::require_writable)?;
    authority.require(*authority.key() == settings.reward_authority, &faults::NOT_REWARD_AUTHORITY)?;
    vault.slot.require_seeds_with_bump(&[INCENTIVE_VAULT_SEED], book.incentive_vault_bump, program_id)?;
    require(epoch > book.incentive_epoch, &faults::EPOCH_NOT_ASCENDING)?;
    let budget = settings.base_reward_rate.saturating_mul(BASE_UNITS_PER_MICRO);
    require(total <= budget, &faults::INCENTIVES_ABOVE_BUDGET)?;
    let incentives_reserved = add(book.incentives_reserved, total)?;
    require(incentives_reserved <= vault.amount, &faults::INCENTIVE_VAULT_TOO_SMALL)?;

    let epoch_seed = epoch.to_le_bytes();
    let seeds = [INCENTIVE_EPOCH_SEED, epoch_seed.as_ref()];
    let bump = create_state(&slot, INCENTIVE_EPOCH_SPACE, &seeds, &payer, program_id)?;
    Loaded::new(slot, IncentiveEpoch { version: VERSION, bump, epoch, root, total, claimed: 0 }).store()?;
    book.incentive_epoch = epoch;
    book.incentives_reserved = incentives_reserved;
    book.store()?;
    emit(&IncentivesCommitted {
        incentive_epoch: *slot.key(),
        epoch,
        root,
        total,
        incentives_reserved,
        committed_at: unix_timestamp()?,
    })
}
