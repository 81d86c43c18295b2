//! Operator pools, stake, reward epochs: the interface of `idl.json`, one file per instruction.
//!
//! The program derives its addresses from the id it is called by, so that the same bytes work at any address.
//! An instruction that is not built yet answers 101 like one that does not exist.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod arithmetic;
mod constants;
mod emission;
mod event;
mod fault;
mod instructions;
mod profile;
mod seeds;
mod state;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{discriminator, entry::split_tag, fault::INSTRUCTION_FALLBACK_NOT_FOUND, runtime::log_line};

use crate::instructions::{
    accrue_reward, create_operator_pool, create_pool_overview, create_reward_record, create_staking_record,
    mark_epoch_as_finalizing, stake, update_pool_overview, update_pool_overview_authorities,
};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

type Tag = [u8; discriminator::LEN];

const ACCRUE_REWARD: Tag = discriminator::instruction("accrue_reward");
const CREATE_OPERATOR_POOL: Tag = discriminator::instruction("create_operator_pool");
const CREATE_POOL_OVERVIEW: Tag = discriminator::instruction("create_pool_overview");
const CREATE_REWARD_RECORD: Tag = discriminator::instruction("create_reward_record");
const CREATE_STAKING_RECORD: Tag = discriminator::instruction("create_staking_record");
const MARK_EPOCH_AS_FINALIZING: Tag = discriminator::instruction("mark_epoch_as_finalizing");
const STAKE: Tag = discriminator::instruction("stake");
const UPDATE_POOL_OVERVIEW: Tag = discriminator::instruction("update_pool_overview");
const UPDATE_POOL_OVERVIEW_AUTHORITIES: Tag = discriminator::instruction("update_pool_overview_authorities");

type Handler = fn(&Address, &[AccountView], &[u8]) -> ProgramResult;

/// Entry: reads the tag, names the instruction in the log, hands over.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let (line, run): (&[u8], Handler) = match *tag {
        ACCRUE_REWARD => (b"Instruction: AccrueReward", accrue_reward::run),
        CREATE_OPERATOR_POOL => (b"Instruction: CreateOperatorPool", create_operator_pool::run),
        CREATE_POOL_OVERVIEW => (b"Instruction: CreatePoolOverview", create_pool_overview::run),
        CREATE_REWARD_RECORD => (b"Instruction: CreateRewardRecord", create_reward_record::run),
        CREATE_STAKING_RECORD => (b"Instruction: CreateStakingRecord", create_staking_record::run),
        MARK_EPOCH_AS_FINALIZING => (b"Instruction: MarkEpochAsFinalizing", mark_epoch_as_finalizing::run),
        STAKE => (b"Instruction: Stake", stake::run),
        UPDATE_POOL_OVERVIEW => (b"Instruction: UpdatePoolOverview", update_pool_overview::run),
        UPDATE_POOL_OVERVIEW_AUTHORITIES => {
            (b"Instruction: UpdatePoolOverviewAuthorities", update_pool_overview_authorities::run)
        }
        _ => return Err(INSTRUCTION_FALLBACK_NOT_FOUND.raise()),
    };
    log_line(line);
    run(program_id, accounts, args)
}
