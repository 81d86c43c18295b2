//! `commit_attestation`: a provider commits to the checkpoints and the result of an order's work so far. The block that
//! draws comes after it.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::{Loaded, Slot},
    create::create_state,
    entry::read_args,
    event::emit,
    fault::{self, require},
    runtime::{current_slot, unix_timestamp},
};

use super::Context;
use crate::{
    attestation::{ATTESTATION_UNDRAWN, MAX_CHECKPOINTS},
    event::AttestationCommitted,
    faults,
    interface::args::CommitAttestationArgs,
    seeds::ATTESTATION_SEED,
    state::{
        ATTESTATION_SPACE, Attestation, ORDER_DISPUTED, ORDER_SETTLED, ORDER_STARTED, Order, Provider, VERSION,
        VerifierSet,
    },
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: CommitAttestationArgs = read_args(data)?;
    let payer = accounts.signer("payer")?;
    let owner = accounts.signer("owner")?;
    let provider = accounts.load::<Provider>("provider")?;
    let mut order = accounts.load::<Order>("order")?;
    let set = accounts.load::<VerifierSet>("verifier_set")?;
    let slot = accounts.any("attestation")?;
    accounts.system_program("system_program")?;

    [&payer, &order.slot, &slot].into_iter().try_for_each(Slot::require_writable)?;
    provider.slot.require(provider.owner == *owner.key(), &fault::CONSTRAINT_HAS_ONE)?;
    order.slot.require(order.provider == *provider.key(), &fault::CONSTRAINT_HAS_ONE)?;
    let now = unix_timestamp()?;
    check_work(&order, &args, now)?;

    let index = order.attestation_count;
    let index_seed = index.to_le_bytes();
    let seeds = [ATTESTATION_SEED, order.key().as_ref(), index_seed.as_ref()];
    let bump = create_state(&slot, ATTESTATION_SPACE, &seeds, &payer, program_id)?;
    let state = committed(&order, &args, bump, current_slot()?, now, set.count);
    let mut attestation = Loaded::new(slot, state);
    attestation.store()?;
    order.attestation_count = next(index)?;
    order.open_attestation_count = next(order.open_attestation_count)?;
    order.attested_gpu_seconds = args.gpu_seconds;
    order.store()?;
    emit(&told(&attestation))
}

fn next(count: u32) -> Result<u32, ProgramError> {
    count.checked_add(1).ok_or_else(|| faults::ARITHMETIC_OVERFLOW.raise())
}

/// GPU-seconds rise and stay within what the order's units could have run since its start.
fn check_work(order: &Order, args: &CommitAttestationArgs, now: i64) -> ProgramResult {
    let is_running = [ORDER_STARTED, ORDER_DISPUTED].contains(&order.status);
    let is_in_window = order.status == ORDER_SETTLED && now < order.challenge_ends_at;
    require(is_running || is_in_window, &faults::ORDER_NOT_ATTESTABLE)?;
    require((1..=MAX_CHECKPOINTS).contains(&args.checkpoint_count), &faults::INVALID_CHECKPOINT_COUNT)?;
    require(args.gpu_seconds > order.attested_gpu_seconds, &faults::ATTESTATION_NOT_RISING)?;
    let ran_for = now.saturating_sub(order.started_at).clamp(0, i64::from(order.seconds));
    let most = i64::from(order.units).saturating_mul(ran_for);
    require(i64::try_from(args.gpu_seconds).is_ok_and(|claimed| claimed <= most), &faults::ATTESTATION_TOO_LARGE)
}

fn committed(
    order: &Loaded<Order>,
    args: &CommitAttestationArgs,
    bump: u8,
    slot: u64,
    now: i64,
    verifier_count: u32,
) -> Attestation {
    Attestation {
        version: VERSION,
        bump,
        order: *order.key(),
        provider: order.provider,
        index: order.attestation_count,
        checkpoint_root: args.checkpoint_root,
        checkpoint_count: args.checkpoint_count,
        result_hash: args.result_hash,
        gpu_seconds: args.gpu_seconds,
        draw_after_slot: slot,
        attested_at: now,
        verifier_count,
        status: ATTESTATION_UNDRAWN,
        ..Attestation::default()
    }
}

fn told(attestation: &Loaded<Attestation>) -> AttestationCommitted {
    AttestationCommitted {
        attestation: *attestation.key(),
        order: attestation.order,
        provider: attestation.provider,
        index: attestation.index,
        checkpoint_root: attestation.checkpoint_root,
        checkpoint_count: attestation.checkpoint_count,
        result_hash: attestation.result_hash,
        gpu_seconds: attestation.gpu_seconds,
        draw_after_slot: attestation.draw_after_slot,
        attested_at: attestation.attested_at,
        verifier_count: attestation.verifier_count,
    }
}
