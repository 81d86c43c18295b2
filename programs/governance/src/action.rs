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
pub const BANKROLL_RETURN: u8 = 7;
pub const HOST_VERIFY: u8 = 8;
pub const HOST_SUSPEND: u8 = 9;
pub const HOST_SLASH: u8 = 10;

/// Spending category of what comes back from the exchange.
const LIQUIDITY: u8 = 1;
/// Spending category whose size is limited by `treasury_grants_bps`.
pub const GRANTS: u8 = 3;
const LAST_CATEGORY: u8 = 5;
const MAX_MODEL_NAME_BYTES: usize = 32;
const MAX_TITLE_BYTES: usize = 80;
const MAX_URI_BYTES: usize = 200;

/// The action holds what its kind needs, and nothing else. Changes of parameters are checked against the table elsewhere.
pub fn check_action(action: &Action, governance: &Governance) -> ProgramResult {
    require(action.kind <= HOST_SLASH, &fault::INVALID_KIND)?;
    let has_changes = !action.changes.is_empty();
    let found = (has_changes, action.spend.is_some(), action.host.is_some(), action.model.is_some());
    let wanted = match action.kind {
        // An empty set of changes has an error of its own.
        PARAM_CHANGE => (has_changes, false, false, false),
        TREASURY_SPEND | BANKROLL_RETURN => (false, true, false, false),
        HOST_BAN | HOST_UNBAN | HOST_VERIFY | HOST_SUSPEND | HOST_SLASH => (false, false, true, false),
        CATALOG_ADD | CATALOG_REMOVE => (false, false, false, true),
        _ => (false, false, false, false),
    };
    require(found == wanted, &fault::INVALID_ACTION)?;
    action.spend.as_ref().map_or(Ok(()), |spend| {
        check_spend(spend, governance)?;
        if action.kind == BANKROLL_RETURN { check_return(spend, governance) } else { Ok(()) }
    })?;
    action.model.as_ref().map_or(Ok(()), check_model)
}

fn check_spend(spend: &TreasurySpend, governance: &Governance) -> ProgramResult {
    require(spend.category <= LAST_CATEGORY, &fault::INVALID_CATEGORY)?;
    require(spend.amount > 0, &fault::ZERO_AMOUNT)?;
    let is_held = |mint: &Address| *mint == governance.infer_mint || *mint == governance.usdc_mint;
    require(is_held(&spend.mint), &fault::UNSUPPORTED_MINT)
}

/// The exchange holds INFER, and what governance takes from it goes to the treasury and nowhere else.
fn check_return(spend: &TreasurySpend, governance: &Governance) -> ProgramResult {
    require(spend.category == LIQUIDITY, &fault::INVALID_CATEGORY)?;
    require(spend.mint == governance.infer_mint, &fault::UNSUPPORTED_MINT)?;
    require(spend.recipient == governance.infer_treasury, &fault::INVALID_RECIPIENT)
}

fn check_model(model: &ModelTerms) -> ProgramResult {
    let has_name = (1..=MAX_MODEL_NAME_BYTES).contains(&model.name.len());
    require(has_name && model.vram_gb > 0 && model.weight > 0, &fault::INVALID_MODEL)
}

pub fn check_text(title: &str, uri: &str) -> ProgramResult {
    let fits = (1..=MAX_TITLE_BYTES).contains(&title.len()) && uri.len() <= MAX_URI_BYTES;
    require(fits, &fault::INVALID_TEXT)
}
