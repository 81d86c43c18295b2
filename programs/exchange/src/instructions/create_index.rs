//! `create_index`: the market of a GPU model begins at a price that admin or governance name.

use alloc::vec::Vec;
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::require,
    runtime::{current_slot, unix_timestamp},
};

use super::{Context, require_authority};
use crate::{
    interface::{
        accounts::{Exchange, INDEX_SPACE, Index},
        args::CreateIndexArgs,
        events::IndexCreated,
        fault,
        types::{IndexState, Rules},
    },
    price::{MAX_PRICE, MIN_PRICE},
    seed,
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: CreateIndexArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let authority = accounts.signer("authority")?;
    let exchange = accounts.load::<Exchange>("exchange")?;
    let index = accounts.any("index")?;
    accounts.system_program("system_program")?;

    [&payer, &index].into_iter().try_for_each(Slot::require_writable)?;
    require_authority(&authority, &exchange)?;
    require((MIN_PRICE..=MAX_PRICE).contains(&args.price), &fault::INVALID_PRICE)?;

    let model = args.model;
    let bump = create_state(&index, INDEX_SPACE, &[seed::INDEX, &[model]], &payer, program_id)?;
    let state = starting_state(args.price, &exchange.rules)?;
    let fields = Index { version: seed::VERSION, bump, model, market: state, milestones: Vec::new() };
    let mut created = Loaded::new(index, fields);
    created.store()?;
    emit(&IndexCreated { index: *created.key(), model, market: state })
}

fn starting_state(price: u128, rules: &Rules) -> Result<IndexState, ProgramError> {
    let now = unix_timestamp()?;
    let mut state = IndexState {
        price,
        last_slot: current_slot()?,
        updated_at: now,
        slot_open_price: price,
        anchor: price,
        slot_open_anchor: price,
        anchored_at: now,
        mark_from: price,
        mark_from_at: now,
        advanced_at: now,
        ..IndexState::default()
    };
    state.adopt_curve(rules.index_trade_depth, rules.maintenance_margin_bps)?;
    Ok(state)
}
