//! `submit_benchmark`: what one device of a provider does. A device has one report; another one replaces it when something
//! has changed. A report below what its model must do is refused; one that is false costs bond.

use pinocchio::{ProgramResult, error::ProgramError};
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
    event::BenchmarkSubmitted,
    faults,
    interface::args::SubmitBenchmarkArgs,
    state::{BENCHMARK_SEED, BENCHMARK_SPACE, Benchmark, Marketplace, Provider, VERSION},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: SubmitBenchmarkArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let marketplace = accounts.load::<Marketplace>("marketplace")?;
    let provider = accounts.load::<Provider>("provider")?;
    let slot = accounts.any("benchmark")?;
    accounts.system_program("system_program")?;

    [&payer, &slot].into_iter().try_for_each(Slot::require_writable)?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    check_terms(&args, &marketplace)?;

    let seeds = [BENCHMARK_SEED, provider.key().as_ref(), args.device_hash.as_ref()];
    let now = unix_timestamp()?;
    let bump = if slot.view.owned_by(program_id) {
        let known = slot.load::<Benchmark>(program_id)?;
        slot.require_seeds_with_bump(&seeds, known.bump, program_id)?;
        require(is_changed(&known, &args), &faults::BENCHMARK_UNCHANGED)?;
        known.bump
    } else {
        create_state(&slot, BENCHMARK_SPACE, &seeds, &payer, program_id)?
    };
    store(slot, *provider.key(), bump, &args, now)?;
    emit(&BenchmarkSubmitted {
        benchmark: *slot.key(),
        provider: *provider.key(),
        owner: provider.owner,
        device_hash: args.device_hash,
        model: args.model,
        units: args.units,
        vram_gb: args.vram_gb,
        score: args.score,
        report_hash: args.report_hash,
        submitted_at: now,
    })
}

fn check_terms(args: &SubmitBenchmarkArgs, marketplace: &Marketplace) -> ProgramResult {
    let model = marketplace.models.get(usize::from(args.model)).ok_or_else(|| faults::UNKNOWN_MODEL.raise())?;
    require(args.units > 0, &faults::ZERO_UNITS)?;
    require(args.vram_gb >= model.vram_gb, &faults::BENCHMARK_MEMORY_TOO_SMALL)?;
    require(args.score >= model.min_benchmark, &faults::BENCHMARK_BELOW_MINIMUM)
}

fn is_changed(known: &Benchmark, args: &SubmitBenchmarkArgs) -> bool {
    let now = (args.model, args.units, args.vram_gb, args.score, args.report_hash);
    (known.model, known.units, known.vram_gb, known.score, known.report_hash) != now
}

fn store(
    slot: Slot,
    provider: pinocchio::Address,
    bump: u8,
    args: &SubmitBenchmarkArgs,
    now: i64,
) -> Result<(), ProgramError> {
    let state = Benchmark {
        version: VERSION,
        bump,
        provider,
        device_hash: args.device_hash,
        model: args.model,
        units: args.units,
        vram_gb: args.vram_gb,
        score: args.score,
        report_hash: args.report_hash,
        submitted_at: now,
    };
    Loaded::new(slot, state).store()
}
