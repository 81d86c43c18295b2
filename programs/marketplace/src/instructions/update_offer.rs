//! `update_offer`: new terms for orders to come. Model, mint and region stay: they are what the offer is.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::Loaded,
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::sub_units,
    event::OfferUpdated,
    faults,
    interface::args::UpdateOfferArgs,
    pricing::{self, Terms},
    state::{Offer, Provider},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: UpdateOfferArgs = read_args(data)?;
    let owner = accounts.signer("owner")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut offer = accounts.load::<Offer>("offer")?;

    offer.slot.require_writable()?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    offer.slot.require(offer.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    require(!offer.is_closed, &faults::OFFER_IS_CLOSED)?;
    require(args.units > 0, &faults::ZERO_UNITS)?;
    require(args.min_seconds > 0 && args.min_seconds <= args.max_seconds, &faults::INVALID_DURATION_RANGE)?;
    pricing::check_terms(&Terms {
        pricing: args.pricing,
        price_per_gpu_hour: args.price_per_gpu_hour,
        spread_bps: args.spread_bps,
        index_max_age_seconds: args.index_max_age_seconds,
    })?;

    let busy = sub_units(offer.units, offer.units_free)?;
    offer.units_free = args.units.checked_sub(busy).ok_or_else(|| faults::UNITS_IN_USE.raise())?;
    offer.units = args.units;
    offer.min_seconds = args.min_seconds;
    offer.max_seconds = args.max_seconds;
    offer.price_per_gpu_hour = args.price_per_gpu_hour;
    offer.pricing = args.pricing;
    offer.spread_bps = args.spread_bps;
    offer.index_max_age_seconds = args.index_max_age_seconds;
    offer.store()?;
    emit(&updated(&offer, &provider, unix_timestamp()?))
}

fn updated(offer: &Loaded<Offer>, provider: &Provider, now: i64) -> OfferUpdated {
    OfferUpdated {
        offer: *offer.key(),
        provider: offer.provider,
        owner: provider.owner,
        units: offer.units,
        units_free: offer.units_free,
        min_seconds: offer.min_seconds,
        max_seconds: offer.max_seconds,
        price_per_gpu_hour: offer.price_per_gpu_hour,
        pricing: offer.pricing,
        spread_bps: offer.spread_bps,
        index_max_age_seconds: offer.index_max_age_seconds,
        updated_at: now,
    }
}
