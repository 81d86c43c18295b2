//! Wire interface of program governance: written by build/generate-interfaces.ts from idl.json, not by hand.

/// First bytes of the data of every instruction, and the log line that names it.
pub mod tag {
    /// Creates the one governance of this program: parameters, stake vault, treasury vaults, and the programs it governs.
    pub const INITIALIZE_GOVERNANCE: [u8; 8] = [171, 87, 101, 237, 27, 107, 201, 57];
    pub const INITIALIZE_GOVERNANCE_LINE: &[u8] = b"Instruction: InitializeGovernance";
    /// Adds INFER to the stake of its owner, who has a Staker account from then on.
    pub const STAKE: [u8; 8] = [206, 176, 202, 18, 200, 209, 179, 108];
    pub const STAKE_LINE: &[u8] = b"Instruction: Stake";
    /// Takes stake out of voting power at once; it can be withdrawn after the unbonding period and after every lock of a vote.
    pub const REQUEST_UNSTAKE: [u8; 8] = [44, 154, 110, 253, 160, 202, 54, 34];
    pub const REQUEST_UNSTAKE_LINE: &[u8] = b"Instruction: RequestUnstake";
    /// Pays out what was unstaked and has waited long enough.
    pub const WITHDRAW: [u8; 8] = [183, 18, 70, 156, 148, 109, 161, 34];
    pub const WITHDRAW_LINE: &[u8] = b"Instruction: Withdraw";
    /// Brings what the owner has paid and earned on in the marketplace into the voting power; anybody may.
    pub const SYNC_USE: [u8; 8] = [184, 101, 141, 4, 206, 209, 39, 157];
    pub const SYNC_USE_LINE: &[u8] = b"Instruction: SyncUse";
    /// Submits a proposal and commits the minimum stake to it until it ends.
    pub const CREATE_PROPOSAL: [u8; 8] = [132, 116, 68, 174, 216, 160, 198, 22];
    pub const CREATE_PROPOSAL_LINE: &[u8] = b"Instruction: CreateProposal";
    /// Ends a proposal that is not being voted on yet, on the word of its proposer.
    pub const CANCEL_PROPOSAL: [u8; 8] = [106, 74, 128, 146, 19, 65, 39, 23];
    pub const CANCEL_PROPOSAL_LINE: &[u8] = b"Instruction: CancelProposal";
    /// Ends the discussion when its time is over; anybody may.
    pub const BEGIN_SIGNALING: [u8; 8] = [140, 48, 92, 128, 106, 218, 15, 241];
    pub const BEGIN_SIGNALING_LINE: &[u8] = b"Instruction: BeginSignaling";
    /// Records what the owner would vote; it binds nobody.
    pub const SIGNAL: [u8; 8] = [106, 129, 52, 212, 183, 190, 163, 21];
    pub const SIGNAL_LINE: &[u8] = b"Instruction: Signal";
    /// Opens the vote when signaling is over, and takes the snapshot of power, thresholds and times; anybody may.
    pub const OPEN_VOTING: [u8; 8] = [19, 116, 149, 128, 154, 243, 221, 5];
    pub const OPEN_VOTING_LINE: &[u8] = b"Instruction: OpenVoting";
    /// Votes with the power held strictly before the slot of the snapshot, once and finally.
    pub const CAST_VOTE: [u8; 8] = [20, 212, 15, 189, 69, 180, 69, 151];
    pub const CAST_VOTE_LINE: &[u8] = b"Instruction: CastVote";
    /// Counts the vote when its time is over; anybody may.
    pub const FINALIZE_VOTE: [u8; 8] = [181, 176, 6, 248, 249, 134, 146, 56];
    pub const FINALIZE_VOTE_LINE: &[u8] = b"Instruction: FinalizeVote";
    /// Ends a queued proposal whose time for execution is over; anybody may.
    pub const EXPIRE_PROPOSAL: [u8; 8] = [21, 237, 43, 176, 1, 202, 146, 144];
    pub const EXPIRE_PROPOSAL_LINE: &[u8] = b"Instruction: ExpireProposal";
    /// Sets the parameters of a passed proposal and sends them to the programs that act by them, or invalidates it with the reason; anybody may.
    pub const EXECUTE_PARAM_CHANGE: [u8; 8] = [162, 166, 56, 243, 168, 135, 66, 175];
    pub const EXECUTE_PARAM_CHANGE_LINE: &[u8] = b"Instruction: ExecuteParamChange";
    /// Pays what a passed proposal grants; anybody may.
    pub const EXECUTE_TREASURY_SPEND: [u8; 8] = [22, 207, 58, 2, 174, 125, 206, 44];
    pub const EXECUTE_TREASURY_SPEND_LINE: &[u8] = b"Instruction: ExecuteTreasurySpend";
    /// Brings bankroll of the exchange to the treasury that a passed proposal asks back and no open notional stands against; anybody may.
    pub const EXECUTE_BANKROLL_RETURN: [u8; 8] = [119, 129, 96, 240, 105, 21, 59, 47];
    pub const EXECUTE_BANKROLL_RETURN_LINE: &[u8] = b"Instruction: ExecuteBankrollReturn";
    /// Bans, suspends, verifies or readmits the provider of a passed proposal; anybody may.
    pub const EXECUTE_HOST_STATUS: [u8; 8] = [96, 111, 90, 125, 8, 147, 142, 120];
    pub const EXECUTE_HOST_STATUS_LINE: &[u8] = b"Instruction: ExecuteHostStatus";
    /// Takes bond of a provider, by a passed proposal, over a challenge that was left undecided; anybody may.
    pub const EXECUTE_HOST_SLASH: [u8; 8] = [201, 157, 151, 111, 142, 97, 186, 158];
    pub const EXECUTE_HOST_SLASH_LINE: &[u8] = b"Instruction: ExecuteHostSlash";
    /// Lists or delists the GPU model of a passed proposal; anybody may.
    pub const EXECUTE_CATALOG_CHANGE: [u8; 8] = [205, 91, 173, 226, 3, 60, 28, 56];
    pub const EXECUTE_CATALOG_CHANGE_LINE: &[u8] = b"Instruction: ExecuteCatalogChange";
    /// Marks a passed text as adopted; anybody may.
    pub const EXECUTE_TEXT: [u8; 8] = [86, 136, 146, 14, 250, 81, 51, 60];
    pub const EXECUTE_TEXT_LINE: &[u8] = b"Instruction: ExecuteText";
    /// The founding admin sets parameters that are not handed over, within the same bounds, steps, cooldowns and sums.
    pub const CHANGE_PARAMETERS: [u8; 8] = [34, 241, 185, 20, 145, 6, 209, 51];
    pub const CHANGE_PARAMETERS_LINE: &[u8] = b"Instruction: ChangeParameters";
    /// The founding admin gives a parameter, and those it changes together with, to governance for ever.
    pub const HAND_OVER: [u8; 8] = [59, 160, 205, 88, 81, 224, 99, 237];
    pub const HAND_OVER_LINE: &[u8] = b"Instruction: HandOver";
    /// The founding admin gives the role to another key, which signs too.
    pub const REPLACE_FOUNDING_ADMIN: [u8; 8] = [136, 134, 147, 17, 37, 151, 24, 14];
    pub const REPLACE_FOUNDING_ADMIN_LINE: &[u8] = b"Instruction: ReplaceFoundingAdmin";
    /// Sends every value a program acts by to that program; anybody may, any number of times.
    pub const PUSH_PARAMETERS: [u8; 8] = [161, 144, 54, 120, 240, 232, 102, 228];
    pub const PUSH_PARAMETERS_LINE: &[u8] = b"Instruction: PushParameters";
    /// Makes the authority of governance the admin of the staking program.
    pub const ACCEPT_STAKING_ADMIN: [u8; 8] = [149, 214, 44, 159, 212, 130, 177, 171];
    pub const ACCEPT_STAKING_ADMIN_LINE: &[u8] = b"Instruction: AcceptStakingAdmin";
    /// The founding admin keeps halting the staking program and rotating its authorities after governance became its admin.
    pub const OPERATE_STAKING: [u8; 8] = [54, 139, 235, 62, 8, 115, 116, 3];
    pub const OPERATE_STAKING_LINE: &[u8] = b"Instruction: OperateStaking";
}

/// Arguments, behind the tag.
pub mod args {
    use alloc::{string::String, vec::Vec};
    use borsh::BorshDeserialize;
    use pinocchio::Address;

    /// Arguments of `initialize_governance`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct InitializeGovernanceArgs {
        /// Starting values other than the defaults of the table.
        pub overrides: Vec<super::types::ParameterChange>,
    }

    /// Arguments of `stake`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct StakeArgs {
        /// Base units of INFER.
        pub amount: u64,
    }

    /// Arguments of `request_unstake`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RequestUnstakeArgs {
        /// Base units of INFER.
        pub amount: u64,
    }

    /// Arguments of `create_proposal`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct CreateProposalArgs {
        pub action: super::types::Action,
        pub title: String,
        /// Where the text can be read.
        pub uri: String,
        /// SHA-256 of that text.
        pub text_hash: [u8; 32],
    }

    /// Arguments of `signal`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SignalArgs {
        /// 0 for, 1 against, 2 abstain, 3 veto.
        pub choice: u8,
    }

    /// Arguments of `cast_vote`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CastVoteArgs {
        /// 0 for, 1 against, 2 abstain, 3 veto.
        pub choice: u8,
    }

    /// Arguments of `change_parameters`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct ChangeParametersArgs {
        pub changes: Vec<super::types::ParameterChange>,
    }

    /// Arguments of `hand_over`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct HandOverArgs {
        /// Row of the parameter table.
        pub id: u16,
    }

    /// Arguments of `push_parameters`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct PushParametersArgs {
        /// 0 marketplace, 1 exchange, 2 staking.
        pub program: u8,
    }

    /// Arguments of `operate_staking`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct OperateStakingArgs {
        pub is_staking_halted: Option<bool>,
        pub is_withdrawal_halted: Option<bool>,
        pub is_accrue_reward_halted: Option<bool>,
        pub allow_pool_creation: Option<bool>,
        pub new_reward_distribution_authorities: Option<Vec<Address>>,
        pub new_halt_authorities: Option<Vec<Address>>,
        pub new_slashing_authorities: Option<Vec<Address>>,
    }
}

/// Structs that arguments, accounts and events are made of.
pub mod types {
    use alloc::{string::String, vec::Vec};
    use borsh::{BorshDeserialize, BorshSerialize};
    use pinocchio::Address;

    /// A parameter and the value proposed for it.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct ParameterChange {
        /// Row of the parameter table.
        pub id: u16,
        pub value: i64,
    }

    /// A parameter that was changed.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct ChangedParameter {
        pub id: u16,
        pub from: i64,
        pub to: i64,
    }

    /// Voting power from a slot on.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Checkpoint {
        pub slot: u64,
        pub power: u64,
    }

    /// A payment from the treasury.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct TreasurySpend {
        /// 0 buyback, 1 liquidity, 2 incentives, 3 grants, 4 development, 5 other.
        pub category: u8,
        /// INFER or USDC.
        pub mint: Address,
        pub amount: u64,
        /// Token account.
        pub recipient: Address,
    }

    /// A GPU model of the catalogue.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct ModelTerms {
        pub name: String,
        pub vram_gb: u16,
        pub weight: u32,
        pub min_benchmark: u32,
    }

    /// What a proposal does; only what belongs to its kind is there.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Action {
        /// 0 param_change, 1 treasury_spend, 2 host_ban, 3 host_unban, 4 catalog_add, 5 catalog_remove, 6 text, 7 bankroll_return, 8 host_verify, 9 host_suspend, 10 host_slash.
        pub kind: u8,
        /// Ascending by key.
        pub changes: Vec<ParameterChange>,
        /// For a bankroll return what comes back: INFER, to the treasury, category 1.
        pub spend: Option<TreasurySpend>,
        /// Provider account of the marketplace; for a host slash the challenge.
        pub host: Option<Address>,
        pub model: Option<ModelTerms>,
    }

    /// Power by choice.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct VoteTotals {
        pub for_power: u64,
        pub against_power: u64,
        pub abstain_power: u64,
        pub veto_power: u64,
    }

    /// Why a change of parameters was invalid when it was to be executed; all zero when it was not.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Refusal {
        /// 1 UNKNOWN_KEY, 2 BELOW_MIN, 3 ABOVE_MAX, 4 STEP_TOO_LARGE, 5 COOLDOWN, 6 KEYS_NOT_ASCENDING, 7 JOINT_SUM, 8 NOTHING_PROPOSED, 9 JOINT_ORDER.
        pub rule: u8,
        pub id: u16,
        pub value: i64,
        pub limit: i64,
    }
}

/// Account types and their sizes.
pub mod accounts {
    use alloc::{string::String, vec::Vec};
    use borsh::{BorshDeserialize, BorshSerialize};
    use pinocchio::Address;
    use plumbline_shared::account::State;

    /// Bytes on the chain, discriminator included.
    pub const GOVERNANCE_SPACE: usize = 1536;

    /// Who and what is governed, and the totals of stake and power; one per program.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Governance {
        pub version: u8,
        pub bump: u8,
        pub authority_bump: u8,
        pub founding_admin: Address,
        pub infer_mint: Address,
        pub usdc_mint: Address,
        pub stake_vault: Address,
        pub infer_treasury: Address,
        pub usdc_treasury: Address,
        pub marketplace_program: Address,
        pub exchange_program: Address,
        pub staking_program: Address,
        pub marketplace: Address,
        pub exchange: Address,
        pub pool_overview: Address,
        pub total_staked: u64,
        pub total_unstaking: u64,
        pub total_power: u64,
        /// Slot of the last change of `total_power`.
        pub power_slot: u64,
        /// `total_power` at the end of the last slot before `power_slot`.
        pub power_before: u64,
        pub proposal_count: u64,
        /// Proposals that have not ended.
        pub active_count: u32,
        /// Slots at which the votes that are not finalized opened, ascending.
        pub open_slots: Vec<u64>,
    }

    impl State for Governance {
        const DISCRIMINATOR: [u8; 8] = [18, 143, 88, 13, 73, 217, 47, 49];
        const CAPACITY: usize = GOVERNANCE_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const PARAMETERS_SPACE: usize = 2304;

    /// Every governed number, by row of the parameter table; one per program.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy)]
    pub struct Parameters {
        pub version: u8,
        pub bump: u8,
        /// Rows in use; a later row has its default.
        pub count: u16,
        pub values: [i64; 128],
        /// 0 for a number that was never changed.
        pub changed_at: [i64; 128],
        /// 1 when governance holds the number.
        pub handed_over: [u8; 128],
    }

    impl State for Parameters {
        const DISCRIMINATOR: [u8; 8] = [233, 2, 25, 109, 70, 228, 206, 228];
        const CAPACITY: usize = PARAMETERS_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const STAKER_SPACE: usize = 1856;

    /// An owner's stake, use and voting power.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Staker {
        pub version: u8,
        pub bump: u8,
        pub owner: Address,
        pub stake: u64,
        /// Out of power, not paid out yet.
        pub unstaking: u64,
        pub unstake_at: i64,
        /// No earlier can stake be withdrawn, by the votes cast.
        pub locked_until: i64,
        /// Part of the stake that stands behind open proposals of the owner.
        pub committed: u64,
        /// From the marketplace, as a buyer.
        pub fees_paid: u64,
        /// From the marketplace, as a provider.
        pub fees_earned_on: u64,
        /// Stake, and use up to as much again.
        pub power: u64,
        /// Ascending; those that an open vote can still ask for, and the last.
        pub checkpoints: Vec<super::types::Checkpoint>,
    }

    impl State for Staker {
        const DISCRIMINATOR: [u8; 8] = [171, 229, 193, 85, 67, 177, 151, 4];
        const CAPACITY: usize = STAKER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const PROPOSAL_SPACE: usize = 1024;

    /// A proposal from its submission on.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Proposal {
        pub version: u8,
        pub bump: u8,
        /// 0 discussion, 1 signaling, 2 voting, 3 queued, 4 executed, 5 canceled, 6 expired, 7 defeated, 8 quorum not met, 9 vetoed, 10 invalidated.
        pub status: u8,
        pub proposal_id: u64,
        pub proposer: Address,
        pub committed: u64,
        pub created_at: i64,
        pub signaling_from: i64,
        pub signaling_seconds: u32,
        /// 0 until signaling begins.
        pub voting_from: i64,
        /// 0 until the vote opens, as what follows.
        pub opened_slot: u64,
        pub voting_ends_at: i64,
        pub executes_from: i64,
        pub expires_at: i64,
        pub quorum_bps: u16,
        pub pass_threshold_bps: u16,
        pub veto_threshold_bps: u16,
        pub snapshot_power: u64,
        pub ended_at: i64,
        pub signals: super::types::VoteTotals,
        pub votes: super::types::VoteTotals,
        pub refusal: super::types::Refusal,
        pub text_hash: [u8; 32],
        pub action: super::types::Action,
        pub title: String,
        pub uri: String,
    }

    impl State for Proposal {
        const DISCRIMINATOR: [u8; 8] = [26, 94, 189, 187, 116, 136, 53, 33];
        const CAPACITY: usize = PROPOSAL_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const SIGNAL_RECORD_SPACE: usize = 128;

    /// What an owner signaled.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct SignalRecord {
        pub version: u8,
        pub bump: u8,
        pub proposal: Address,
        pub owner: Address,
        pub choice: u8,
        pub power: u64,
        pub signaled_at: i64,
    }

    impl State for SignalRecord {
        const DISCRIMINATOR: [u8; 8] = [32, 240, 214, 122, 207, 184, 220, 121];
        const CAPACITY: usize = SIGNAL_RECORD_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const VOTE_RECORD_SPACE: usize = 128;

    /// What an owner voted.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct VoteRecord {
        pub version: u8,
        pub bump: u8,
        pub proposal: Address,
        pub owner: Address,
        pub choice: u8,
        pub power: u64,
        pub voted_at: i64,
    }

    impl State for VoteRecord {
        const DISCRIMINATOR: [u8; 8] = [112, 9, 123, 165, 234, 9, 157, 167];
        const CAPACITY: usize = VOTE_RECORD_SPACE;
    }
}

/// Events; together they are enough to rebuild every account.
pub mod events {
    use alloc::{string::String, vec::Vec};
    use borsh::BorshSerialize;
    use pinocchio::Address;
    use plumbline_shared::event::Event;

    /// Governance was set up.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct GovernanceInitialized {
        pub founding_admin: Address,
        pub infer_mint: Address,
        pub usdc_mint: Address,
        pub stake_vault: Address,
        pub infer_treasury: Address,
        pub usdc_treasury: Address,
        pub marketplace_program: Address,
        pub exchange_program: Address,
        pub staking_program: Address,
        pub marketplace: Address,
        pub exchange: Address,
        pub pool_overview: Address,
        pub governance: Address,
        /// Starting values, by row of the parameter table.
        pub values: Vec<i64>,
    }

    impl Event for GovernanceInitialized {
        const DISCRIMINATOR: [u8; 8] = [41, 187, 103, 26, 42, 44, 30, 15];
    }

    /// An owner added stake.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct Staked {
        pub staker: Address,
        pub owner: Address,
        pub amount: u64,
        pub stake: u64,
        pub power: u64,
        pub total_staked: u64,
        pub total_power: u64,
        pub slot: u64,
    }

    impl Event for Staked {
        const DISCRIMINATOR: [u8; 8] = [11, 146, 45, 205, 230, 58, 213, 240];
    }

    /// An owner took stake out of voting power.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct UnstakeRequested {
        pub staker: Address,
        pub owner: Address,
        pub amount: u64,
        pub stake: u64,
        pub unstaking: u64,
        pub unstake_at: i64,
        pub power: u64,
        pub total_staked: u64,
        pub total_unstaking: u64,
        pub total_power: u64,
        pub slot: u64,
    }

    impl Event for UnstakeRequested {
        const DISCRIMINATOR: [u8; 8] = [21, 253, 177, 85, 129, 206, 42, 152];
    }

    /// An owner was paid what was unstaked.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct StakeWithdrawn {
        pub staker: Address,
        pub owner: Address,
        pub amount: u64,
        pub total_unstaking: u64,
    }

    impl Event for StakeWithdrawn {
        const DISCRIMINATOR: [u8; 8] = [33, 120, 159, 58, 140, 255, 174, 79];
    }

    /// An owner's use was brought up to date.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct UseSynced {
        pub staker: Address,
        pub owner: Address,
        pub fees_paid: u64,
        pub fees_earned_on: u64,
        pub power: u64,
        pub total_power: u64,
        pub slot: u64,
    }

    impl Event for UseSynced {
        const DISCRIMINATOR: [u8; 8] = [171, 175, 225, 60, 174, 230, 212, 189];
    }

    /// A proposal was submitted.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ProposalCreated {
        pub proposal: Address,
        pub proposal_id: u64,
        pub proposer: Address,
        pub committed: u64,
        pub action: super::types::Action,
        pub title: String,
        pub uri: String,
        pub text_hash: [u8; 32],
        pub created_at: i64,
        pub signaling_from: i64,
        pub signaling_seconds: u32,
    }

    impl Event for ProposalCreated {
        const DISCRIMINATOR: [u8; 8] = [186, 8, 160, 108, 81, 13, 51, 206];
    }

    /// The proposer withdrew a proposal.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProposalCanceled {
        pub proposal: Address,
        pub proposer: Address,
        pub ended_at: i64,
    }

    impl Event for ProposalCanceled {
        const DISCRIMINATOR: [u8; 8] = [152, 168, 133, 240, 166, 147, 22, 229];
    }

    /// The discussion of a proposal is over.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct SignalingBegun {
        pub proposal: Address,
        pub voting_from: i64,
    }

    impl Event for SignalingBegun {
        const DISCRIMINATOR: [u8; 8] = [44, 93, 69, 233, 20, 180, 59, 129];
    }

    /// An owner signaled.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct SignalGiven {
        pub proposal: Address,
        pub owner: Address,
        pub choice: u8,
        pub power: u64,
        pub signaled_at: i64,
        pub signals: super::types::VoteTotals,
    }

    impl Event for SignalGiven {
        const DISCRIMINATOR: [u8; 8] = [215, 202, 204, 57, 162, 86, 238, 162];
    }

    /// The vote on a proposal opened.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VotingOpened {
        pub proposal: Address,
        pub opened_slot: u64,
        pub voting_ends_at: i64,
        pub executes_from: i64,
        pub expires_at: i64,
        pub quorum_bps: u16,
        pub pass_threshold_bps: u16,
        pub veto_threshold_bps: u16,
        pub snapshot_power: u64,
    }

    impl Event for VotingOpened {
        const DISCRIMINATOR: [u8; 8] = [216, 88, 4, 153, 2, 13, 221, 22];
    }

    /// An owner voted.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VoteCast {
        pub proposal: Address,
        pub owner: Address,
        pub choice: u8,
        pub power: u64,
        pub voted_at: i64,
        pub votes: super::types::VoteTotals,
        pub locked_until: i64,
        pub unstake_at: i64,
    }

    impl Event for VoteCast {
        const DISCRIMINATOR: [u8; 8] = [39, 53, 195, 104, 188, 17, 225, 213];
    }

    /// A vote was counted.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VoteFinalized {
        pub proposal: Address,
        /// 3 queued, 7 defeated, 8 quorum not met, 9 vetoed.
        pub status: u8,
        pub votes: super::types::VoteTotals,
        pub snapshot_power: u64,
        pub finalized_at: i64,
    }

    impl Event for VoteFinalized {
        const DISCRIMINATOR: [u8; 8] = [183, 215, 21, 9, 39, 161, 211, 42];
    }

    /// A proposal was carried out.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProposalExecuted {
        pub proposal: Address,
        pub kind: u8,
        pub ended_at: i64,
    }

    impl Event for ProposalExecuted {
        const DISCRIMINATOR: [u8; 8] = [92, 213, 189, 201, 101, 83, 111, 83];
    }

    /// A proposal was no longer allowed when it was to be carried out, and changed nothing.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProposalInvalidated {
        pub proposal: Address,
        pub refusal: super::types::Refusal,
        pub ended_at: i64,
    }

    impl Event for ProposalInvalidated {
        const DISCRIMINATOR: [u8; 8] = [6, 45, 98, 108, 209, 32, 124, 236];
    }

    /// Nobody carried a proposal out in time.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProposalExpired {
        pub proposal: Address,
        pub ended_at: i64,
    }

    impl Event for ProposalExpired {
        const DISCRIMINATOR: [u8; 8] = [48, 8, 10, 52, 213, 133, 166, 223];
    }

    /// Parameters were set.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ParametersChanged {
        /// Absent when the founding admin did.
        pub proposal: Option<Address>,
        pub changes: Vec<super::types::ChangedParameter>,
        pub changed_at: i64,
    }

    impl Event for ParametersChanged {
        const DISCRIMINATOR: [u8; 8] = [199, 80, 214, 98, 15, 70, 180, 118];
    }

    /// Parameters went to governance for ever.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ParametersHandedOver {
        pub ids: Vec<u16>,
        pub handed_over_at: i64,
    }

    impl Event for ParametersHandedOver {
        const DISCRIMINATOR: [u8; 8] = [225, 113, 196, 208, 207, 69, 238, 170];
    }

    /// The role of founding admin went to another key.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct FoundingAdminReplaced {
        pub former_admin: Address,
        pub founding_admin: Address,
        pub replaced_at: i64,
    }

    impl Event for FoundingAdminReplaced {
        const DISCRIMINATOR: [u8; 8] = [38, 199, 219, 8, 57, 111, 35, 193];
    }

    /// A program was sent the values it acts by.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ParametersPushed {
        pub program: u8,
        pub target: Address,
        pub ids: Vec<u16>,
    }

    impl Event for ParametersPushed {
        const DISCRIMINATOR: [u8; 8] = [3, 98, 99, 82, 234, 6, 168, 105];
    }

    /// The treasury paid.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct TreasurySpent {
        pub proposal: Address,
        pub category: u8,
        pub mint: Address,
        pub amount: u64,
        pub treasury: Address,
        pub recipient: Address,
        /// What the treasury holds afterwards.
        pub balance: u64,
    }

    impl Event for TreasurySpent {
        const DISCRIMINATOR: [u8; 8] = [70, 150, 242, 53, 19, 121, 15, 88];
    }

    /// The authority of governance became the admin of the staking program.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct StakingAdminAccepted {
        pub pool_overview: Address,
        pub former_admin: Address,
    }

    impl Event for StakingAdminAccepted {
        const DISCRIMINATOR: [u8; 8] = [24, 43, 203, 159, 186, 44, 120, 102];
    }

    /// The founding admin operated the staking program.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct StakingOperated {
        pub pool_overview: Address,
        pub is_staking_halted: Option<bool>,
        pub is_withdrawal_halted: Option<bool>,
        pub is_accrue_reward_halted: Option<bool>,
        pub allow_pool_creation: Option<bool>,
        pub new_reward_distribution_authorities: Option<Vec<Address>>,
        pub new_halt_authorities: Option<Vec<Address>>,
        pub new_slashing_authorities: Option<Vec<Address>>,
    }

    impl Event for StakingOperated {
        const DISCRIMINATOR: [u8; 8] = [44, 140, 64, 153, 84, 44, 147, 141];
    }
}

/// Numbered errors, one cause each. Numbers are append-only.
pub mod fault {
    plumbline_shared::faults! {
        UNKNOWN_KEY = 6000, "UnknownKey", "No such parameter";
        BELOW_MIN = 6001, "BelowMin", "Value is below the minimum of the parameter";
        ABOVE_MAX = 6002, "AboveMax", "Value is above the maximum of the parameter";
        STEP_TOO_LARGE = 6003, "StepTooLarge", "Value is more than one step from the value in force";
        COOLDOWN = 6004, "Cooldown", "Parameter was changed too recently";
        KEYS_NOT_ASCENDING = 6005, "KeysNotAscending", "Keys must be strictly ascending";
        JOINT_SUM = 6006, "JointSum", "Parameters that change together do not sum to their total";
        NOTHING_PROPOSED = 6007, "NothingProposed", "There must be at least one change";
        TOO_MANY_CHANGES = 6008, "TooManyChanges", "More than 16 changes";
        HELD_BY_FOUNDERS = 6009, "HeldByFounders", "Parameter is not handed over to governance";
        HELD_BY_GOVERNANCE = 6010, "HeldByGovernance", "Parameter is handed over to governance";
        INVALID_INFER_MINT = 6011, "InvalidInferMint", "INFER mint must have 9 decimals";
        INVALID_USDC_MINT = 6012, "InvalidUsdcMint", "USDC mint must have 6 decimals";
        PROGRAM_NOT_EXECUTABLE = 6013, "ProgramNotExecutable", "Governed program is not executable";
        NOT_FOUNDING_ADMIN = 6014, "NotFoundingAdmin", "Signer is not the founding admin";
        ZERO_AMOUNT = 6015, "ZeroAmount", "Amount must be above zero";
        STAKE_COMMITTED = 6016, "StakeCommitted", "Stake is not there, or stands behind open proposals";
        NOTHING_TO_WITHDRAW = 6017, "NothingToWithdraw", "Nothing was unstaked";
        STILL_UNBONDING = 6018, "StillUnbonding", "Unstaked INFER cannot be withdrawn yet";
        PROPOSAL_STAKE_TOO_LOW = 6019, "ProposalStakeTooLow", "Free stake is below the minimum for a proposal";
        TOO_MANY_ACTIVE_PROPOSALS = 6020, "TooManyActiveProposals", "As many proposals are open as may be";
        INVALID_KIND = 6021, "InvalidKind", "No such kind of proposal";
        INVALID_ACTION = 6022, "InvalidAction", "A proposal must hold what its kind needs and nothing else";
        INVALID_TEXT = 6023, "InvalidText", "Title must have 1 to 80 bytes, the address of the text at most 200";
        INVALID_CATEGORY = 6024, "InvalidCategory", "No such category of spending";
        UNSUPPORTED_MINT = 6025, "UnsupportedMint", "Mint is neither INFER nor USDC";
        INVALID_MODEL = 6026, "InvalidModel", "Name of a GPU model must have 1 to 32 bytes, memory and weight must be above zero";
        NOT_PROPOSER = 6027, "NotProposer", "Signer is not the proposer";
        VOTING_BEGUN = 6028, "VotingBegun", "Proposal is past signaling";
        NOT_IN_DISCUSSION = 6029, "NotInDiscussion", "Proposal is not in discussion";
        DISCUSSION_NOT_OVER = 6030, "DiscussionNotOver", "Time of discussion is not over";
        NOT_IN_SIGNALING = 6031, "NotInSignaling", "Proposal is not in signaling";
        SIGNALING_NOT_OVER = 6032, "SignalingNotOver", "Time of signaling is not over";
        NOT_IN_VOTING = 6033, "NotInVoting", "Proposal is not being voted on";
        VOTING_OVER = 6034, "VotingOver", "Time of voting is over";
        VOTING_NOT_OVER = 6035, "VotingNotOver", "Time of voting is not over";
        INVALID_CHOICE = 6036, "InvalidChoice", "Choice must be 0 to 3";
        NO_VOTING_POWER = 6037, "NoVotingPower", "Owner has no power in this vote";
        ALREADY_SIGNALED = 6038, "AlreadySignaled", "Owner has signaled";
        ALREADY_VOTED = 6039, "AlreadyVoted", "Owner has voted";
        NOT_QUEUED = 6040, "NotQueued", "Proposal does not wait for execution";
        WRONG_KIND = 6041, "WrongKind", "Proposal is of another kind";
        EXECUTION_DELAY_NOT_OVER = 6042, "ExecutionDelayNotOver", "Time before execution is not over";
        EXECUTION_WINDOW_OVER = 6043, "ExecutionWindowOver", "Time for execution is over";
        EXECUTION_WINDOW_NOT_OVER = 6044, "ExecutionWindowNotOver", "Time for execution is not over";
        TREASURY_TOO_SMALL = 6045, "TreasuryTooSmall", "Treasury holds less";
        GRANT_TOO_LARGE = 6046, "GrantTooLarge", "Grant is above the part of the treasury that one grant may take";
        INVALID_RECIPIENT = 6047, "InvalidRecipient", "Recipient is not the token account of the proposal";
        INVALID_PROGRAM = 6048, "InvalidProgram", "No such program";
        PROGRAM_NOT_SET_UP = 6049, "ProgramNotSetUp", "Governed program is not set up";
        NOT_STAKING_ADMIN = 6050, "NotStakingAdmin", "Authority of governance is not the admin of the staking program";
        JOINT_ORDER = 6051, "JointOrder", "A parameter that stays below another would not";
    }
}
