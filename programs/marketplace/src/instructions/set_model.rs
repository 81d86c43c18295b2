//! `set_model`: governance adds a GPU model or changes the one of the same name. A model never loses its number: what is
//! to go is no longer listed. Weight and least benchmark of the founding models are rows of the parameter table and are
//! set there, so the arguments for them are not taken.

use alloc::string::String;
use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    bounds::check_bounds, entry::read_args, event::emit, fault::require, parameters::id, runtime::unix_timestamp,
};

use super::Context;
use crate::{
    event::ModelSet,
    faults,
    governed::{is_founding, out_of_bounds},
    interface::args::SetModelArgs,
    state::{GpuModel, MAX_MODEL_NAME_BYTES, MAX_MODELS, Marketplace},
};

pub fn process((_, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: SetModelArgs = read_args(data)?;
    let authority = accounts.signer("authority")?;
    let mut marketplace = accounts.load::<Marketplace>("marketplace")?;

    marketplace.slot.require_writable()?;
    authority.require_address(&marketplace.settings.governance_authority)?;
    require((1..=MAX_MODEL_NAME_BYTES).contains(&args.name.len()), &faults::INVALID_MODEL_NAME)?;
    require(args.vram_gb > 0, &faults::INVALID_MODEL)?;
    check_bounds(id::MODEL_WEIGHT_H100, i64::from(args.weight)).map_err(out_of_bounds)?;
    check_bounds(id::MIN_BENCHMARK_H100, i64::from(args.min_benchmark)).map_err(out_of_bounds)?;

    let index = place(&mut marketplace, &args.name)?;
    let model = marketplace.models.get_mut(index).ok_or_else(|| faults::UNKNOWN_MODEL.raise())?;
    model.vram_gb = args.vram_gb;
    model.is_listed = args.is_listed;
    if !is_founding(index) {
        model.weight = args.weight;
        model.min_benchmark = args.min_benchmark;
    }
    let set = set(model, index)?;
    marketplace.store()?;
    emit(&set)
}

/// Index of the model of this name, which is appended where there is none.
fn place(marketplace: &mut Marketplace, name: &str) -> Result<usize, ProgramError> {
    if let Some(index) = marketplace.models.iter().position(|model| model.name == name) {
        return Ok(index);
    }
    let index = marketplace.models.len();
    require(index < MAX_MODELS, &faults::INVALID_CATALOGUE_SIZE)?;
    marketplace.models.push(GpuModel { name: String::from(name), ..GpuModel::default() });
    Ok(index)
}

fn set(model: &GpuModel, index: usize) -> Result<ModelSet, ProgramError> {
    Ok(ModelSet {
        model: u8::try_from(index).map_err(|_| faults::INVALID_CATALOGUE_SIZE.raise())?,
        name: model.name.clone(),
        vram_gb: model.vram_gb,
        weight: model.weight,
        min_benchmark: model.min_benchmark,
        is_listed: model.is_listed,
        set_at: unix_timestamp()?,
    })
}
