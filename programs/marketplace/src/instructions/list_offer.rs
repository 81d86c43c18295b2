//! `list_offer`: a provider offers GPU time of one model in INFER or USDC, at a fixed price or at the index.

use pinocchio::ProgramResult;
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
};

use super::Context;
use crate::{
    amount::add,
    event::OfferListed,
    faults,
    interface::args::ListOfferArgs,
    pricing::{self, Terms},
    state::{GpuModel, Marketplace, OFFER_SEED, OFFER_SPACE, Offer, Provider, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: ListOfferArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let marketplace = accounts.load::<Marketplace>("marketplace")?;
    let mut provider = accounts.load::<Provider>("provider")?;
    let offer = accounts.any("offer")?;
    let mint = accounts.mint("mint")?;
    accounts.system_program("system_program")?;

    let settings = &marketplace.settings;
    [&payer, &provider.slot, &offer].into_iter().try_for_each(Slot::require_writable)?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let is_supported = [settings.infer_mint, settings.usdc_mint].contains(mint.key());
    mint.require(is_supported, &faults::UNSUPPORTED_MINT)?;
    check_terms(&args, &marketplace.models)?;
    let minimum = settings.tier_minimum_bond(provider.tier);
    require(provider.bond_total >= minimum, &faults::BOND_BELOW_TIER_MINIMUM)?;

    let offer_id = provider.offer_count;
    let id_seed = offer_id.to_le_bytes();
    let seeds = [OFFER_SEED, provider.key().as_ref(), id_seed.as_ref()];
    let bump = create_state(&offer, OFFER_SPACE, &seeds, &payer, program_id)?;
    let state = Offer {
        version: VERSION,
        bump,
        provider: *provider.key(),
        offer_id,
        model: args.model,
        units: args.units,
        units_free: args.units,
        region: args.region,
        min_seconds: args.min_seconds,
        max_seconds: args.max_seconds,
        price_per_gpu_hour: args.price_per_gpu_hour,
        mint: *mint.key(),
        listed_at: unix_timestamp()?,
        pricing: args.pricing,
        spread_bps: args.spread_bps,
        index_max_age_seconds: args.index_max_age_seconds,
        is_closed: false,
    };
    let mut created = Loaded::new(offer, state);
    created.store()?;
    provider.offer_count = add(offer_id, 1)?;
    provider.store()?;
    emit(&listed(&created, &provider))
}

fn check_terms(args: &ListOfferArgs, models: &[GpuModel]) -> ProgramResult {
    let model = models.get(usize::from(args.model)).ok_or_else(|| faults::UNKNOWN_MODEL.raise())?;
    require(model.is_listed, &faults::MODEL_NOT_LISTED)?;
    require(args.units > 0, &faults::ZERO_UNITS)?;
    require(args.min_seconds > 0 && args.min_seconds <= args.max_seconds, &faults::INVALID_DURATION_RANGE)?;
    pricing::check_terms(&Terms {
        pricing: args.pricing,
        price_per_gpu_hour: args.price_per_gpu_hour,
        spread_bps: args.spread_bps,
        index_max_age_seconds: args.index_max_age_seconds,
    })
}

fn listed(offer: &Loaded<Offer>, provider: &Provider) -> OfferListed {
    OfferListed {
        offer: *offer.key(),
        provider: offer.provider,
        owner: provider.owner,
        offer_id: offer.offer_id,
        model: offer.model,
        units: offer.units,
        region: offer.region,
        min_seconds: offer.min_seconds,
        max_seconds: offer.max_seconds,
        price_per_gpu_hour: offer.price_per_gpu_hour,
        mint: offer.mint,
        listed_at: offer.listed_at,
        pricing: offer.pricing,
        spread_bps: offer.spread_bps,
        index_max_age_seconds: offer.index_max_age_seconds,
    }
}
