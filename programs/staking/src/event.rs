//! Events, fields in the order they are written.

use borsh::BorshSerialize;
use pinocchio::Address;
use plumbline_shared::{discriminator, event::Event};

/// Declare each struct as an event, tagged by its name.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(BorshSerialize)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $type,)*
            }

            impl Event for $name {
                const DISCRIMINATOR: [u8; discriminator::LEN] = discriminator::event(stringify!($name));
            }
        )*
    };
}

events! {
    AccrueRewardEvent {
        instruction_index: u16,
        operator_pool: Address,
        /// The epoch accrued, unlike in the other events.
        epoch: u64,
        total_rewards_transferred: u64,
        total_usdc_transferred: u64,
        delegator_rewards: u64,
        operator_reward_commission: u64,
        delegator_usdc_earnings: u64,
        operator_usdc_commission: u64,
    }

    CancelUnstakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        token_amount: u64,
        shares_amount: u64,
    }

    ChangeOperatorAdminEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        old_admin: Address,
        new_admin: Address,
    }

    ChangeOperatorStakingRecordEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        admin: Address,
        old_staking_record: Address,
        new_staking_record: Address,
    }

    ClaimUnstakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        token_amount: u64,
    }

    ClaimUsdcEarningsEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        destination: Address,
        usdc_amount: u64,
    }

    OperatorAutoStakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        token_amount: u64,
        shares_amount: u64,
    }

    SetHaltStatusEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        is_halted: bool,
    }

    SlashStakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        operator_staking_record: Address,
        authority: Address,
        destination: Address,
        destination_usdc: Address,
        shares_slashed: u64,
        token_amount_slashed: u64,
        usdc_confiscated: u64,
        reward_commission_confiscated: u64,
        usdc_commission_confiscated: u64,
    }

    StakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        token_amount: u64,
        shares_amount: u64,
    }

    SweepClosedPoolUsdcDustEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        admin: Address,
        usdc_amount_swept: u64,
    }

    UnstakeEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        staking_record: Address,
        owner: Address,
        is_operator: bool,
        token_amount: u64,
        shares_amount: u64,
        unstake_at_timestamp: i64,
    }

    UpdateOperatorPoolEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
    }

    WithdrawOperatorRewardCommissionEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        admin: Address,
        destination: Address,
        reward_amount_withdrawn: u64,
    }

    WithdrawOperatorUsdcCommissionEvent {
        instruction_index: u16,
        operator_pool: Address,
        epoch: u64,
        admin: Address,
        destination: Address,
        usdc_amount_withdrawn: u64,
    }
}
