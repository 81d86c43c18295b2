//! Bounds on what an operator says about its pool.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::fault::{Fault, require};

use crate::{
    constants::{
        MAX_AVATAR_IMAGE_URL_LEN, MAX_DESCRIPTION_LEN, MAX_NAME_LEN, MAX_OPERATOR_AUTH_KEYS, MAX_WEBSITE_URL_LEN,
    },
    fault,
    state::OperatorPool,
};

/// Lengths in bytes (6028 to 6031) and address prefixes (6032, 6033), in the order of the fields.
pub fn check_profile(pool: &OperatorPool) -> ProgramResult {
    require(pool.name.len() <= MAX_NAME_LEN, &fault::NAME_TOO_LONG)?;
    if let Some(description) = &pool.description {
        require(description.len() <= MAX_DESCRIPTION_LEN, &fault::DESCRIPTION_TOO_LONG)?;
    }
    if let Some(url) = &pool.website_url {
        check_url(url, MAX_WEBSITE_URL_LEN, &fault::WEBSITE_URL_TOO_LONG, &fault::INVALID_WEBSITE_URL)?;
    }
    if let Some(url) = &pool.avatar_image_url {
        let too_long = &fault::AVATAR_IMAGE_URL_TOO_LONG;
        check_url(url, MAX_AVATAR_IMAGE_URL_LEN, too_long, &fault::INVALID_AVATAR_IMAGE_URL)?;
    }
    Ok(())
}

/// At most five keys (6019), no key twice (6020).
pub fn check_auth_keys(keys: &[Address]) -> ProgramResult {
    require(keys.len() <= MAX_OPERATOR_AUTH_KEYS, &fault::OPERATOR_AUTH_KEYS_LENGTH_INVALID)?;
    let has_duplicate = keys.iter().enumerate().any(|(index, key)| keys.iter().take(index).any(|other| other == key));
    require(!has_duplicate, &fault::DUPLICATE_OPERATOR_AUTH_KEY)
}

fn check_url(url: &str, max_len: usize, too_long: &Fault, invalid: &Fault) -> ProgramResult {
    require(url.len() <= max_len, too_long)?;
    require(url.starts_with("https://") || url.starts_with("http://"), invalid)
}
