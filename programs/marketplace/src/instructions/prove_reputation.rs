//! `prove_reputation`: writes a provider's score of the last committed epoch to its account. Anyone may prove any
//! provider's, so that a score that fell can be shown too.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, event::emit, fault::require, merkle};

use super::Context;
use crate::{
    event::ReputationProven,
    faults,
    interface::args::ProveReputationArgs,
    state::{EpochBook, Provider},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let ProveReputationArgs { score, proof, proof_path } = read_args(data)?;
    let book = accounts.load::<EpochBook>("epoch_book")?;
    let mut provider = accounts.load::<Provider>("provider")?;

    provider.slot.require_writable()?;
    let leaf = merkle::leaf(provider.key(), u64::from(score), book.reputation_epoch);
    let is_proven = proof.len() == proof_path.len() && merkle::root(leaf, &proof, &proof_path) == book.reputation_root;
    require(is_proven, &faults::INVALID_TREE_PROOF)?;

    provider.proven_score = score;
    provider.proven_epoch = book.reputation_epoch;
    provider.store()?;
    emit(&ReputationProven { provider: *provider.key(), epoch: provider.proven_epoch, score })
}
