//! Reading an operator pool of the staking program: is it one, whose is it, can it share out USDC.

use alloc::{string::String, vec::Vec};
use borsh::BorshDeserialize;
use pinocchio::{Address, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    discriminator::{self, account},
};

use crate::faults;

const TAG: [u8; discriminator::LEN] = account("OperatorPool");

/// The fields of an operator pool up to the one that says it is closed; what follows is not needed.
#[derive(BorshDeserialize)]
#[allow(dead_code)] // fields before the needed ones have variable length and must be decoded
struct PoolPrefix {
    version: u8,
    bump: u8,
    initial_pool_admin: Address,
    admin: Address,
    name: String,
    description: Option<String>,
    website_url: Option<String>,
    avatar_image_url: Option<String>,
    operator_staking_record: Address,
    operator_auth_keys: Vec<Address>,
    auto_stake_fees: bool,
    reward_commission_rate_bps: u16,
    new_reward_commission_rate_bps: Option<u16>,
    usdc_commission_rate_bps: u16,
    new_usdc_commission_rate_bps: Option<u16>,
    allow_delegation: bool,
    total_staked_amount: u64,
    total_shares: u64,
    total_unstaking: u64,
    joined_at_epoch: u64,
    closed_at_epoch: Option<u64>,
}

pub struct OperatorPool {
    pub admin: Address,
    /// Not closed, and there are shares to which USDC can be attributed.
    pub is_open_with_shares: bool,
}

/// The pool at `slot`. Not an operator pool of `staking_program`: 6015.
pub fn read_pool(slot: &Slot, staking_program: &Address) -> Result<OperatorPool, ProgramError> {
    slot.require(slot.view.owned_by(staking_program), &faults::INVALID_OPERATOR_POOL)?;
    let data = slot.view.try_borrow()?;
    let fields = data.strip_prefix(&TAG).and_then(|mut bytes| PoolPrefix::deserialize(&mut bytes).ok());
    match fields {
        Some(pool) => Ok(OperatorPool {
            admin: pool.admin,
            is_open_with_shares: pool.closed_at_epoch.is_none() && pool.total_shares > 0,
        }),
        None => Err(faults::INVALID_OPERATOR_POOL.at(slot.name)),
    }
}
