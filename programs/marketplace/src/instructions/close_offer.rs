//! `close_offer`: no more orders and no more time for those it has. The account stays: its orders name it.

use pinocchio::ProgramResult;
use plumbline_shared::{
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    event::OfferClosed,
    faults,
    state::{Offer, Provider},
};

pub fn process((_, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let owner = accounts.signer("owner")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut offer = accounts.load::<Offer>("offer")?;

    offer.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    offer.slot.require(offer.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(!offer.is_closed, &faults::OFFER_IS_CLOSED)?;
    offer.is_closed = true;
    offer.store()?;
    emit(&OfferClosed {
        offer: *offer.key(),
        provider: offer.provider,
        owner: provider.owner,
        closed_at: unix_timestamp()?,
    })
}
