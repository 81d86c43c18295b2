//! `commit_reputation_root`: the reward authority commits the root of all scores of a reward epoch.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, runtime::unix_timestamp};

use super::Context;
use crate::{
    event::ReputationRootCommitted,
    faults,
    interface::args::CommitReputationRootArgs,
    state::{EpochBook, Settings},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let CommitReputationRootArgs { epoch, root } = read_args(data)?;
    let authority = accounts.signer("reward_authority")?;
    let mut settings = accounts.load::<Settings>("marketplace")?;
    let mut book = accounts.load::<EpochBook>("epoch_book")?;

    settings.slot.require_writable()?;
    book.slot.require_writable()?;
    authority.require(*authority.key() == settings.reward_authority, &faults::NOT_REWARD_AUTHORITY)?;
    require(epoch > book.reputation_epoch, &faults::EPOCH_NOT_ASCENDING)?;

    book.reputation_epoch = epoch;
    book.reputation_root = root;
    book.store()?;
    // Orders read the epoch from the settings, which they load anyway.
    settings.reputation_epoch = epoch;
    settings.store()?;
    emit(&ReputationRootCommitted { epoch, root, committed_at: unix_timestamp()? })
}
