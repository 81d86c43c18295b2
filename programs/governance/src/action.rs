//! What a proposal may do: its kinds, and what each of them has to say.

use pinocchio::{Address, ProgramResult};
use plumbline_shared::fault::require;

use crate::interface::{
    accounts::Governance,
    fault,
    types::{Action, ModelTerms, TreasurySpend},
};

pub const PARAM_CHANGE: u8 = 0;
pub const TREASURY_SPEND: u8 = 1;
pub const HOST_BAN: u8 = 2;
pub const HOST_UNBAN: u8 = 3;
pub const CATALOG_ADD: u8 = 4;
pub const CATALOG_REMOVE: u8 = 5;
pub const TEXT: u8 = 6;

/// Spending category whose size is limited by `treasury_grants_bps`.
pub const GRANTS: u8 = 3;
const LAST_CATEGORY: u8 = 5;
const MAX_MODEL_NAME_BYTES: usize = 32;
const MAX_TITLE_BYTES: usize = 80;
const MAX_URI_BYTES: usize = 200;

/// The action holds what its kind needs, and nothing else. Changes of parameters are checked against the table elsewhere.
pub fn check_action(action: &Action, governance: &Governance) -> ProgramResult {
    require(action.kind <= TEXT, &fault::INVALID_KIND)?;
    let has_changes = !action.changes.is_empty();
    let found = (has_changes, action.spend.is_some(), action.host.is_some(), action.model.is_some());
    let wanted = match action.kind {
        // An empty set of changes has an error of its own.
        PARAM_CHANGE => (has_changes, false, false, false),
        TREASURY_SPEND => (false, true, false, false),
        HOST_BAN | HOST_UNBAN => (false, false, true, false),
        CATALOG_ADD | CATALOG_REMOVE => (false, false, false, true),
        _ => (false, false, false, false),
    };
    require(found == wanted, &fault::INVALID_ACTION)?;
    action.spend.as_ref().map_or(Ok(()), |spend| check_spend(spend, governance))?;
    action.model.as_ref().map_or(Ok(()), check_model)
}

fn check_spend(spend: &TreasurySpend, governance: &Governance) -> ProgramResult {
    require(spend.category <= LAST_CATEGORY, &fault::INVALID_CATEGORY)?;
    require(spend.amount > 0, &fault::ZERO_AMOUNT)?;
    let is_held = |mint: &Address| *mint == governance.infer_mint || *mint == governance.usdc_mint;
    require(is_held(&spend.mint), &fault::UNSUPPORTED_MINT)
}

fn check_model(model: &ModelTerms) -> ProgramResult {
    let has_name = (1..=MAX_MODEL_NAME_BYTES).contains(&model.name.len());
    require(has_name && model.vram_gb > 0 && model.weight > 0, &fault::INVALID_MODEL)
}

pub fn check_text(title: &str, uri: &str) -> ProgramResult {
    let fits = (1..=MAX_TITLE_BYTES).contains(&title.len()) && uri.len() <= MAX_URI_BYTES;
    require(fits, &fault::INVALID_TEXT)
}
