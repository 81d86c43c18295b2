//! Change settings of the overview; what is not given stays. No event.

use borsh::BorshDeserialize;
use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{account::Accounts, entry::read_args, fault::require};

use crate::{constants::MIN_SLASHING_DELAY_SECONDS, fault, seeds::check_overview, state::PoolOverview};

#[derive(BorshDeserialize)]
struct Args {
    is_staking_halted: Option<bool>,
    is_withdrawal_halted: Option<bool>,
    is_accrue_reward_halted: Option<bool>,
    allow_pool_creation: Option<bool>,
    operator_pool_registration_fee: Option<u64>,
    min_operator_token_stake: Option<u64>,
    delegator_unstake_delay_seconds: Option<u64>,
    operator_unstake_delay_seconds: Option<u64>,
    slashing_delay_seconds: Option<u64>,
}

pub fn run(program_id: &Address, views: &[AccountView], data: &[u8]) -> ProgramResult {
    let args: Args = read_args(data)?;
    let mut accounts = Accounts::new(views, program_id);
    let program_admin = accounts.signer("program_admin")?;
    let mut overview = accounts.load::<PoolOverview>("pool_overview")?;
    let payout_wallet = accounts.optional("registration_fee_payout_wallet")?;
    let slashing_usdc = accounts.optional("slashing_destination_usdc_account")?;
    let slashing_token = accounts.optional("slashing_destination_token_account")?;

    check_overview(&overview, program_id)?;
    overview.slot.require_writable()?;
    let is_admin = overview.program_admin == *program_admin.key();
    overview.slot.require(is_admin, &fault::INVALID_PROGRAM_ADMIN)?;

    apply(&mut overview, &args)?;
    if let Some(slot) = payout_wallet {
        overview.registration_fee_payout_wallet = *slot.key();
    }
    if let Some(slot) = slashing_usdc {
        overview.slashing_destination_usdc_account = *slot.key();
    }
    if let Some(slot) = slashing_token {
        overview.slashing_destination_token_account = *slot.key();
    }
    overview.store()
}

fn apply(overview: &mut PoolOverview, args: &Args) -> ProgramResult {
    if let Some(delay) = args.slashing_delay_seconds {
        require(delay >= MIN_SLASHING_DELAY_SECONDS, &fault::INVALID_SLASHING_DELAY)?;
    }
    set(&mut overview.is_staking_halted, args.is_staking_halted);
    set(&mut overview.is_withdrawal_halted, args.is_withdrawal_halted);
    set(&mut overview.is_accrue_reward_halted, args.is_accrue_reward_halted);
    set(&mut overview.allow_pool_creation, args.allow_pool_creation);
    set(&mut overview.operator_pool_registration_fee, args.operator_pool_registration_fee);
    set(&mut overview.min_operator_token_stake, args.min_operator_token_stake);
    set(&mut overview.delegator_unstake_delay_seconds, args.delegator_unstake_delay_seconds);
    set(&mut overview.operator_unstake_delay_seconds, args.operator_unstake_delay_seconds);
    set(&mut overview.slashing_delay_seconds, args.slashing_delay_seconds);
    Ok(())
}

fn set<T: Copy>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
