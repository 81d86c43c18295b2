//! `register_verifier`: a verifier posts its bond and takes the next seat. Draws for attestations that are already
//! committed do not count the seat, so that nobody can register into a draw whose hash is known.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::{create_state, create_vault},
    entry::read_args,
    event::emit,
    fault::require,
    runtime::current_slot,
    token::transfer,
};

use super::Context;
use crate::{
    event::VerifierRegistered,
    faults,
    interface::args::RegisterVerifierArgs,
    seeds::{VERIFIER_BOND_VAULT_SEED, VERIFIER_SEED},
    state::{Settings, VERIFIER_SPACE, VERSION, Verifier, VerifierSet},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let RegisterVerifierArgs { bond } = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut set = accounts.load::<VerifierSet>("verifier_set")?;
    let verifier = accounts.any("verifier")?;
    let vault = accounts.any("verifier_bond_vault")?;
    let mint = accounts.mint("infer_mint")?;
    let source = accounts.token_account("owner_token_account")?;
    accounts.token_program("token_program")?;
    accounts.system_program("system_program")?;

    [&payer, &set.slot, &verifier, &vault, &source.slot].into_iter().try_for_each(Slot::require_writable)?;
    mint.require_address(&settings.infer_mint)?;
    source.require_mint(&settings.infer_mint)?;
    source.require_holder(owner.key())?;
    require(bond >= settings.min_verifier_bond, &faults::VERIFIER_BOND_TOO_SMALL)?;

    let bump = create_state(&verifier, VERIFIER_SPACE, &[VERIFIER_SEED, owner.key().as_ref()], &payer, program_id)?;
    let vault_seeds = [VERIFIER_BOND_VAULT_SEED, verifier.key().as_ref()];
    let bond_vault_bump = create_vault(&vault, &mint, verifier.key(), &vault_seeds, &payer, program_id)?;
    transfer(&source.slot, &vault, &owner, bond)?;
    let state = Verifier {
        version: VERSION,
        bump,
        bond_vault_bump,
        owner: *owner.key(),
        bond,
        seat: set.count,
        seated_slot: current_slot()?,
        is_leaving: false,
        withdrawable_at: 0,
        open_challenge_count: 0,
        completed_count: 0,
        infer_shares: 0,
        usdc_shares: 0,
    };
    let mut created = Loaded::new(verifier, state);
    created.store()?;
    set.count = set.count.checked_add(1).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
    set.store()?;
    emit(&VerifierRegistered {
        verifier: *created.key(),
        owner: created.owner,
        bond,
        seat: created.seat,
        seated_slot: created.seated_slot,
    })
}
