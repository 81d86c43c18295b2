//! `clear_attestation`: a selected attestation that nobody challenged in time no longer holds bond, nor the order's pay.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Slot,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    attestation::{ATTESTATION_CLEARED, ATTESTATION_SELECTED},
    event::AttestationCleared,
    faults,
    state::{Attestation, Order, Provider},
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut provider = accounts.load::<Provider>("provider")?;
    let mut order = accounts.load::<Order>("order")?;
    let mut attestation = accounts.load::<Attestation>("attestation")?;

    [&provider.slot, &order.slot, &attestation.slot].into_iter().try_for_each(Slot::require_writable)?;
    attestation.slot.require(attestation.order == *order.key(), &fault::CONSTRAINT_HAS_ONE)?;
    attestation.slot.require(attestation.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(attestation.status == ATTESTATION_SELECTED, &faults::ATTESTATION_NOT_SELECTED)?;
    let now = unix_timestamp()?;
    require(now > attestation.challenge_until, &faults::CHALLENGE_TIME_LEFT)?;

    provider.let_go(attestation.slash_amount)?;
    provider.store()?;
    order.close_attestation()?;
    order.store()?;
    attestation.status = ATTESTATION_CLEARED;
    attestation.store()?;
    emit(&AttestationCleared {
        attestation: *attestation.key(),
        order: attestation.order,
        provider: attestation.provider,
        slash_amount: attestation.slash_amount,
        cleared_at: now,
    })
}
