//! The governed numbers: bounds, steps, starting values and cooldowns. Generated from `governance/parameters.json` by
//! `programs/build/generate-parameters.ts`; an id is the row in that table.

/// Who keeps a copy of the value in force, beside the governance program that keeps all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Exchange,
    Governance,
    /// No program: the platform reads it from the governance program's events.
    Ledger,
    Marketplace,
    Staking,
}

pub struct Parameter {
    pub key: &'static str,
    pub holder: Holder,
    pub min: i64,
    pub max: i64,
    /// Largest change at once; 0 for no limit.
    pub max_step: i64,
    pub default: i64,
    pub cooldown_seconds: i64,
}

pub const COUNT: usize = 105;

#[rustfmt::skip]
pub static PARAMETERS: [Parameter; COUNT] = [
    row("base_reward_rate", Holder::Marketplace, 0, 1000000000, 100000000, 100000000, 604800),
    row("fee_split_host_pct", Holder::Marketplace, 5000, 9500, 1000, 9000, 604800),
    row("min_proposal_stake", Holder::Governance, 100, 10000000000, 0, 1000, 0),
    row("voting_period_hours", Holder::Governance, 24, 720, 168, 72, 604800),
    row("quorum_bps", Holder::Governance, 500, 7500, 1000, 2000, 604800),
    row("pass_threshold_bps", Holder::Governance, 5001, 9500, 1000, 5001, 604800),
    row("veto_threshold_bps", Holder::Governance, 1000, 5000, 1000, 3340, 604800),
    row("max_active_proposals", Holder::Governance, 1, 100, 0, 20, 0),
    row("unbonding_period_hours", Holder::Governance, 24, 2160, 168, 168, 604800),
    row("platform_fee_bps", Holder::Marketplace, 0, 5000, 500, 200, 604800),
    row("fee_treasury_bps", Holder::Marketplace, 0, 10000, 0, 10000, 604800),
    row("fee_burn_bps", Holder::Marketplace, 0, 10000, 0, 0, 604800),
    row("fee_verifier_bps", Holder::Marketplace, 0, 10000, 0, 0, 604800),
    row("min_stake_tier_1", Holder::Marketplace, 0, 9000000000000000, 100000000000000, 1000000000000, 604800),
    row("min_stake_tier_2", Holder::Marketplace, 0, 9000000000000000, 100000000000000, 10000000000000, 604800),
    row("min_stake_tier_3", Holder::Marketplace, 0, 9000000000000000, 100000000000000, 100000000000000, 604800),
    row("bond_ratio_bps", Holder::Marketplace, 0, 10000, 1000, 1000, 604800),
    row("bond_infer_per_usdc", Holder::Marketplace, 10000000, 10000000000000, 0, 10000000000, 604800),
    row("challenge_window_seconds", Holder::Marketplace, 0, 2592000, 604800, 86400, 604800),
    row("start_deadline_seconds", Holder::Marketplace, 60, 86400, 14400, 1800, 604800),
    row("confirm_window_seconds", Holder::Marketplace, 0, 2592000, 604800, 86400, 604800),
    row("model_weight_h100", Holder::Marketplace, 0, 1000000, 2000, 3170, 604800),
    row("model_weight_h200", Holder::Marketplace, 0, 1000000, 2000, 3170, 604800),
    row("model_weight_a100_40", Holder::Marketplace, 0, 1000000, 2000, 1000, 604800),
    row("model_weight_a100_80", Holder::Marketplace, 0, 1000000, 2000, 1000, 604800),
    row("model_weight_mi300x", Holder::Marketplace, 0, 1000000, 2000, 4190, 604800),
    row("model_weight_b200", Holder::Marketplace, 0, 1000000, 2000, 7210, 604800),
    row("model_weight_rtx3060", Holder::Marketplace, 0, 1000000, 2000, 80, 604800),
    row("model_weight_rtx3090", Holder::Marketplace, 0, 1000000, 2000, 230, 604800),
    row("model_weight_rtx4090", Holder::Marketplace, 0, 1000000, 2000, 530, 604800),
    row("model_weight_rtx5090", Holder::Marketplace, 0, 1000000, 2000, 670, 604800),
    row("model_weight_a6000", Holder::Marketplace, 0, 1000000, 2000, 500, 604800),
    row("work_share_bps", Holder::Ledger, 0, 10000, 1000, 8000, 604800),
    row("reward_epoch_seconds", Holder::Ledger, 10, 2592000, 604800, 86400, 604800),
    row("reputation_start_ppm", Holder::Ledger, 0, 1000000, 50000, 100000, 604800),
    row("reputation_gain_ppm", Holder::Ledger, 0, 100000, 10000, 20000, 604800),
    row("reputation_gain_cap_seconds", Holder::Ledger, 3600, 864000, 86400, 86400, 604800),
    row("reputation_buyer_full_orders", Holder::Ledger, 1, 32, 4, 6, 604800),
    row("reputation_challenge_passed_divisor", Holder::Ledger, 1, 1000, 0, 4, 604800),
    row("reputation_uptime_full_divisor", Holder::Ledger, 1, 1000, 0, 10, 604800),
    row("reputation_uptime_full_ppm", Holder::Ledger, 500000, 1000000, 50000, 990000, 604800),
    row("reputation_heartbeat_shortfall_ppm", Holder::Ledger, 500000, 1000000, 50000, 950000, 604800),
    row("reputation_loss_heartbeat_ppm", Holder::Ledger, 0, 1000000, 50000, 20000, 604800),
    row("reputation_loss_not_delivered_ppm", Holder::Ledger, 0, 1000000, 50000, 150000, 604800),
    row("reputation_loss_dispute_ppm", Holder::Ledger, 0, 1000000, 50000, 250000, 604800),
    row("reputation_loss_challenge_ppm", Holder::Ledger, 0, 1000000, 50000, 600000, 604800),
    row("reputation_loss_slashed_ppm", Holder::Ledger, 0, 1000000, 50000, 500000, 604800),
    row("reputation_recovery_divisor", Holder::Ledger, 1, 100, 0, 4, 604800),
    row("reputation_idle_ppm", Holder::Ledger, 0, 500000, 10000, 22840, 604800),
    row("reputation_cluster_hub_wallets", Holder::Ledger, 2, 10000, 0, 50, 604800),
    row("high_stakes_min_score", Holder::Marketplace, 0, 1000000, 50000, 700000, 604800),
    row("high_stakes_min_value", Holder::Marketplace, 0, 9000000000000000, 100000000000000, 10000000000000, 604800),
    row("high_stakes_max_age_epochs", Holder::Marketplace, 1, 365, 30, 7, 604800),
    row("rate_cpu_micro", Holder::Marketplace, 0, 1000000000, 1000000, 1000000, 604800),
    row("rate_mb_micro", Holder::Marketplace, 0, 1000000, 1000, 1000, 604800),
    row("bond_withdrawal_delay_seconds", Holder::Marketplace, 0, 2592000, 604800, 604800, 604800),
    row("heartbeat_interval_seconds", Holder::Marketplace, 5, 86400, 3600, 600, 604800),
    row("dispute_deposit", Holder::Marketplace, 0, 10000000000000, 100000000000, 10000000000, 604800),
    row("dispute_resolution_seconds", Holder::Marketplace, 60, 2592000, 604800, 604800, 604800),
    row("stream_attest_timeout_seconds", Holder::Marketplace, 10, 604800, 86400, 3600, 604800),
    row("challenge_frequency_ppm", Holder::Marketplace, 0, 1000000, 50000, 50000, 604800),
    row("challenge_sample_segments", Holder::Marketplace, 1, 16, 4, 4, 604800),
    row("challenge_deposit", Holder::Marketplace, 0, 10000000000000, 100000000000, 10000000000, 604800),
    row("challenge_turn_seconds", Holder::Marketplace, 0, 86400, 3600, 600, 604800),
    row("challenge_answer_seconds", Holder::Marketplace, 5, 604800, 86400, 3600, 604800),
    row("min_verifier_bond", Holder::Marketplace, 0, 9000000000000000, 100000000000000, 1000000000000, 604800),
    row("slash_bps_no_delivery", Holder::Marketplace, 0, 10000, 1000, 500, 604800),
    row("slash_bps_failed_challenge", Holder::Marketplace, 0, 10000, 1000, 5000, 604800),
    row("slash_bps_false_benchmark", Holder::Marketplace, 0, 10000, 1000, 2000, 604800),
    row("slash_burn_bps", Holder::Marketplace, 0, 10000, 1000, 5000, 604800),
    row("min_benchmark_h100", Holder::Marketplace, 0, 1000000, 2000, 2536, 604800),
    row("min_benchmark_h200", Holder::Marketplace, 0, 1000000, 2000, 2536, 604800),
    row("min_benchmark_a100_40", Holder::Marketplace, 0, 1000000, 2000, 800, 604800),
    row("min_benchmark_a100_80", Holder::Marketplace, 0, 1000000, 2000, 800, 604800),
    row("min_benchmark_mi300x", Holder::Marketplace, 0, 1000000, 2000, 3352, 604800),
    row("min_benchmark_b200", Holder::Marketplace, 0, 1000000, 2000, 5768, 604800),
    row("min_benchmark_rtx3060", Holder::Marketplace, 0, 1000000, 2000, 64, 604800),
    row("min_benchmark_rtx3090", Holder::Marketplace, 0, 1000000, 2000, 184, 604800),
    row("min_benchmark_rtx4090", Holder::Marketplace, 0, 1000000, 2000, 424, 604800),
    row("min_benchmark_rtx5090", Holder::Marketplace, 0, 1000000, 2000, 536, 604800),
    row("min_benchmark_a6000", Holder::Marketplace, 0, 1000000, 2000, 400, 604800),
    row("index_depth_gpu_seconds", Holder::Exchange, 3600, 3600000000000, 3600000000, 3600000, 604800),
    row("index_trade_depth", Holder::Exchange, 1000000000, 9000000000000000, 1000000000000000, 1000000000000000, 604800),
    row("index_clamp_ppm", Holder::Exchange, 100, 100000, 10000, 10000, 604800),
    row("index_max_age_seconds", Holder::Exchange, 5, 604800, 86400, 86400, 604800),
    row("initial_margin_bps", Holder::Exchange, 1000, 10000, 1000, 1000, 604800),
    row("maintenance_margin_bps", Holder::Exchange, 100, 9000, 500, 500, 604800),
    row("trade_fee_bps", Holder::Exchange, 0, 500, 50, 10, 604800),
    row("liquidation_fee_bps", Holder::Exchange, 0, 1000, 100, 100, 604800),
    row("funding_interval_seconds", Holder::Exchange, 10, 86400, 3600, 3600, 604800),
    row("funding_clamp_ppm", Holder::Exchange, 0, 10000, 1000, 500, 604800),
    row("mark_window_seconds", Holder::Exchange, 10, 86400, 3600, 3600, 604800),
    row("max_open_interest", Holder::Exchange, 0, 9000000000000000, 1000000000000000, 1000000000000000, 604800),
    row("max_open_interest_bankroll_bps", Holder::Exchange, 0, 1000000, 10000, 50000, 604800),
    row("discussion_hours", Holder::Governance, 1, 336, 72, 24, 604800),
    row("signaling_hours", Holder::Governance, 1, 336, 72, 24, 604800),
    row("execution_delay_hours", Holder::Governance, 0, 336, 72, 24, 604800),
    row("execution_window_hours", Holder::Governance, 24, 2160, 168, 168, 604800),
    row("treasury_grants_bps", Holder::Governance, 0, 10000, 1000, 1000, 604800),
    row("staking_min_operator_stake", Holder::Staking, 0, 9000000000000000, 1000000000000000, 0, 604800),
    row("staking_registration_fee", Holder::Staking, 0, 1000000000000000, 10000000000000, 0, 604800),
    row("staking_delegator_unstake_delay_seconds", Holder::Staking, 0, 7776000, 604800, 604800, 604800),
    row("staking_operator_unstake_delay_seconds", Holder::Staking, 0, 7776000, 604800, 2592000, 604800),
    row("staking_slashing_delay_seconds", Holder::Staking, 86400, 2592000, 604800, 86400, 604800),
    row("series_basis_ppm", Holder::Exchange, 0, 500000, 50000, 100000, 604800),
];

const fn row(
    key: &'static str,
    holder: Holder,
    min: i64,
    max: i64,
    max_step: i64,
    default: i64,
    cooldown_seconds: i64,
) -> Parameter {
    Parameter { key, holder, min, max, max_step, default, cooldown_seconds }
}

/// Ids by name.
pub mod id {
    pub const BASE_REWARD_RATE: u16 = 0;
    pub const FEE_SPLIT_HOST_PCT: u16 = 1;
    pub const MIN_PROPOSAL_STAKE: u16 = 2;
    pub const VOTING_PERIOD_HOURS: u16 = 3;
    pub const QUORUM_BPS: u16 = 4;
    pub const PASS_THRESHOLD_BPS: u16 = 5;
    pub const VETO_THRESHOLD_BPS: u16 = 6;
    pub const MAX_ACTIVE_PROPOSALS: u16 = 7;
    pub const UNBONDING_PERIOD_HOURS: u16 = 8;
    pub const PLATFORM_FEE_BPS: u16 = 9;
    pub const FEE_TREASURY_BPS: u16 = 10;
    pub const FEE_BURN_BPS: u16 = 11;
    pub const FEE_VERIFIER_BPS: u16 = 12;
    pub const MIN_STAKE_TIER_1: u16 = 13;
    pub const MIN_STAKE_TIER_2: u16 = 14;
    pub const MIN_STAKE_TIER_3: u16 = 15;
    pub const BOND_RATIO_BPS: u16 = 16;
    pub const BOND_INFER_PER_USDC: u16 = 17;
    pub const CHALLENGE_WINDOW_SECONDS: u16 = 18;
    pub const START_DEADLINE_SECONDS: u16 = 19;
    pub const CONFIRM_WINDOW_SECONDS: u16 = 20;
    pub const MODEL_WEIGHT_H100: u16 = 21;
    pub const MODEL_WEIGHT_H200: u16 = 22;
    pub const MODEL_WEIGHT_A100_40: u16 = 23;
    pub const MODEL_WEIGHT_A100_80: u16 = 24;
    pub const MODEL_WEIGHT_MI300X: u16 = 25;
    pub const MODEL_WEIGHT_B200: u16 = 26;
    pub const MODEL_WEIGHT_RTX3060: u16 = 27;
    pub const MODEL_WEIGHT_RTX3090: u16 = 28;
    pub const MODEL_WEIGHT_RTX4090: u16 = 29;
    pub const MODEL_WEIGHT_RTX5090: u16 = 30;
    pub const MODEL_WEIGHT_A6000: u16 = 31;
    pub const WORK_SHARE_BPS: u16 = 32;
    pub const REWARD_EPOCH_SECONDS: u16 = 33;
    pub const REPUTATION_START_PPM: u16 = 34;
    pub const REPUTATION_GAIN_PPM: u16 = 35;
    pub const REPUTATION_GAIN_CAP_SECONDS: u16 = 36;
    pub const REPUTATION_BUYER_FULL_ORDERS: u16 = 37;
    pub const REPUTATION_CHALLENGE_PASSED_DIVISOR: u16 = 38;
    pub const REPUTATION_UPTIME_FULL_DIVISOR: u16 = 39;
    pub const REPUTATION_UPTIME_FULL_PPM: u16 = 40;
    pub const REPUTATION_HEARTBEAT_SHORTFALL_PPM: u16 = 41;
    pub const REPUTATION_LOSS_HEARTBEAT_PPM: u16 = 42;
    pub const REPUTATION_LOSS_NOT_DELIVERED_PPM: u16 = 43;
    pub const REPUTATION_LOSS_DISPUTE_PPM: u16 = 44;
    pub const REPUTATION_LOSS_CHALLENGE_PPM: u16 = 45;
    pub const REPUTATION_LOSS_SLASHED_PPM: u16 = 46;
    pub const REPUTATION_RECOVERY_DIVISOR: u16 = 47;
    pub const REPUTATION_IDLE_PPM: u16 = 48;
    pub const REPUTATION_CLUSTER_HUB_WALLETS: u16 = 49;
    pub const HIGH_STAKES_MIN_SCORE: u16 = 50;
    pub const HIGH_STAKES_MIN_VALUE: u16 = 51;
    pub const HIGH_STAKES_MAX_AGE_EPOCHS: u16 = 52;
    pub const RATE_CPU_MICRO: u16 = 53;
    pub const RATE_MB_MICRO: u16 = 54;
    pub const BOND_WITHDRAWAL_DELAY_SECONDS: u16 = 55;
    pub const HEARTBEAT_INTERVAL_SECONDS: u16 = 56;
    pub const DISPUTE_DEPOSIT: u16 = 57;
    pub const DISPUTE_RESOLUTION_SECONDS: u16 = 58;
    pub const STREAM_ATTEST_TIMEOUT_SECONDS: u16 = 59;
    pub const CHALLENGE_FREQUENCY_PPM: u16 = 60;
    pub const CHALLENGE_SAMPLE_SEGMENTS: u16 = 61;
    pub const CHALLENGE_DEPOSIT: u16 = 62;
    pub const CHALLENGE_TURN_SECONDS: u16 = 63;
    pub const CHALLENGE_ANSWER_SECONDS: u16 = 64;
    pub const MIN_VERIFIER_BOND: u16 = 65;
    pub const SLASH_BPS_NO_DELIVERY: u16 = 66;
    pub const SLASH_BPS_FAILED_CHALLENGE: u16 = 67;
    pub const SLASH_BPS_FALSE_BENCHMARK: u16 = 68;
    pub const SLASH_BURN_BPS: u16 = 69;
    pub const MIN_BENCHMARK_H100: u16 = 70;
    pub const MIN_BENCHMARK_H200: u16 = 71;
    pub const MIN_BENCHMARK_A100_40: u16 = 72;
    pub const MIN_BENCHMARK_A100_80: u16 = 73;
    pub const MIN_BENCHMARK_MI300X: u16 = 74;
    pub const MIN_BENCHMARK_B200: u16 = 75;
    pub const MIN_BENCHMARK_RTX3060: u16 = 76;
    pub const MIN_BENCHMARK_RTX3090: u16 = 77;
    pub const MIN_BENCHMARK_RTX4090: u16 = 78;
    pub const MIN_BENCHMARK_RTX5090: u16 = 79;
    pub const MIN_BENCHMARK_A6000: u16 = 80;
    pub const INDEX_DEPTH_GPU_SECONDS: u16 = 81;
    pub const INDEX_TRADE_DEPTH: u16 = 82;
    pub const INDEX_CLAMP_PPM: u16 = 83;
    pub const INDEX_MAX_AGE_SECONDS: u16 = 84;
    pub const INITIAL_MARGIN_BPS: u16 = 85;
    pub const MAINTENANCE_MARGIN_BPS: u16 = 86;
    pub const TRADE_FEE_BPS: u16 = 87;
    pub const LIQUIDATION_FEE_BPS: u16 = 88;
    pub const FUNDING_INTERVAL_SECONDS: u16 = 89;
    pub const FUNDING_CLAMP_PPM: u16 = 90;
    pub const MARK_WINDOW_SECONDS: u16 = 91;
    pub const MAX_OPEN_INTEREST: u16 = 92;
    pub const MAX_OPEN_INTEREST_BANKROLL_BPS: u16 = 93;
    pub const DISCUSSION_HOURS: u16 = 94;
    pub const SIGNALING_HOURS: u16 = 95;
    pub const EXECUTION_DELAY_HOURS: u16 = 96;
    pub const EXECUTION_WINDOW_HOURS: u16 = 97;
    pub const TREASURY_GRANTS_BPS: u16 = 98;
    pub const STAKING_MIN_OPERATOR_STAKE: u16 = 99;
    pub const STAKING_REGISTRATION_FEE: u16 = 100;
    pub const STAKING_DELEGATOR_UNSTAKE_DELAY_SECONDS: u16 = 101;
    pub const STAKING_OPERATOR_UNSTAKE_DELAY_SECONDS: u16 = 102;
    pub const STAKING_SLASHING_DELAY_SECONDS: u16 = 103;
    pub const SERIES_BASIS_PPM: u16 = 104;
}
