//! `request_verifier_withdrawal`: a verifier gives its seat up, and the verifier of the last seat moves to it. Neither
//! seat is drawn for attestations that were committed before: leaving cannot pass a draw on to somebody chosen.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::{
    event::emit,
    fault,
    fault::require,
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    amount::add_seconds,
    event::VerifierLeft,
    faults,
    state::{Settings, Verifier, VerifierSet},
};

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let owner = accounts.signer("owner")?;
    let settings = accounts.load::<Settings>("marketplace")?;
    let mut set = accounts.load::<VerifierSet>("verifier_set")?;
    let mut verifier = accounts.load::<Verifier>("verifier")?;
    let last = accounts.any("last_verifier")?;

    set.slot.require_writable()?;
    verifier.slot.require_writable()?;
    last.require_writable()?;
    verifier.slot.require(verifier.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(!verifier.is_leaving, &faults::VERIFIER_IS_LEAVING)?;

    let last_seat = set.count.checked_sub(1).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())?;
    let slot = current_slot()?;
    let moved_verifier = if verifier.seat == last_seat {
        last.require_address(verifier.key())?;
        Address::default()
    } else {
        let mut moved = last.load::<Verifier>(program_id)?;
        last.require(moved.seat == last_seat && !moved.is_leaving, &faults::WRONG_SEAT)?;
        moved.seat = verifier.seat;
        moved.seated_slot = slot;
        moved.store()?;
        *moved.key()
    };
    set.count = last_seat;
    set.store()?;
    verifier.is_leaving = true;
    verifier.withdrawable_at = add_seconds(unix_timestamp()?, settings.bond_withdrawal_delay_seconds)?;
    verifier.store()?;
    emit(&VerifierLeft {
        verifier: *verifier.key(),
        owner: verifier.owner,
        seat: verifier.seat,
        moved_verifier,
        moved_slot: slot,
        withdrawable_at: verifier.withdrawable_at,
    })
}
