//! What an offer asks for: a fixed price, or the exchange's index plus a spread.
//!
//! Index accounts are the exchange's: discriminator, version u8, bump u8, model u8, price u128 (INFER base units per
//! GPU-hour x 10^6), last slot u64, updated at i64. The provider says how old an index may be, since an old one hurts the
//! provider alone: the buyer has a price limit.

use borsh::BorshDeserialize;
use pinocchio::{Address, ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    discriminator::{self, account},
    fault::{self, require},
};

use crate::{
    amount::{BPS, usdc_of},
    faults,
    state::{Offer, PRICING_FIXED, PRICING_INDEX, Settings},
};

const INDEX_SEED: &[u8] = b"Index";
const INDEX_TAG: [u8; discriminator::LEN] = account("Index");
const INDEX_SCALE: u128 = 1_000_000;
const WIDE_BPS: u128 = BPS as u128;

#[derive(BorshDeserialize)]
struct IndexPrefix {
    _version: u8,
    _bump: u8,
    _model: u8,
    price: u128,
    _last_slot: u64,
    updated_at: i64,
}

/// How an offer is priced, as arguments and accounts have it.
pub struct Terms {
    pub pricing: u8,
    pub price_per_gpu_hour: u64,
    pub spread_bps: u16,
    pub index_max_age_seconds: u32,
}

/// Fixed with a price and nothing else, or by index without one.
pub fn check_terms(terms: &Terms) -> ProgramResult {
    match terms.pricing {
        PRICING_FIXED => {
            require(terms.price_per_gpu_hour > 0, &faults::ZERO_PRICE)?;
            require(terms.spread_bps == 0 && terms.index_max_age_seconds == 0, &faults::INVALID_PRICING)
        }
        PRICING_INDEX => {
            require(terms.price_per_gpu_hour == 0 && terms.index_max_age_seconds > 0, &faults::INVALID_PRICING)?;
            require(terms.spread_bps <= BPS, &faults::INVALID_SPREAD)
        }
        _ => Err(faults::INVALID_PRICING.raise()),
    }
}

/// Address of the index account of a model.
pub fn index_address(settings: &Settings, model: u8) -> Address {
    let found = Address::derive_program_address(&[INDEX_SEED, &[model]], &settings.exchange_program);
    found.map(|(address, _)| address).unwrap_or_default()
}

/// Price per GPU-hour of an order that is created now, in the offer's mint. `index` must be at `index_address`.
pub fn current_price(
    settings: &Settings,
    offer: &Offer,
    index: Option<&Slot>,
    index_address: &Address,
    now: i64,
) -> Result<u64, ProgramError> {
    if offer.pricing == PRICING_FIXED {
        return Ok(offer.price_per_gpu_hour);
    }
    let slot = index.ok_or_else(|| faults::INDEX_MISSING.raise())?;
    slot.require_address(index_address)?;
    let index = read_index(slot, settings)?;
    let oldest = now.saturating_sub(i64::from(offer.index_max_age_seconds));
    require(index.updated_at >= oldest, &faults::INDEX_STALE)?;
    let price = with_spread(index.price, offer.spread_bps)?;
    require(price > 0, &faults::ZERO_PRICE)?;
    if offer.mint == settings.usdc_mint { usdc_of(settings, price) } else { Ok(price) }
}

fn read_index(slot: &Slot, settings: &Settings) -> Result<IndexPrefix, ProgramError> {
    slot.require_owner(&settings.exchange_program)?;
    let data = slot.view.try_borrow()?;
    let fields = data.strip_prefix(&INDEX_TAG).and_then(|mut bytes| IndexPrefix::deserialize(&mut bytes).ok());
    fields.ok_or_else(|| fault::ACCOUNT_DID_NOT_DESERIALIZE.at(slot.name))
}

/// Both steps are rounded up: the buyer could gain from either.
fn with_spread(index_price: u128, spread_bps: u16) -> Result<u64, ProgramError> {
    let overflow = || faults::ARITHMETIC_OVERFLOW.raise();
    let factor = WIDE_BPS.saturating_add(u128::from(spread_bps));
    let price = index_price.div_ceil(INDEX_SCALE).checked_mul(factor).ok_or_else(overflow)?.div_ceil(WIDE_BPS);
    u64::try_from(price).map_err(|_| overflow())
}
