//! Announce that the next epoch's rewards are being computed. Only create_reward_record ends it. No event.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::read_args, fault::require, math::add};

use crate::{fault, seeds::check_overview, state::PoolOverview};

#[derive(BorshDeserialize)]
struct Args {
    expected_epoch: u64,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let authority = accounts.signer("authority")?;
    let mut overview = accounts.load::<PoolOverview>("pool_overview")?;

    check_overview(&overview, program_id)?;
    overview.slot.require_writable()?;
    let is_authority = overview.reward_distribution_authorities.contains(authority.key());
    overview.slot.require(is_authority, &fault::INVALID_REWARD_DISTRIBUTION_AUTHORITY)?;

    let next_epoch = add(overview.completed_reward_epoch, 1);
    require(args.expected_epoch == next_epoch, &fault::EPOCH_IS_FINALIZING_EPOCH_INVALID)?;
    overview.is_epoch_finalizing = true;
    overview.store()
}
