//! `initialize_books`: the verifier set, the book of reward epochs and the incentive vault. Nothing is chosen, so anyone
//! may call it; a second call finds the addresses taken.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    event::emit,
};

use super::Context;
use crate::{
    event::BooksInitialized,
    seeds::{EPOCH_BOOK_SEED, INCENTIVE_VAULT_SEED, VERIFIER_SET_SEED},
    state::{EPOCH_BOOK_SPACE, EpochBook, Settings, VERIFIER_SET_SPACE, VERSION, VerifierSet},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let payer = accounts.signer("payer")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let verifier_set = accounts.any("verifier_set")?;
    let epoch_book = accounts.any("epoch_book")?;
    let incentive_vault = accounts.any("incentive_vault")?;
    let mint = accounts.mint("infer_mint")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    [&payer, &verifier_set, &epoch_book, &incentive_vault].into_iter().try_for_each(Slot::require_writable)?;
    mint.require_address(&settings.infer_mint)?;

    let bump = create_state(&verifier_set, VERIFIER_SET_SPACE, &[VERIFIER_SET_SEED], &payer, program_id)?;
    let set = VerifierSet { version: VERSION, bump, count: 0, infer_shares: 0, usdc_shares: 0 };
    Loaded::new(verifier_set, set).store()?;
    let bump = create_state(&epoch_book, EPOCH_BOOK_SPACE, &[EPOCH_BOOK_SEED], &payer, program_id)?;
    let seeds = [INCENTIVE_VAULT_SEED];
    let incentive_vault_bump = create_vault(&incentive_vault, &mint, settings.key(), &seeds, &payer, program_id)?;
    let book = EpochBook {
        version: VERSION,
        bump,
        incentive_vault_bump,
        reputation_epoch: 0,
        reputation_root: [0; 32],
        incentive_epoch: 0,
        incentives_reserved: 0,
    };
    Loaded::new(epoch_book, book).store()?;
    emit(&BooksInitialized {
        verifier_set: *verifier_set.key(),
        epoch_book: *epoch_book.key(),
        incentive_vault: *incentive_vault.key(),
    })
}
