//! `list_offer`: a provider offers GPU time of one model at a fixed price in INFER or USDC.

use borsh::BorshDeserialize;
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
    state::{Marketplace, OFFER_SEED, OFFER_SPACE, Offer, Provider, VERSION},
};

#[derive(BorshDeserialize)]
struct Args {
    model: u8,
    units: u32,
    region: u16,
    min_seconds: u32,
    max_seconds: u32,
    price_per_gpu_hour: u64,
}

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
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
    check_terms(&args, marketplace.models.len())?;
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
    };
    let mut created = Loaded::new(offer, state);
    created.store()?;
    provider.offer_count = add(offer_id, 1)?;
    provider.store()?;
    emit(&listed(&created, &provider))
}

fn check_terms(args: &Args, model_count: usize) -> ProgramResult {
    require(usize::from(args.model) < model_count, &faults::UNKNOWN_MODEL)?;
    require(args.units > 0, &faults::ZERO_UNITS)?;
    require(args.min_seconds > 0 && args.min_seconds <= args.max_seconds, &faults::INVALID_DURATION_RANGE)?;
    require(args.price_per_gpu_hour > 0, &faults::ZERO_PRICE)
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
    }
}
