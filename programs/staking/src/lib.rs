//! Operator pools, stake, reward epochs: the interface of `idl.json`, one file per instruction.
//!
//! The program derives its addresses from the id it is called by, so that the same bytes work at any address.
#![cfg_attr(target_arch = "bpf", no_std)]

extern crate alloc;

#[cfg(target_arch = "bpf")]
use solana_compiler_builtins as _;

mod arithmetic;
mod commission;
mod constants;
mod emission;
mod event;
mod fault;
mod instructions;
mod profile;
mod seeds;
mod state;
mod usdc_debt;

use pinocchio::{AccountView, Address, ProgramResult};
use plumbline_shared::{discriminator, entry::split_tag, fault::INSTRUCTION_FALLBACK_NOT_FOUND, runtime::log_line};

use crate::instructions::{
    accrue_reward, accrue_reward_emergency_bypass, cancel_unstake, change_operator_admin,
    change_operator_staking_record, claim_unstake, claim_usdc_earnings, close_operator_pool, close_staking_record,
    create_operator_pool, create_pool_overview, create_reward_record, create_staking_record, mark_epoch_as_finalizing,
    set_halt_status, slash_stake, stake, sweep_closed_pool_usdc_dust, unstake, update_operator_pool,
    update_pool_overview, update_pool_overview_authorities, withdraw_operator_reward_commission,
    withdraw_operator_usdc_commission,
};

pinocchio::program_entrypoint!(process);
pinocchio::default_allocator!();
pinocchio::nostd_panic_handler!();

type Tag = [u8; discriminator::LEN];

const ACCRUE_REWARD: Tag = discriminator::instruction("accrue_reward");
const ACCRUE_REWARD_EMERGENCY_BYPASS: Tag = discriminator::instruction("accrue_reward_emergency_bypass");
const CANCEL_UNSTAKE: Tag = discriminator::instruction("cancel_unstake");
const CHANGE_OPERATOR_ADMIN: Tag = discriminator::instruction("change_operator_admin");
const CHANGE_OPERATOR_STAKING_RECORD: Tag = discriminator::instruction("change_operator_staking_record");
const CLAIM_UNSTAKE: Tag = discriminator::instruction("claim_unstake");
const CLAIM_USDC_EARNINGS: Tag = discriminator::instruction("claim_usdc_earnings");
const CLOSE_OPERATOR_POOL: Tag = discriminator::instruction("close_operator_pool");
const CLOSE_STAKING_RECORD: Tag = discriminator::instruction("close_staking_record");
const CREATE_OPERATOR_POOL: Tag = discriminator::instruction("create_operator_pool");
const CREATE_POOL_OVERVIEW: Tag = discriminator::instruction("create_pool_overview");
const CREATE_REWARD_RECORD: Tag = discriminator::instruction("create_reward_record");
const CREATE_STAKING_RECORD: Tag = discriminator::instruction("create_staking_record");
const MARK_EPOCH_AS_FINALIZING: Tag = discriminator::instruction("mark_epoch_as_finalizing");
const SET_HALT_STATUS: Tag = discriminator::instruction("set_halt_status");
const SLASH_STAKE: Tag = discriminator::instruction("slash_stake");
const STAKE: Tag = discriminator::instruction("stake");
const SWEEP_CLOSED_POOL_USDC_DUST: Tag = discriminator::instruction("sweep_closed_pool_usdc_dust");
const UNSTAKE: Tag = discriminator::instruction("unstake");
const UPDATE_OPERATOR_POOL: Tag = discriminator::instruction("update_operator_pool");
const UPDATE_POOL_OVERVIEW: Tag = discriminator::instruction("update_pool_overview");
const UPDATE_POOL_OVERVIEW_AUTHORITIES: Tag = discriminator::instruction("update_pool_overview_authorities");
const WITHDRAW_OPERATOR_REWARD_COMMISSION: Tag = discriminator::instruction("withdraw_operator_reward_commission");
const WITHDRAW_OPERATOR_USDC_COMMISSION: Tag = discriminator::instruction("withdraw_operator_usdc_commission");

type Handler = fn(&Address, &[AccountView], &[u8]) -> ProgramResult;

/// Entry: reads the tag, names the instruction in the log, hands over.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (tag, args) = split_tag(data)?;
    let (line, run): (&[u8], Handler) = match *tag {
        ACCRUE_REWARD => (b"Instruction: AccrueReward", accrue_reward::run),
        ACCRUE_REWARD_EMERGENCY_BYPASS => {
            (b"Instruction: AccrueRewardEmergencyBypass", accrue_reward_emergency_bypass::run)
        }
        CANCEL_UNSTAKE => (b"Instruction: CancelUnstake", cancel_unstake::run),
        CHANGE_OPERATOR_ADMIN => (b"Instruction: ChangeOperatorAdmin", change_operator_admin::run),
        CHANGE_OPERATOR_STAKING_RECORD => {
            (b"Instruction: ChangeOperatorStakingRecord", change_operator_staking_record::run)
        }
        CLAIM_UNSTAKE => (b"Instruction: ClaimUnstake", claim_unstake::run),
        CLAIM_USDC_EARNINGS => (b"Instruction: ClaimUsdcEarnings", claim_usdc_earnings::run),
        CLOSE_OPERATOR_POOL => (b"Instruction: CloseOperatorPool", close_operator_pool::run),
        CLOSE_STAKING_RECORD => (b"Instruction: CloseStakingRecord", close_staking_record::run),
        CREATE_OPERATOR_POOL => (b"Instruction: CreateOperatorPool", create_operator_pool::run),
        CREATE_POOL_OVERVIEW => (b"Instruction: CreatePoolOverview", create_pool_overview::run),
        CREATE_REWARD_RECORD => (b"Instruction: CreateRewardRecord", create_reward_record::run),
        CREATE_STAKING_RECORD => (b"Instruction: CreateStakingRecord", create_staking_record::run),
        MARK_EPOCH_AS_FINALIZING => (b"Instruction: MarkEpochAsFinalizing", mark_epoch_as_finalizing::run),
        SET_HALT_STATUS => (b"Instruction: SetHaltStatus", set_halt_status::run),
        SLASH_STAKE => (b"Instruction: SlashStake", slash_stake::run),
        STAKE => (b"Instruction: Stake", stake::run),
        SWEEP_CLOSED_POOL_USDC_DUST => (b"Instruction: SweepClosedPoolUsdcDust", sweep_closed_pool_usdc_dust::run),
        UNSTAKE => (b"Instruction: Unstake", unstake::run),
        UPDATE_OPERATOR_POOL => (b"Instruction: UpdateOperatorPool", update_operator_pool::run),
        UPDATE_POOL_OVERVIEW => (b"Instruction: UpdatePoolOverview", update_pool_overview::run),
        UPDATE_POOL_OVERVIEW_AUTHORITIES => {
            (b"Instruction: UpdatePoolOverviewAuthorities", update_pool_overview_authorities::run)
        }
        WITHDRAW_OPERATOR_REWARD_COMMISSION => {
            (b"Instruction: WithdrawOperatorRewardCommission", withdraw_operator_reward_commission::run)
        }
        WITHDRAW_OPERATOR_USDC_COMMISSION => {
            (b"Instruction: WithdrawOperatorUsdcCommission", withdraw_operator_usdc_commission::run)
        }
        _ => return Err(INSTRUCTION_FALLBACK_NOT_FOUND.raise()),
    };
    log_line(line);
    run(program_id, accounts, args)
}
