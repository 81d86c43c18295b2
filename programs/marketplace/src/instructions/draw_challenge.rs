//! `draw_challenge`: the hash of the first block after an attestation decides whether it is challenged, who has the first
//! turn, and which checkpoints are to be revealed.
//!
//! When nobody captured that hash while it was known, the draw is armed again and selects for certain: letting a draw
//! lapse is never better than having it. The bond that may be lost is set aside here.

use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    event::emit,
    fault::{self, require},
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    amount::add_seconds,
    attestation::{ATTESTATION_NOT_SELECTED, ATTESTATION_SELECTED, ATTESTATION_UNDRAWN, Draw},
    event::{AttestationDrawn, AttestationRearmed},
    faults,
    slot_hashes::{FirstBlock, first_block_after},
    state::{Attestation, Order, Provider, Settings, Verifier, VerifierSet},
};

struct DrawChallenge<'a> {
    program_id: &'a Address,
    settings: Loaded<Settings>,
    provider: Loaded<Provider>,
    order: Loaded<Order>,
    attestation: Loaded<Attestation>,
    set: Loaded<VerifierSet>,
    verifier: Option<Slot>,
    slot_hashes: Slot,
}

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut call = DrawChallenge {
        program_id,
        settings: accounts.load("marketplace")?,
        provider: accounts.load("provider")?,
        order: accounts.load("order")?,
        attestation: accounts.load("attestation")?,
        set: accounts.load("verifier_set")?,
        verifier: accounts.optional("verifier")?,
        slot_hashes: accounts.any("slot_hashes")?,
    };
    let slots = [&call.provider.slot, &call.order.slot, &call.attestation.slot];
    slots.into_iter().try_for_each(Slot::require_writable)?;
    let attestation = &call.attestation;
    attestation.slot.require(attestation.order == *call.order.key(), &fault::CONSTRAINT_HAS_ONE)?;
    attestation.slot.require(attestation.provider == *call.provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(attestation.status == ATTESTATION_UNDRAWN, &faults::ATTESTATION_NOT_WAITING)?;
    match first_block_after(&call.slot_hashes, attestation.draw_after_slot)? {
        FirstBlock::NotYet => Err(faults::DRAW_TOO_EARLY.raise()),
        FirstBlock::Known { slot, hash } => call.draw(slot, hash),
        FirstBlock::Missed => call.rearm(),
    }
}

impl DrawChallenge<'_> {
    fn rearm(&mut self) -> ProgramResult {
        self.attestation.draw_after(current_slot()?);
        self.attestation.store()?;
        emit(&AttestationRearmed {
            attestation: *self.attestation.key(),
            order: self.attestation.order,
            provider: self.attestation.provider,
            draw_after_slot: self.attestation.draw_after_slot,
        })
    }

    fn draw(&mut self, block_slot: u64, block_hash: [u8; 32]) -> ProgramResult {
        let now = unix_timestamp()?;
        let draw = Draw::new(&block_hash, self.attestation.key().as_ref());
        let is_selected = self.attestation.is_certain || draw.is_selected(self.settings.challenge_frequency_ppm);
        self.attestation.seed = draw.seed;
        if is_selected {
            self.select(&draw, now)?;
        } else {
            self.attestation.status = ATTESTATION_NOT_SELECTED;
            self.order.close_attestation()?;
            self.order.store()?;
        }
        self.attestation.store()?;
        let attestation = &self.attestation;
        emit(&AttestationDrawn {
            attestation: *attestation.key(),
            order: attestation.order,
            provider: attestation.provider,
            is_selected,
            block_slot,
            block_hash,
            seed: attestation.seed,
            verifier: attestation.verifier,
            turn_ends_at: attestation.turn_ends_at,
            challenge_until: attestation.challenge_until,
            slash_amount: attestation.slash_amount,
            drawn_at: now,
        })
    }

    fn select(&mut self, draw: &Draw, now: i64) -> ProgramResult {
        let settings = &self.settings;
        let verifier = self.first_turn(draw)?;
        let turn_seconds = if verifier.is_some() { settings.challenge_turn_seconds } else { 0 };
        let amount = self.provider.locked_part(settings, settings.slash_bps_failed_challenge, now)?;
        self.provider.set_aside(amount)?;
        self.provider.store()?;
        let attestation = &mut self.attestation;
        attestation.status = ATTESTATION_SELECTED;
        attestation.verifier = verifier.unwrap_or_default();
        attestation.turn_ends_at = add_seconds(now, turn_seconds)?;
        attestation.challenge_until = add_seconds(attestation.turn_ends_at, settings.challenge_window_seconds)?;
        attestation.slash_amount = amount;
        Ok(())
    }

    /// The verifier of the drawn seat, which the caller has to bring (6110). Nobody has the first turn when the seat is
    /// empty, or was taken after the attestation.
    fn first_turn(&self, draw: &Draw) -> Result<Option<Address>, ProgramError> {
        let seat = draw.seat(self.attestation.verifier_count).filter(|seat| *seat < self.set.count);
        match (seat, self.verifier) {
            (None, None) => Ok(None),
            (Some(seat), Some(slot)) => {
                let verifier = slot.load::<Verifier>(self.program_id)?;
                slot.require(verifier.seat == seat && !verifier.is_leaving, &faults::WRONG_SEAT)?;
                let is_earlier = verifier.seated_slot < self.attestation.draw_after_slot;
                Ok(is_earlier.then_some(*slot.key()))
            }
            (None, Some(slot)) => Err(faults::WRONG_SEAT.at(slot.name)),
            (Some(_), None) => Err(faults::WRONG_SEAT.raise()),
        }
    }
}
