//! Wire interface of program marketplace: written by build/generate-interfaces.ts from idl.json, not by hand.

/// First bytes of the data of every instruction, and the log line that names it.
pub mod tag {
    /// Creates the one marketplace of this program: authorities, mints, the table's starting values and the founding catalogue of GPU models.
    pub const INITIALIZE_MARKETPLACE: [u8; 8] = [47, 81, 64, 0, 96, 56, 105, 7];
    pub const INITIALIZE_MARKETPLACE_LINE: &[u8] = b"Instruction: InitializeMarketplace";
    /// The governance authority sets governed numbers of the marketplace: within their bounds, all or nothing.
    pub const SET_PARAMETERS: [u8; 8] = [218, 114, 41, 75, 208, 237, 97, 28];
    pub const SET_PARAMETERS_LINE: &[u8] = b"Instruction: SetParameters";
    /// The admin replaces authorities; the governance authority and the exchange never change.
    pub const SET_AUTHORITIES: [u8; 8] = [124, 254, 44, 240, 197, 70, 190, 107];
    pub const SET_AUTHORITIES_LINE: &[u8] = b"Instruction: SetAuthorities";
    /// Admin or halt authority stop new orders, or let them in again; orders that exist are not touched.
    pub const PAUSE_ORDERS: [u8; 8] = [48, 210, 54, 245, 231, 2, 122, 229];
    pub const PAUSE_ORDERS_LINE: &[u8] = b"Instruction: PauseOrders";
    /// The governance authority adds a GPU model or changes the one of this name; weight and benchmark of the founding models are parameters and stay.
    pub const SET_MODEL: [u8; 8] = [201, 11, 140, 164, 156, 124, 125, 154];
    pub const SET_MODEL_LINE: &[u8] = b"Instruction: SetModel";
    /// The governance authority gives a provider any standing; the admin may ban and degrade.
    pub const SET_PROVIDER_STATUS: [u8; 8] = [55, 181, 28, 62, 63, 65, 48, 141];
    pub const SET_PROVIDER_STATUS_LINE: &[u8] = b"Instruction: SetProviderStatus";
    /// Registers a provider under an operator pool whose admin agrees by signing.
    pub const REGISTER_PROVIDER: [u8; 8] = [254, 209, 54, 184, 46, 197, 109, 78];
    pub const REGISTER_PROVIDER_LINE: &[u8] = b"Instruction: RegisterProvider";
    /// Adds INFER to the bond of a provider.
    pub const POST_BOND: [u8; 8] = [168, 151, 202, 119, 163, 58, 147, 247];
    pub const POST_BOND_LINE: &[u8] = b"Instruction: PostBond";
    /// The owner asks bond back; it may be withdrawn after a delay.
    pub const REQUEST_BOND_WITHDRAWAL: [u8; 8] = [66, 235, 186, 164, 34, 105, 80, 166];
    pub const REQUEST_BOND_WITHDRAWAL_LINE: &[u8] = b"Instruction: RequestBondWithdrawal";
    /// The owner takes back bond asked for, down to the tier's minimum or what orders hold locked.
    pub const WITHDRAW_BOND: [u8; 8] = [222, 199, 141, 31, 188, 93, 155, 40];
    pub const WITHDRAW_BOND_LINE: &[u8] = b"Instruction: WithdrawBond";
    /// The owner reports the benchmark of a device: once, and again when something changed.
    pub const SUBMIT_BENCHMARK: [u8; 8] = [244, 94, 239, 64, 2, 195, 168, 31];
    pub const SUBMIT_BENCHMARK_LINE: &[u8] = b"Instruction: SubmitBenchmark";
    /// The owner says that the provider is up, with units free and busy.
    pub const HEARTBEAT: [u8; 8] = [202, 104, 56, 6, 240, 170, 63, 134];
    pub const HEARTBEAT_LINE: &[u8] = b"Instruction: Heartbeat";
    /// Lists an offer of GPU time at a fixed price, or at the index of the exchange plus a spread.
    pub const LIST_OFFER: [u8; 8] = [77, 110, 114, 70, 201, 168, 236, 34];
    pub const LIST_OFFER_LINE: &[u8] = b"Instruction: ListOffer";
    /// The owner changes the terms of an offer; orders it has keep theirs.
    pub const UPDATE_OFFER: [u8; 8] = [191, 70, 15, 66, 224, 2, 249, 223];
    pub const UPDATE_OFFER_LINE: &[u8] = b"Instruction: UpdateOffer";
    /// The owner closes an offer; orders it has are not touched.
    pub const CLOSE_OFFER: [u8; 8] = [191, 72, 67, 35, 239, 209, 97, 132];
    pub const CLOSE_OFFER_LINE: &[u8] = b"Instruction: CloseOffer";
    /// Locks the price of an order in its own vault, prepaid or to be paid per second, and fixes the provider's pool and the fee.
    pub const CREATE_ORDER: [u8; 8] = [141, 54, 37, 207, 237, 210, 250, 215];
    pub const CREATE_ORDER_LINE: &[u8] = b"Instruction: CreateOrder";
    /// The provider hands over access before the start deadline.
    pub const START_DELIVERY: [u8; 8] = [184, 211, 206, 70, 128, 168, 211, 103];
    pub const START_DELIVERY_LINE: &[u8] = b"Instruction: StartDelivery";
    /// The buyer, or for verified providers the arbiter, has a started prepaid order paid out.
    pub const CONFIRM_DELIVERY: [u8; 8] = [11, 109, 227, 53, 179, 190, 88, 155];
    pub const CONFIRM_DELIVERY_LINE: &[u8] = b"Instruction: ConfirmDelivery";
    /// Sends back to the buyer what an order still owes: never started, not delivered in time, nobody ruled, or a session that is over.
    pub const REFUND_ORDER: [u8; 8] = [164, 168, 47, 144, 154, 1, 241, 255];
    pub const REFUND_ORDER_LINE: &[u8] = b"Instruction: RefundOrder";
    /// The buyer adds time to a running order at its price, within the longest time of the offer.
    pub const EXTEND_ORDER: [u8; 8] = [76, 238, 246, 145, 251, 43, 70, 84];
    pub const EXTEND_ORDER_LINE: &[u8] = b"Instruction: ExtendOrder";
    /// The provider attests seconds of a session; they are payable after the challenge window.
    pub const ATTEST: [u8; 8] = [83, 148, 120, 119, 144, 139, 117, 160];
    pub const ATTEST_LINE: &[u8] = b"Instruction: Attest";
    /// Pays attested seconds of a session whose challenge window has passed; anyone may call it.
    pub const SETTLE_USAGE: [u8; 8] = [61, 174, 167, 9, 21, 219, 242, 117];
    pub const SETTLE_USAGE_LINE: &[u8] = b"Instruction: SettleUsage";
    /// Buyer or provider end a session; attested seconds are still paid.
    pub const END_SESSION: [u8; 8] = [11, 244, 61, 154, 212, 249, 15, 66];
    pub const END_SESSION_LINE: &[u8] = b"Instruction: EndSession";
    /// Ends a lease whose bought time ran out, or a session whose provider is silent; anyone may call it.
    pub const EXPIRE_LEASE: [u8; 8] = [101, 199, 153, 149, 163, 153, 133, 126];
    pub const EXPIRE_LEASE_LINE: &[u8] = b"Instruction: ExpireLease";
    /// Buyer or provider ask the arbiter to rule on a running order, against a deposit.
    pub const OPEN_DISPUTE: [u8; 8] = [137, 25, 99, 119, 23, 223, 161, 42];
    pub const OPEN_DISPUTE_LINE: &[u8] = b"Instruction: OpenDispute";
    /// The arbiter splits what a disputed order still owes; the deposit goes to the opener, or to the other side if the opener has nothing of it.
    pub const RESOLVE_DISPUTE: [u8; 8] = [231, 6, 202, 6, 96, 103, 12, 230];
    pub const RESOLVE_DISPUTE_LINE: &[u8] = b"Instruction: ResolveDispute";
    /// Sends a deposit back to its opener when nobody ruled in time; anyone may call it.
    pub const RECLAIM_DEPOSIT: [u8; 8] = [222, 204, 95, 219, 219, 250, 177, 33];
    pub const RECLAIM_DEPOSIT_LINE: &[u8] = b"Instruction: ReclaimDeposit";
    /// Adds INFER to a customer's deposit for metered workloads; the first call creates the deposit.
    pub const DEPOSIT_CREDITS: [u8; 8] = [198, 126, 222, 119, 169, 20, 127, 224];
    pub const DEPOSIT_CREDITS_LINE: &[u8] = b"Instruction: DepositCredits";
    /// Announces a withdrawal, so that work already metered can be settled before it. Replaces an earlier announcement; 0 takes it back.
    pub const REQUEST_CREDIT_WITHDRAWAL: [u8; 8] = [235, 123, 103, 131, 85, 200, 186, 209];
    pub const REQUEST_CREDIT_WITHDRAWAL_LINE: &[u8] = b"Instruction: RequestCreditWithdrawal";
    /// Pays the announced sum out when its delay is over, or what settlements have left of it.
    pub const WITHDRAW_CREDITS: [u8; 8] = [128, 239, 193, 140, 226, 165, 44, 67];
    pub const WITHDRAW_CREDITS_LINE: &[u8] = b"Instruction: WithdrawCredits";
    /// Debits a customer's deposit for one metered workload and pays the host, once for each id of an issuer. By the meter, or by the customer.
    pub const SETTLE_WORKLOAD: [u8; 8] = [132, 161, 202, 230, 239, 0, 15, 240];
    pub const SETTLE_WORKLOAD_LINE: &[u8] = b"Instruction: SettleWorkload";
    /// Creates the verifier set, the book of reward epochs and the incentive vault. By anyone, once: nothing is chosen.
    pub const INITIALIZE_BOOKS: [u8; 8] = [13, 18, 221, 245, 238, 90, 155, 116];
    pub const INITIALIZE_BOOKS_LINE: &[u8] = b"Instruction: InitializeBooks";
    /// Posts a verifier's bond and takes the next seat.
    pub const REGISTER_VERIFIER: [u8; 8] = [67, 234, 172, 169, 184, 188, 145, 156];
    pub const REGISTER_VERIFIER_LINE: &[u8] = b"Instruction: RegisterVerifier";
    /// Gives the seat up; the verifier of the last seat moves to it. The bond follows after a delay.
    pub const REQUEST_VERIFIER_WITHDRAWAL: [u8; 8] = [201, 120, 27, 90, 58, 57, 95, 207];
    pub const REQUEST_VERIFIER_WITHDRAWAL_LINE: &[u8] = b"Instruction: RequestVerifierWithdrawal";
    /// Pays the bond back and closes the verifier, when nothing of it is open any more.
    pub const WITHDRAW_VERIFIER_BOND: [u8; 8] = [45, 206, 203, 156, 80, 86, 29, 185];
    pub const WITHDRAW_VERIFIER_BOND_LINE: &[u8] = b"Instruction: WithdrawVerifierBond";
    /// A provider commits to the checkpoints and the result of an order's work, before the block that draws is known.
    pub const COMMIT_ATTESTATION: [u8; 8] = [189, 31, 48, 199, 210, 173, 251, 43];
    pub const COMMIT_ATTESTATION_LINE: &[u8] = b"Instruction: CommitAttestation";
    /// Draws by the hash of the first block after the attestation whether it is challenged, by whom first, and where. By anyone, within 512 slots; a missed draw is armed again and selects for certain.
    pub const DRAW_CHALLENGE: [u8; 8] = [251, 5, 37, 73, 13, 109, 41, 7];
    pub const DRAW_CHALLENGE_LINE: &[u8] = b"Instruction: DrawChallenge";
    /// Lets go of a selected attestation that nobody challenged in time.
    pub const CLEAR_ATTESTATION: [u8; 8] = [55, 124, 39, 230, 33, 223, 113, 98];
    pub const CLEAR_ATTESTATION_LINE: &[u8] = b"Instruction: ClearAttestation";
    /// Challenges a selected attestation with a deposit: the drawn verifier first, then anyone.
    pub const OPEN_CHALLENGE: [u8; 8] = [56, 176, 3, 12, 28, 205, 10, 5];
    pub const OPEN_CHALLENGE_LINE: &[u8] = b"Instruction: OpenChallenge";
    /// Reveals drawn checkpoints with their proofs, in the drawn order, in one call or several.
    pub const ANSWER_CHALLENGE: [u8; 8] = [20, 121, 207, 120, 205, 130, 71, 42];
    pub const ANSWER_CHALLENGE_LINE: &[u8] = b"Instruction: AnswerChallenge";
    /// The arbiter says whose recomputation of a contested answer was wrong.
    pub const JUDGE_CHALLENGE: [u8; 8] = [41, 204, 51, 117, 180, 93, 141, 250];
    pub const JUDGE_CHALLENGE_LINE: &[u8] = b"Instruction: JudgeChallenge";
    /// Ends a challenge whose outcome is certain: slashes the provider, returns the deposit, or gives it to the provider. By anyone.
    pub const RESOLVE_CHALLENGE: [u8; 8] = [81, 191, 124, 119, 131, 248, 157, 109];
    pub const RESOLVE_CHALLENGE_LINE: &[u8] = b"Instruction: ResolveChallenge";
    /// Slashes a provider by class and evidence: 0 no delivery, 1 failed challenge, 2 false benchmark; each piece of evidence once.
    pub const SLASH_PROVIDER: [u8; 8] = [169, 166, 85, 0, 111, 175, 215, 187];
    pub const SLASH_PROVIDER_LINE: &[u8] = b"Instruction: SlashProvider";
    /// Pays a verifier its part of the verifier vault of a mint: its unclaimed completed challenges of all unclaimed ones. By anyone, to the owner.
    pub const CLAIM_VERIFIER_FEES: [u8; 8] = [24, 99, 87, 124, 189, 22, 191, 231];
    pub const CLAIM_VERIFIER_FEES_LINE: &[u8] = b"Instruction: ClaimVerifierFees";
    /// Commits the root of all scores of a reward epoch; epochs ascend.
    pub const COMMIT_REPUTATION_ROOT: [u8; 8] = [236, 208, 127, 126, 254, 186, 122, 160];
    pub const COMMIT_REPUTATION_ROOT_LINE: &[u8] = b"Instruction: CommitReputationRoot";
    /// Writes a provider's score of the last committed epoch to its account. By anyone.
    pub const PROVE_REPUTATION: [u8; 8] = [100, 86, 123, 108, 106, 86, 207, 215];
    pub const PROVE_REPUTATION_LINE: &[u8] = b"Instruction: ProveReputation";
    /// Adds INFER to the incentive vault.
    pub const FUND_INCENTIVES: [u8; 8] = [52, 143, 15, 19, 70, 63, 166, 62];
    pub const FUND_INCENTIVES_LINE: &[u8] = b"Instruction: FundIncentives";
    /// Reserves a total for an epoch's incentives under a root; epochs ascend.
    pub const COMMIT_INCENTIVES: [u8; 8] = [234, 206, 187, 133, 113, 181, 189, 74];
    pub const COMMIT_INCENTIVES_LINE: &[u8] = b"Instruction: CommitIncentives";
    /// Pays a provider's incentive of an epoch to its payout wallet, once. By anyone.
    pub const CLAIM_INCENTIVE: [u8; 8] = [47, 41, 215, 244, 91, 108, 46, 131];
    pub const CLAIM_INCENTIVE_LINE: &[u8] = b"Instruction: ClaimIncentive";
}

/// Arguments, behind the tag.
pub mod args {
    use alloc::{string::String, vec::Vec};
    use borsh::BorshDeserialize;
    use pinocchio::Address;

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct InitializeMarketplaceArgs {
        pub arbiter: Address,
        pub halt_authority: Address,
        pub governance_authority: Address,
        pub reward_authority: Address,
        pub meter: Address,
        pub exchange_program: Address,
    }

    #[derive(BorshDeserialize, Clone, Default)]
    pub struct SetParametersArgs {
        pub changes: Vec<super::types::ParameterChange>,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SetAuthoritiesArgs {
        pub admin: Option<Address>,
        pub arbiter: Option<Address>,
        pub halt_authority: Option<Address>,
        pub reward_authority: Option<Address>,
        pub meter: Option<Address>,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct PauseOrdersArgs {
        pub is_paused: bool,
    }

    #[derive(BorshDeserialize, Clone, Default)]
    pub struct SetModelArgs {
        pub name: String,
        pub vram_gb: u16,
        pub weight: u32,
        pub min_benchmark: u32,
        pub is_listed: bool,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SetProviderStatusArgs {
        pub status: u8,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RequestBondWithdrawalArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct WithdrawBondArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SubmitBenchmarkArgs {
        pub device_hash: [u8; 32],
        pub model: u8,
        pub units: u32,
        pub vram_gb: u16,
        pub score: u32,
        pub report_hash: [u8; 32],
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct HeartbeatArgs {
        pub units_free: u32,
        pub units_busy: u32,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct ListOfferArgs {
        pub model: u8,
        pub units: u32,
        pub region: u16,
        pub min_seconds: u32,
        pub max_seconds: u32,
        pub price_per_gpu_hour: u64,
        /// 0 fixed, 1 by the index of the exchange.
        pub pricing: u8,
        /// Above the index.
        pub spread_bps: u16,
        /// Age of the index above which no order is taken.
        pub index_max_age_seconds: u32,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct UpdateOfferArgs {
        pub units: u32,
        pub min_seconds: u32,
        pub max_seconds: u32,
        pub price_per_gpu_hour: u64,
        /// 0 fixed, 1 by the index of the exchange.
        pub pricing: u8,
        /// Above the index.
        pub spread_bps: u16,
        /// Age of the index above which no order is taken.
        pub index_max_age_seconds: u32,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CreateOrderArgs {
        pub units: u32,
        pub seconds: u32,
        pub max_price_per_gpu_hour: u64,
        pub ssh_key_hash: [u8; 32],
        pub is_streaming: bool,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct ResolveDisputeArgs {
        /// Provider's part of what the vault holds.
        pub provider_bps: u16,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct AttestArgs {
        /// From the start of the session.
        pub covered_seconds: u32,
        pub checkpoint_root: [u8; 32],
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct ExtendOrderArgs {
        pub seconds: u32,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct PostBondArgs {
        /// INFER base units.
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RegisterProviderArgs {
        /// Wallet whose token accounts are paid.
        pub payout: Address,
        /// 1 consumer, 2 mining fleet, 3 data center.
        pub tier: u8,
        pub region: u16,
        /// ISO 3166-1 alpha-2, capital letters.
        pub jurisdiction: [u8; 2],
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct StartDeliveryArgs {
        pub endpoint_hash: [u8; 32],
    }

    /// Arguments of `deposit_credits`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct DepositCreditsArgs {
        pub amount: u64,
    }

    /// Arguments of `request_credit_withdrawal`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RequestCreditWithdrawalArgs {
        pub amount: u64,
    }

    /// Arguments of `settle_workload`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SettleWorkloadArgs {
        pub id: [u8; 32],
        pub vcpus: u32,
        pub memory_mb: u32,
        pub seconds: u32,
        pub model: u8,
        /// GPUs used beside the priced resources; only the meter may state them.
        pub gpu_units: u32,
    }

    /// Arguments of `register_verifier`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RegisterVerifierArgs {
        pub bond: u64,
    }

    /// Arguments of `commit_attestation`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CommitAttestationArgs {
        pub checkpoint_root: [u8; 32],
        pub checkpoint_count: u32,
        pub result_hash: [u8; 32],
        /// Of the whole order so far.
        pub gpu_seconds: u64,
    }

    /// Arguments of `open_challenge`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct OpenChallengeArgs {
        /// Fold of the drawn checkpoints as the challenger computed them.
        pub claim: [u8; 32],
    }

    /// Arguments of `answer_challenge`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct AnswerChallengeArgs {
        pub reveals: Vec<super::types::Reveal>,
    }

    /// Arguments of `judge_challenge`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct JudgeChallengeArgs {
        pub is_provider_wrong: bool,
    }

    /// Arguments of `slash_provider`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SlashProviderArgs {
        pub class: u8,
    }

    /// Arguments of `commit_reputation_root`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CommitReputationRootArgs {
        pub epoch: u64,
        pub root: [u8; 32],
    }

    /// Arguments of `prove_reputation`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct ProveReputationArgs {
        pub score: u32,
        pub proof: Vec<[u8; 32]>,
        pub proof_path: Vec<bool>,
    }

    /// Arguments of `fund_incentives`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct FundIncentivesArgs {
        pub amount: u64,
    }

    /// Arguments of `commit_incentives`.
    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CommitIncentivesArgs {
        pub epoch: u64,
        pub root: [u8; 32],
        pub total: u64,
    }

    /// Arguments of `claim_incentive`.
    #[derive(BorshDeserialize, Clone, Default)]
    pub struct ClaimIncentiveArgs {
        pub amount: u64,
        pub proof: Vec<[u8; 32]>,
        pub proof_path: Vec<bool>,
    }
}

/// Structs that arguments, accounts and events are made of.
pub mod types {
    use alloc::{string::String, vec::Vec};
    use borsh::{BorshDeserialize, BorshSerialize};
    use pinocchio::Address;

    /// A governed number and its value.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct ParameterChange {
        /// Row of the parameter table.
        pub id: u16,
        pub value: i64,
    }

    /// A model of the catalogue. Its index in the catalogue is its number.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct GpuModel {
        pub name: String,
        pub vram_gb: u16,
        /// Relative to an A100 40 GB at 1,000.
        pub weight: u32,
        /// Lowest score a benchmark may report.
        pub min_benchmark: u32,
        /// Whether new offers may name it.
        pub is_listed: bool,
    }

    /// The marketplace without its catalogue, which most instructions need not decode.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Settings {
        pub version: u8,
        pub bump: u8,
        pub admin: Address,
        pub arbiter: Address,
        pub halt_authority: Address,
        /// Signs for executed proposals.
        pub governance_authority: Address,
        /// Commits reputation roots and incentive trees.
        pub reward_authority: Address,
        /// Reports metered workloads.
        pub meter: Address,
        pub infer_mint: Address,
        pub usdc_mint: Address,
        pub staking_program: Address,
        pub staking_usdc_vault: Address,
        pub exchange_program: Address,
        /// Configuration of the exchange: its program address of "Exchange".
        pub exchange: Address,
        pub infer_treasury: Address,
        pub usdc_treasury: Address,
        pub infer_verifier_vault: Address,
        pub usdc_verifier_vault: Address,
        /// No new orders are taken.
        pub is_paused: bool,
        /// Reward epoch of the latest reputation root; 0 before the first.
        pub reputation_epoch: u64,
        pub platform_fee_bps: u16,
        pub fee_treasury_bps: u16,
        pub fee_burn_bps: u16,
        pub fee_verifier_bps: u16,
        pub bond_ratio_bps: u16,
        pub challenge_window_seconds: u32,
        pub start_deadline_seconds: u32,
        /// INFER base units that stand for one whole USDC.
        pub bond_infer_per_usdc: u64,
        pub confirm_window_seconds: u32,
        pub tier_minimum_bonds: [u64; 3],
        /// Micro-INFER of provider incentives per reward epoch.
        pub base_reward_rate: u64,
        /// Host's share of a metered workload, bps.
        pub fee_split_host_pct: u16,
        pub high_stakes_min_score: u32,
        pub high_stakes_min_value: u64,
        pub high_stakes_max_age_epochs: u32,
        pub rate_cpu_micro: u64,
        pub rate_mb_micro: u64,
        pub bond_withdrawal_delay_seconds: u32,
        pub heartbeat_interval_seconds: u32,
        pub dispute_deposit: u64,
        pub dispute_resolution_seconds: u32,
        pub stream_attest_timeout_seconds: u32,
        pub challenge_frequency_ppm: u32,
        pub challenge_sample_segments: u8,
        pub challenge_deposit: u64,
        pub challenge_turn_seconds: u32,
        pub challenge_answer_seconds: u32,
        pub min_verifier_bond: u64,
        pub slash_bps_no_delivery: u16,
        pub slash_bps_failed_challenge: u16,
        pub slash_bps_false_benchmark: u16,
        pub slash_burn_bps: u16,
    }

    /// Bond that stays locked until a time. Amount 0 marks a free place.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct BondRelease {
        pub release_at: i64,
        pub amount: u64,
    }

    /// Attested seconds of a session, counted from its start, and when they may be paid.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct UsageMark {
        pub payable_at: i64,
        pub covered_seconds: u32,
    }

    /// A checkpoint and the siblings on its way to the root, lowest first.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Reveal {
        pub checkpoint: [u8; 32],
        pub proof: Vec<[u8; 32]>,
    }
}

/// Account types and their sizes.
pub mod accounts {
    use alloc::vec::Vec;
    use borsh::{BorshDeserialize, BorshSerialize};
    use pinocchio::Address;
    use plumbline_shared::account::State;

    /// Bytes on the chain, discriminator included.
    pub const MARKETPLACE_SPACE: usize = 3072;

    /// Settings and catalogue; one per program.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Marketplace {
        pub settings: super::types::Settings,
        pub models: Vec<super::types::GpuModel>,
    }

    impl State for Marketplace {
        const DISCRIMINATOR: [u8; 8] = [70, 222, 41, 62, 78, 3, 32, 174];
        const CAPACITY: usize = MARKETPLACE_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const PROVIDER_SPACE: usize = 768;

    /// A registered provider and its bond.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Provider {
        pub version: u8,
        pub bump: u8,
        pub bond_vault_bump: u8,
        pub owner: Address,
        /// INFER base units of the fees of what this provider was paid for.
        pub fees_earned_on: u64,
        pub payout: Address,
        pub operator_pool: Address,
        pub tier: u8,
        pub region: u16,
        pub jurisdiction: [u8; 2],
        pub registered_at: i64,
        pub bond_total: u64,
        pub bond_open: u64,
        pub bond_releases: [super::types::BondRelease; 16],
        pub offer_count: u64,
        pub open_order_count: u32,
        /// 0 active, 1 verified, 2 degraded, 3 suspended, 4 banned.
        pub status: u8,
        /// Bond that was asked back and not withdrawn yet.
        pub withdrawal_amount: u64,
        pub withdrawal_ready_at: i64,
        /// Last sign of life; 0 before the first.
        pub heartbeat_at: i64,
        /// As the last heartbeat says it.
        pub units_free: u32,
        pub units_busy: u32,
        /// Reputation proven against a committed root, ppm.
        pub proven_score: u32,
        /// Reward epoch of that root; 0 before the first proof.
        pub proven_epoch: u64,
        /// Set aside for selected and challenged attestations.
        pub bond_challenged: u64,
    }

    impl State for Provider {
        const DISCRIMINATOR: [u8; 8] = [164, 180, 71, 17, 75, 216, 80, 195];
        const CAPACITY: usize = PROVIDER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const BENCHMARK_SPACE: usize = 192;

    /// The latest report of a device.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Benchmark {
        pub version: u8,
        pub bump: u8,
        pub provider: Address,
        pub device_hash: [u8; 32],
        pub model: u8,
        pub units: u32,
        pub vram_gb: u16,
        /// Thousandths of an A100 40 GB.
        pub score: u32,
        pub report_hash: [u8; 32],
        pub submitted_at: i64,
    }

    impl State for Benchmark {
        const DISCRIMINATOR: [u8; 8] = [57, 252, 33, 54, 113, 141, 233, 247];
        const CAPACITY: usize = BENCHMARK_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const OFFER_SPACE: usize = 256;

    /// GPU time of one model that a provider sells.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Offer {
        pub version: u8,
        pub bump: u8,
        pub provider: Address,
        pub offer_id: u64,
        pub model: u8,
        pub units: u32,
        pub units_free: u32,
        pub region: u16,
        pub min_seconds: u32,
        pub max_seconds: u32,
        /// Fixed price; 0 where the index gives it.
        pub price_per_gpu_hour: u64,
        pub mint: Address,
        pub listed_at: i64,
        /// 0 fixed, 1 by the index of the exchange.
        pub pricing: u8,
        /// Above the index.
        pub spread_bps: u16,
        /// Age of the index above which no order is taken.
        pub index_max_age_seconds: u32,
        pub is_closed: bool,
    }

    impl State for Offer {
        const DISCRIMINATOR: [u8; 8] = [215, 88, 60, 71, 170, 162, 73, 229];
        const CAPACITY: usize = OFFER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const BUYER_SPACE: usize = 128;

    /// Counts the orders and fees of a buyer.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Buyer {
        pub version: u8,
        pub bump: u8,
        pub buyer: Address,
        pub order_count: u64,
        /// INFER base units of the fees of what this buyer paid for.
        pub fees_paid: u64,
    }

    impl State for Buyer {
        const DISCRIMINATOR: [u8; 8] = [212, 193, 28, 181, 26, 219, 85, 174];
        const CAPACITY: usize = BUYER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const ORDER_SPACE: usize = 768;

    /// One purchase, from its creation on.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Order {
        pub version: u8,
        pub bump: u8,
        pub vault_bump: u8,
        pub order_id: u64,
        pub buyer: Address,
        pub provider: Address,
        pub offer: Address,
        pub operator_pool: Address,
        pub mint: Address,
        pub model: u8,
        pub units: u32,
        pub seconds: u32,
        pub price_per_gpu_hour: u64,
        /// All that was ever paid in.
        pub amount: u64,
        pub bond_locked: u64,
        pub ssh_key_hash: [u8; 32],
        pub endpoint_hash: [u8; 32],
        /// 0 created, 1 started, 2 settled, 3 refunded, 4 disputed.
        pub status: u8,
        pub created_at: i64,
        pub start_deadline: i64,
        pub started_at: i64,
        pub delivery_deadline: i64,
        pub ended_at: i64,
        pub challenge_ends_at: i64,
        /// Paid per second instead of on delivery.
        pub is_streaming: bool,
        /// Index account of the model, whether or not it exists.
        pub index: Address,
        /// In force at creation, as the two parts below.
        pub platform_fee_bps: u16,
        pub fee_burn_bps: u16,
        pub fee_verifier_bps: u16,
        /// When access was cut; 0 before.
        pub lease_ended_at: i64,
        /// Gross amount that was paid out for use.
        pub paid: u64,
        pub fee_paid: u64,
        pub burn_paid: u64,
        pub verifier_paid: u64,
        /// Seconds from the start that the provider has attested.
        pub attested_seconds: u32,
        /// Last attestation, or the start.
        pub attested_at: i64,
        /// Seconds from the start that are paid.
        pub settled_seconds: u32,
        pub dispute_opener: Address,
        pub dispute_deposit: u64,
        pub dispute_vault_bump: u8,
        /// Until when the arbiter may rule; 0 without a dispute.
        pub dispute_deadline: i64,
        /// Attested seconds that are not paid yet, at most 17.
        pub marks: Vec<super::types::UsageMark>,
        pub attestation_count: u32,
        pub attested_gpu_seconds: u64,
        /// Attestations that are undrawn, selected or challenged.
        pub open_attestation_count: u32,
        pub failed_challenge_count: u32,
    }

    impl State for Order {
        const DISCRIMINATOR: [u8; 8] = [134, 173, 223, 185, 77, 86, 28, 51];
        const CAPACITY: usize = ORDER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const DEPOSIT_SPACE: usize = 75;

    /// A customer's credits for metered workloads.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Deposit {
        pub version: u8,
        pub bump: u8,
        pub vault_bump: u8,
        pub customer: Address,
        /// Base units of INFER; a credit is 1,000 of them.
        pub balance: u64,
        /// Announced and not yet paid out; settlements may still use it.
        pub withdrawal_amount: u64,
        pub withdrawable_at: i64,
        pub workload_count: u64,
    }

    impl State for Deposit {
        const DISCRIMINATOR: [u8; 8] = [148, 146, 121, 66, 207, 173, 21, 227];
        const CAPACITY: usize = DEPOSIT_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const WORKLOAD_SPACE: usize = 154;

    /// A settled workload; its existence refuses a second settlement.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Workload {
        pub version: u8,
        pub bump: u8,
        /// The marketplace when the meter settled, the customer otherwise.
        pub issuer: Address,
        pub id: [u8; 32],
        pub customer: Address,
        pub provider: Address,
        pub amount: u64,
        pub settled_at: i64,
    }

    impl State for Workload {
        const DISCRIMINATOR: [u8; 8] = [206, 97, 141, 191, 183, 109, 209, 27];
        const CAPACITY: usize = WORKLOAD_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const VERIFIER_SET_SPACE: usize = 30;

    /// The seats of verifiers and what their completed challenges are owed.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct VerifierSet {
        pub version: u8,
        pub bump: u8,
        pub count: u32,
        /// Completed challenges not yet claimed in INFER, of all verifiers.
        pub infer_shares: u64,
        /// The same in USDC.
        pub usdc_shares: u64,
    }

    impl State for VerifierSet {
        const DISCRIMINATOR: [u8; 8] = [227, 16, 215, 74, 157, 114, 239, 185];
        const CAPACITY: usize = VERIFIER_SET_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const VERIFIER_SPACE: usize = 100;

    /// A bonded verifier.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Verifier {
        pub version: u8,
        pub bump: u8,
        pub bond_vault_bump: u8,
        pub owner: Address,
        pub bond: u64,
        /// Number from 0; without meaning once the verifier leaves.
        pub seat: u32,
        /// A draw counts a seat only for attestations of later slots.
        pub seated_slot: u64,
        pub is_leaving: bool,
        pub withdrawable_at: i64,
        pub open_challenge_count: u32,
        pub completed_count: u64,
        pub infer_shares: u64,
        pub usdc_shares: u64,
    }

    impl State for Verifier {
        const DISCRIMINATOR: [u8; 8] = [195, 177, 185, 71, 72, 61, 77, 112];
        const CAPACITY: usize = VERIFIER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const ATTESTATION_SPACE: usize = 264;

    /// What a provider has committed to, and what was drawn for it.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Attestation {
        pub version: u8,
        pub bump: u8,
        pub order: Address,
        pub provider: Address,
        pub index: u32,
        pub checkpoint_root: [u8; 32],
        pub checkpoint_count: u32,
        pub result_hash: [u8; 32],
        pub gpu_seconds: u64,
        /// The first block after it draws.
        pub draw_after_slot: u64,
        pub attested_at: i64,
        /// Seats that can be drawn.
        pub verifier_count: u32,
        /// A draw was missed: the next one selects for certain.
        pub is_certain: bool,
        /// 0 undrawn, 1 not selected, 2 selected, 3 challenged, 4 passed, 5 failed, 6 not challenged in time, 7 undecided.
        pub status: u8,
        pub seed: [u8; 32],
        /// Drawn for the first turn; the default address for nobody.
        pub verifier: Address,
        pub turn_ends_at: i64,
        pub challenge_until: i64,
        /// Bond set aside while the attestation is selected or challenged.
        pub slash_amount: u64,
    }

    impl State for Attestation {
        const DISCRIMINATOR: [u8; 8] = [152, 125, 183, 86, 36, 146, 121, 73];
        const CAPACITY: usize = ATTESTATION_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const CHALLENGE_SPACE: usize = 278;

    /// A challenge of an attestation.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Challenge {
        pub version: u8,
        pub bump: u8,
        pub vault_bump: u8,
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub challenger: Address,
        /// Record of the challenger; the default address for none.
        pub verifier: Address,
        pub deposit: u64,
        pub slash_amount: u64,
        pub claim: [u8; 32],
        pub segment_count: u8,
        pub revealed_count: u8,
        /// Fold of the revealed checkpoints so far.
        pub revealed: [u8; 32],
        /// 0 open, 1 answer matches the claim, 2 contested, 3 judged against the provider, 4 judged against the challenger, 5 passed, 6 failed, 7 rejected, 8 undecided.
        pub status: u8,
        pub opened_at: i64,
        pub answer_deadline: i64,
        pub judge_deadline: i64,
    }

    impl State for Challenge {
        const DISCRIMINATOR: [u8; 8] = [119, 250, 161, 121, 119, 81, 22, 208];
        const CAPACITY: usize = CHALLENGE_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const SLASH_RECORD_SPACE: usize = 91;

    /// Evidence that has been used.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct SlashRecord {
        pub version: u8,
        pub bump: u8,
        pub provider: Address,
        pub class: u8,
        pub evidence: Address,
        pub amount: u64,
        pub slashed_at: i64,
    }

    impl State for SlashRecord {
        const DISCRIMINATOR: [u8; 8] = [107, 134, 175, 65, 150, 130, 94, 68];
        const CAPACITY: usize = SLASH_RECORD_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const EPOCH_BOOK_SPACE: usize = 67;

    /// What the reward authority has committed by epoch.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct EpochBook {
        pub version: u8,
        pub bump: u8,
        pub incentive_vault_bump: u8,
        pub reputation_epoch: u64,
        pub reputation_root: [u8; 32],
        pub incentive_epoch: u64,
        /// Committed and not yet claimed, of all epochs.
        pub incentives_reserved: u64,
    }

    impl State for EpochBook {
        const DISCRIMINATOR: [u8; 8] = [130, 201, 238, 234, 79, 121, 14, 21];
        const CAPACITY: usize = EPOCH_BOOK_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const INCENTIVE_EPOCH_SPACE: usize = 66;

    /// The incentives of one epoch.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct IncentiveEpoch {
        pub version: u8,
        pub bump: u8,
        pub epoch: u64,
        pub root: [u8; 32],
        pub total: u64,
        pub claimed: u64,
    }

    impl State for IncentiveEpoch {
        const DISCRIMINATOR: [u8; 8] = [21, 20, 137, 243, 37, 186, 138, 218];
        const CAPACITY: usize = INCENTIVE_EPOCH_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const INCENTIVE_CLAIM_SPACE: usize = 82;

    /// A claimed incentive; its existence refuses a second claim.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct IncentiveClaim {
        pub version: u8,
        pub bump: u8,
        pub incentive_epoch: Address,
        pub provider: Address,
        pub amount: u64,
    }

    impl State for IncentiveClaim {
        const DISCRIMINATOR: [u8; 8] = [46, 151, 235, 25, 54, 16, 149, 209];
        const CAPACITY: usize = INCENTIVE_CLAIM_SPACE;
    }
}

/// Events; together they are enough to rebuild every account.
pub mod events {
    use alloc::{string::String, vec::Vec};
    use borsh::BorshSerialize;
    use pinocchio::Address;
    use plumbline_shared::event::Event;

    /// The marketplace with the values in force at the start.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct MarketplaceInitialized {
        pub admin: Address,
        pub arbiter: Address,
        pub halt_authority: Address,
        pub infer_mint: Address,
        pub usdc_mint: Address,
        pub staking_program: Address,
        pub platform_fee_bps: u16,
        pub fee_treasury_bps: u16,
        pub fee_burn_bps: u16,
        pub fee_verifier_bps: u16,
        pub bond_ratio_bps: u16,
        pub challenge_window_seconds: u32,
        pub start_deadline_seconds: u32,
        pub tier_minimum_bonds: [u64; 3],
        pub models: Vec<super::types::GpuModel>,
        pub bond_infer_per_usdc: u64,
        pub confirm_window_seconds: u32,
        pub staking_usdc_vault: Address,
        pub infer_treasury: Address,
        pub usdc_treasury: Address,
        pub governance_authority: Address,
        pub reward_authority: Address,
        pub meter: Address,
        pub exchange_program: Address,
        pub infer_verifier_vault: Address,
        pub usdc_verifier_vault: Address,
        /// Every governed number of the marketplace.
        pub parameters: Vec<super::types::ParameterChange>,
    }

    impl Event for MarketplaceInitialized {
        const DISCRIMINATOR: [u8; 8] = [22, 167, 42, 34, 172, 55, 155, 14];
    }

    /// Governed numbers took these values.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ParametersSet {
        pub changes: Vec<super::types::ParameterChange>,
        pub set_at: i64,
    }

    impl Event for ParametersSet {
        const DISCRIMINATOR: [u8; 8] = [135, 177, 105, 148, 253, 65, 215, 30];
    }

    /// The authorities in force from now on.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AuthoritiesSet {
        pub admin: Address,
        pub arbiter: Address,
        pub halt_authority: Address,
        pub reward_authority: Address,
        pub meter: Address,
        pub set_at: i64,
    }

    impl Event for AuthoritiesSet {
        const DISCRIMINATOR: [u8; 8] = [19, 70, 118, 88, 8, 9, 226, 144];
    }

    /// New orders are taken no more, or again.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OrdersPaused {
        pub is_paused: bool,
        pub set_by: Address,
        pub set_at: i64,
    }

    impl Event for OrdersPaused {
        const DISCRIMINATOR: [u8; 8] = [192, 134, 14, 212, 136, 184, 148, 214];
    }

    /// A model of the catalogue was added or changed.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ModelSet {
        pub model: u8,
        pub name: String,
        pub vram_gb: u16,
        pub weight: u32,
        pub min_benchmark: u32,
        pub is_listed: bool,
        pub set_at: i64,
    }

    impl Event for ModelSet {
        const DISCRIMINATOR: [u8; 8] = [55, 2, 153, 119, 230, 126, 180, 100];
    }

    /// A provider has another standing.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProviderStatusSet {
        pub provider: Address,
        pub owner: Address,
        pub status: u8,
        pub set_by: Address,
        pub set_at: i64,
    }

    impl Event for ProviderStatusSet {
        const DISCRIMINATOR: [u8; 8] = [243, 219, 29, 21, 7, 23, 182, 235];
    }

    /// A provider joined under an operator pool.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProviderRegistered {
        pub provider: Address,
        pub owner: Address,
        pub payout: Address,
        pub operator_pool: Address,
        pub tier: u8,
        pub region: u16,
        pub jurisdiction: [u8; 2],
        pub registered_at: i64,
    }

    impl Event for ProviderRegistered {
        const DISCRIMINATOR: [u8; 8] = [38, 209, 137, 78, 185, 19, 147, 14];
    }

    /// A provider added bond.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BondPosted {
        pub provider: Address,
        pub owner: Address,
        pub amount: u64,
        pub bond_total: u64,
    }

    impl Event for BondPosted {
        const DISCRIMINATOR: [u8; 8] = [39, 196, 2, 142, 202, 74, 107, 205];
    }

    /// A provider asked bond back; an earlier question is replaced.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BondWithdrawalRequested {
        pub provider: Address,
        pub owner: Address,
        pub amount: u64,
        pub ready_at: i64,
    }

    impl Event for BondWithdrawalRequested {
        const DISCRIMINATOR: [u8; 8] = [91, 120, 212, 190, 108, 71, 160, 105];
    }

    /// A provider took back bond it had asked for.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BondWithdrawn {
        pub provider: Address,
        pub owner: Address,
        pub amount: u64,
        pub bond_total: u64,
        pub withdrawal_amount: u64,
        pub paid_to: Address,
        pub withdrawn_at: i64,
    }

    impl Event for BondWithdrawn {
        const DISCRIMINATOR: [u8; 8] = [111, 192, 154, 231, 58, 115, 130, 103];
    }

    /// A provider reported what a device does; an earlier report of it is replaced.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BenchmarkSubmitted {
        pub benchmark: Address,
        pub provider: Address,
        pub owner: Address,
        pub device_hash: [u8; 32],
        pub model: u8,
        pub units: u32,
        pub vram_gb: u16,
        pub score: u32,
        pub report_hash: [u8; 32],
        pub submitted_at: i64,
    }

    impl Event for BenchmarkSubmitted {
        const DISCRIMINATOR: [u8; 8] = [131, 24, 86, 175, 158, 45, 154, 222];
    }

    /// A provider's sign of life.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct HeartbeatSent {
        pub provider: Address,
        pub owner: Address,
        pub units_free: u32,
        pub units_busy: u32,
        pub sent_at: i64,
    }

    impl Event for HeartbeatSent {
        const DISCRIMINATOR: [u8; 8] = [104, 195, 123, 96, 64, 85, 251, 122];
    }

    /// An offer of GPU time.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OfferListed {
        pub offer: Address,
        pub provider: Address,
        pub owner: Address,
        pub offer_id: u64,
        pub model: u8,
        pub units: u32,
        pub region: u16,
        pub min_seconds: u32,
        pub max_seconds: u32,
        pub price_per_gpu_hour: u64,
        pub mint: Address,
        pub listed_at: i64,
        pub pricing: u8,
        pub spread_bps: u16,
        pub index_max_age_seconds: u32,
    }

    impl Event for OfferListed {
        const DISCRIMINATOR: [u8; 8] = [22, 20, 180, 157, 118, 186, 8, 110];
    }

    /// New terms of an offer; orders it has keep theirs.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OfferUpdated {
        pub offer: Address,
        pub provider: Address,
        pub owner: Address,
        pub units: u32,
        pub units_free: u32,
        pub min_seconds: u32,
        pub max_seconds: u32,
        pub price_per_gpu_hour: u64,
        pub pricing: u8,
        pub spread_bps: u16,
        pub index_max_age_seconds: u32,
        pub updated_at: i64,
    }

    impl Event for OfferUpdated {
        const DISCRIMINATOR: [u8; 8] = [148, 115, 79, 188, 0, 21, 230, 29];
    }

    /// An offer takes no more orders.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OfferClosed {
        pub offer: Address,
        pub provider: Address,
        pub owner: Address,
        pub closed_at: i64,
    }

    impl Event for OfferClosed {
        const DISCRIMINATOR: [u8; 8] = [237, 38, 102, 204, 165, 180, 177, 164];
    }

    /// A buyer locked the price of an order.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OrderCreated {
        pub order: Address,
        pub offer: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub buyer: Address,
        pub order_id: u64,
        pub model: u8,
        pub units: u32,
        pub seconds: u32,
        pub price_per_gpu_hour: u64,
        pub mint: Address,
        pub amount: u64,
        pub bond_locked: u64,
        pub ssh_key_hash: [u8; 32],
        pub created_at: i64,
        pub start_deadline: i64,
        pub is_streaming: bool,
        pub index: Address,
        pub platform_fee_bps: u16,
        pub fee_burn_bps: u16,
        pub fee_verifier_bps: u16,
    }

    impl Event for OrderCreated {
        const DISCRIMINATOR: [u8; 8] = [224, 1, 229, 63, 254, 60, 190, 159];
    }

    /// A buyer added time to an order at its price.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OrderExtended {
        pub order: Address,
        pub provider: Address,
        pub buyer: Address,
        pub mint: Address,
        pub seconds: u32,
        pub added_seconds: u32,
        pub amount: u64,
        pub added_amount: u64,
        pub bond_locked: u64,
        pub added_bond: u64,
        pub delivery_deadline: i64,
        pub extended_at: i64,
    }

    impl Event for OrderExtended {
        const DISCRIMINATOR: [u8; 8] = [106, 105, 96, 3, 128, 81, 201, 241];
    }

    /// The provider handed over access.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct DeliveryStarted {
        pub order: Address,
        pub provider: Address,
        pub buyer: Address,
        pub endpoint_hash: [u8; 32],
        pub started_at: i64,
        pub delivery_deadline: i64,
    }

    impl Event for DeliveryStarted {
        const DISCRIMINATOR: [u8; 8] = [3, 93, 213, 226, 122, 73, 171, 19];
    }

    /// Access to the machines must be cut.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct LeaseEnded {
        pub order: Address,
        pub offer: Address,
        pub provider: Address,
        pub buyer: Address,
        pub units: u32,
        /// From the start, at most those bought.
        pub used_seconds: u32,
        /// 0 time ran out, 1 no attestation, 2 by the buyer, 3 by the provider, 4 disputed.
        pub reason: u8,
        pub ended_at: i64,
    }

    impl Event for LeaseEnded {
        const DISCRIMINATOR: [u8; 8] = [72, 213, 85, 72, 232, 231, 130, 177];
    }

    /// A prepaid order was paid out, or a disputed one of either kind in part.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OrderSettled {
        pub order: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub buyer: Address,
        pub model: u8,
        pub mint: Address,
        pub gpu_seconds: u64,
        pub amount: u64,
        pub provider_amount: u64,
        pub fee: u64,
        pub fee_treasury: u64,
        pub fee_burn: u64,
        pub fee_verifier: u64,
        pub paid_to: Address,
        pub paid_to_staking_vault: bool,
        pub settled_at: i64,
        pub challenge_ends_at: i64,
        pub bond_locked: u64,
        pub bond_release_at: i64,
        pub surplus: u64,
        pub confirmed_by: Address,
        /// The fee in INFER base units, as it is counted for buyer and provider.
        pub fee_infer: u64,
        /// What a ruling sent back to the buyer.
        pub refunded: u64,
        pub price_per_gpu_hour: u64,
    }

    impl Event for OrderSettled {
        const DISCRIMINATOR: [u8; 8] = [32, 21, 123, 33, 68, 59, 136, 131];
    }

    /// The price went back to the buyer.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct OrderRefunded {
        pub order: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub buyer: Address,
        pub mint: Address,
        pub amount: u64,
        /// 0 never started, 1 delivery deadline passed, 2 nobody ruled on the dispute, 3 ruled for the buyer, 4 session without paid use.
        pub reason: u8,
        pub refunded_at: i64,
        pub bond_locked: u64,
        pub bond_release_at: i64,
        pub surplus: u64,
        pub refunded_to: Address,
    }

    impl Event for OrderRefunded {
        const DISCRIMINATOR: [u8; 8] = [120, 155, 10, 169, 7, 98, 202, 187];
    }

    /// Buyer or provider asked the arbiter to rule.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct DisputeOpened {
        pub order: Address,
        pub provider: Address,
        pub buyer: Address,
        pub opener: Address,
        pub deposit: u64,
        pub opened_at: i64,
        pub dispute_deadline: i64,
    }

    impl Event for DisputeOpened {
        const DISCRIMINATOR: [u8; 8] = [239, 222, 102, 235, 193, 85, 1, 214];
    }

    /// The arbiter ruled; the order ends in the same transaction.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct DisputeResolved {
        pub order: Address,
        pub provider: Address,
        pub buyer: Address,
        pub provider_bps: u16,
        pub provider_gross: u64,
        pub refunded: u64,
        pub deposit: u64,
        /// Token account.
        pub deposit_to: Address,
        /// To the one who opened the dispute.
        pub deposit_returned: bool,
        pub resolved_at: i64,
    }

    impl Event for DisputeResolved {
        const DISCRIMINATOR: [u8; 8] = [121, 64, 249, 153, 139, 128, 236, 187];
    }

    /// A deposit went back, since nobody ruled in time.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct DepositReclaimed {
        pub order: Address,
        pub opener: Address,
        pub deposit: u64,
        pub paid_to: Address,
        pub reclaimed_at: i64,
    }

    impl Event for DepositReclaimed {
        const DISCRIMINATOR: [u8; 8] = [0, 126, 199, 233, 195, 63, 18, 159];
    }

    /// The provider attested seconds of a session.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct UsageAttested {
        pub order: Address,
        pub provider: Address,
        pub buyer: Address,
        pub covered_seconds: u32,
        pub checkpoint_root: [u8; 32],
        pub attested_at: i64,
        pub payable_at: i64,
    }

    impl Event for UsageAttested {
        const DISCRIMINATOR: [u8; 8] = [13, 124, 229, 94, 79, 25, 125, 219];
    }

    /// Attested seconds of a session were paid.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct UsageSettled {
        pub order: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub buyer: Address,
        pub model: u8,
        pub mint: Address,
        /// Paid by this settlement.
        pub seconds: u32,
        /// Paid in all.
        pub settled_seconds: u32,
        pub gpu_seconds: u64,
        pub amount: u64,
        pub provider_amount: u64,
        pub fee: u64,
        pub fee_treasury: u64,
        pub fee_burn: u64,
        pub fee_verifier: u64,
        pub fee_infer: u64,
        pub paid_to: Address,
        pub paid_to_staking_vault: bool,
        pub settled_at: i64,
        pub price_per_gpu_hour: u64,
    }

    impl Event for UsageSettled {
        const DISCRIMINATOR: [u8; 8] = [34, 78, 6, 42, 206, 77, 112, 167];
    }

    /// A session with paid use has ended; the rest went back to the buyer.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct SessionClosed {
        pub order: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub buyer: Address,
        pub mint: Address,
        pub paid: u64,
        pub settled_seconds: u32,
        pub refunded: u64,
        pub closed_at: i64,
        pub bond_locked: u64,
        pub bond_release_at: i64,
        pub surplus: u64,
        pub refunded_to: Address,
    }

    impl Event for SessionClosed {
        const DISCRIMINATOR: [u8; 8] = [57, 237, 11, 243, 194, 34, 120, 27];
    }

    /// Credits were added.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct CreditsDeposited {
        pub deposit: Address,
        pub customer: Address,
        pub amount: u64,
        pub balance: u64,
    }

    impl Event for CreditsDeposited {
        const DISCRIMINATOR: [u8; 8] = [126, 93, 137, 123, 137, 226, 32, 75];
    }

    /// A withdrawal was announced.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct CreditWithdrawalRequested {
        pub deposit: Address,
        pub customer: Address,
        pub amount: u64,
        pub withdrawable_at: i64,
    }

    impl Event for CreditWithdrawalRequested {
        const DISCRIMINATOR: [u8; 8] = [178, 157, 15, 218, 176, 197, 209, 7];
    }

    /// Credits were paid out.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct CreditsWithdrawn {
        pub deposit: Address,
        pub customer: Address,
        pub amount: u64,
        pub balance: u64,
        pub paid_to: Address,
    }

    impl Event for CreditsWithdrawn {
        const DISCRIMINATOR: [u8; 8] = [183, 95, 31, 250, 78, 31, 234, 144];
    }

    /// A metered workload was paid.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct WorkloadSettled {
        pub workload: Address,
        pub issuer: Address,
        pub id: [u8; 32],
        pub deposit: Address,
        pub customer: Address,
        pub provider: Address,
        pub operator_pool: Address,
        pub vcpus: u32,
        pub memory_mb: u32,
        pub seconds: u32,
        pub model: u8,
        pub gpu_units: u32,
        pub gpu_seconds: u64,
        pub credits: u64,
        pub mint: Address,
        pub amount: u64,
        pub provider_amount: u64,
        pub fee: u64,
        pub fee_treasury: u64,
        pub fee_burn: u64,
        pub fee_verifier: u64,
        pub paid_to: Address,
        pub balance: u64,
        pub settled_at: i64,
    }

    impl Event for WorkloadSettled {
        const DISCRIMINATOR: [u8; 8] = [239, 166, 114, 35, 126, 174, 68, 31];
    }

    /// Verifier set, epoch book and incentive vault exist.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BooksInitialized {
        pub verifier_set: Address,
        pub epoch_book: Address,
        pub incentive_vault: Address,
    }

    impl Event for BooksInitialized {
        const DISCRIMINATOR: [u8; 8] = [13, 239, 29, 154, 35, 181, 181, 209];
    }

    /// A verifier took a seat.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VerifierRegistered {
        pub verifier: Address,
        pub owner: Address,
        pub bond: u64,
        pub seat: u32,
        pub seated_slot: u64,
    }

    impl Event for VerifierRegistered {
        const DISCRIMINATOR: [u8; 8] = [203, 97, 26, 57, 161, 104, 177, 144];
    }

    /// A verifier gave its seat up.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VerifierLeft {
        pub verifier: Address,
        pub owner: Address,
        pub seat: u32,
        /// Sits on that seat now, since `moved_slot`; the default address for nobody.
        pub moved_verifier: Address,
        pub moved_slot: u64,
        pub withdrawable_at: i64,
    }

    impl Event for VerifierLeft {
        const DISCRIMINATOR: [u8; 8] = [152, 72, 205, 18, 139, 189, 34, 98];
    }

    /// A verifier has its bond back and is closed.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VerifierWithdrawn {
        pub verifier: Address,
        pub owner: Address,
        pub amount: u64,
        pub paid_to: Address,
    }

    impl Event for VerifierWithdrawn {
        const DISCRIMINATOR: [u8; 8] = [124, 67, 43, 26, 154, 110, 133, 209];
    }

    /// A provider committed to its work.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AttestationCommitted {
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub index: u32,
        pub checkpoint_root: [u8; 32],
        pub checkpoint_count: u32,
        pub result_hash: [u8; 32],
        pub gpu_seconds: u64,
        pub draw_after_slot: u64,
        pub attested_at: i64,
        pub verifier_count: u32,
    }

    impl Event for AttestationCommitted {
        const DISCRIMINATOR: [u8; 8] = [39, 198, 130, 214, 119, 52, 71, 7];
    }

    /// A draw was missed; the next one selects for certain.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AttestationRearmed {
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub draw_after_slot: u64,
    }

    impl Event for AttestationRearmed {
        const DISCRIMINATOR: [u8; 8] = [35, 215, 190, 25, 103, 74, 69, 214];
    }

    /// The draw of an attestation.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AttestationDrawn {
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub is_selected: bool,
        pub block_slot: u64,
        pub block_hash: [u8; 32],
        pub seed: [u8; 32],
        pub verifier: Address,
        pub turn_ends_at: i64,
        pub challenge_until: i64,
        pub slash_amount: u64,
        pub drawn_at: i64,
    }

    impl Event for AttestationDrawn {
        const DISCRIMINATOR: [u8; 8] = [217, 21, 66, 9, 138, 60, 81, 73];
    }

    /// Nobody challenged a selected attestation in time.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AttestationCleared {
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub slash_amount: u64,
        pub cleared_at: i64,
    }

    impl Event for AttestationCleared {
        const DISCRIMINATOR: [u8; 8] = [234, 33, 97, 32, 246, 227, 136, 69];
    }

    /// A challenge began.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ChallengeOpened {
        pub challenge: Address,
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub challenger: Address,
        pub verifier: Address,
        pub deposit: u64,
        pub slash_amount: u64,
        pub claim: [u8; 32],
        pub segment_count: u8,
        pub opened_at: i64,
        pub answer_deadline: i64,
    }

    impl Event for ChallengeOpened {
        const DISCRIMINATOR: [u8; 8] = [42, 83, 165, 62, 80, 17, 63, 181];
    }

    /// A provider revealed drawn checkpoints.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct SegmentsRevealed {
        pub challenge: Address,
        pub attestation: Address,
        pub provider: Address,
        pub revealed_count: u8,
        pub revealed: [u8; 32],
        pub status: u8,
        pub judge_deadline: i64,
    }

    impl Event for SegmentsRevealed {
        const DISCRIMINATOR: [u8; 8] = [165, 63, 60, 35, 247, 71, 98, 215];
    }

    /// The arbiter judged a contested answer.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ChallengeJudged {
        pub challenge: Address,
        pub attestation: Address,
        pub is_provider_wrong: bool,
        pub judged_at: i64,
    }

    impl Event for ChallengeJudged {
        const DISCRIMINATOR: [u8; 8] = [65, 69, 134, 100, 92, 181, 65, 236];
    }

    /// A challenge ended.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ChallengeResolved {
        pub challenge: Address,
        pub attestation: Address,
        pub order: Address,
        pub provider: Address,
        pub challenger: Address,
        pub verifier: Address,
        /// 5 passed, 6 failed, 7 rejected, 8 undecided.
        pub outcome: u8,
        pub deposit: u64,
        pub deposit_to: Address,
        /// Bond that was set aside; taken when failed.
        pub slash_amount: u64,
        pub burned: u64,
        pub paid: u64,
        pub bond_total: u64,
        pub resolved_at: i64,
        pub surplus: u64,
    }

    impl Event for ChallengeResolved {
        const DISCRIMINATOR: [u8; 8] = [100, 153, 38, 123, 172, 250, 166, 105];
    }

    /// A provider was slashed outside a challenge.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ProviderSlashed {
        pub provider: Address,
        pub class: u8,
        pub evidence: Address,
        pub slash_record: Address,
        pub amount: u64,
        pub burned: u64,
        pub paid: u64,
        pub paid_to: Address,
        pub bond_total: u64,
        pub slashed_by: Address,
        pub slashed_at: i64,
    }

    impl Event for ProviderSlashed {
        const DISCRIMINATOR: [u8; 8] = [2, 171, 201, 137, 189, 61, 50, 27];
    }

    /// A verifier has its part of a vault.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct VerifierFeesClaimed {
        pub verifier: Address,
        pub owner: Address,
        pub mint: Address,
        pub challenge_count: u64,
        pub amount: u64,
        pub paid_to: Address,
    }

    impl Event for VerifierFeesClaimed {
        const DISCRIMINATOR: [u8; 8] = [220, 165, 24, 85, 9, 51, 39, 12];
    }

    /// Scores of an epoch were committed.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ReputationRootCommitted {
        pub epoch: u64,
        pub root: [u8; 32],
        pub committed_at: i64,
    }

    impl Event for ReputationRootCommitted {
        const DISCRIMINATOR: [u8; 8] = [155, 98, 220, 60, 3, 248, 65, 110];
    }

    /// A provider's score stands on its account.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ReputationProven {
        pub provider: Address,
        pub epoch: u64,
        pub score: u32,
    }

    impl Event for ReputationProven {
        const DISCRIMINATOR: [u8; 8] = [173, 182, 83, 148, 56, 120, 150, 128];
    }

    /// The incentive vault was filled.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IncentivesFunded {
        pub funder: Address,
        pub amount: u64,
        pub vault_balance: u64,
    }

    impl Event for IncentivesFunded {
        const DISCRIMINATOR: [u8; 8] = [183, 207, 10, 140, 224, 140, 145, 198];
    }

    /// Incentives of an epoch were reserved.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IncentivesCommitted {
        pub incentive_epoch: Address,
        pub epoch: u64,
        pub root: [u8; 32],
        pub total: u64,
        pub incentives_reserved: u64,
        pub committed_at: i64,
    }

    impl Event for IncentivesCommitted {
        const DISCRIMINATOR: [u8; 8] = [223, 130, 48, 143, 227, 69, 53, 27];
    }

    /// A provider has its incentive.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IncentiveClaimed {
        pub incentive_claim: Address,
        pub incentive_epoch: Address,
        pub epoch: u64,
        pub provider: Address,
        pub amount: u64,
        pub paid_to: Address,
        pub claimed_at: i64,
    }

    impl Event for IncentiveClaimed {
        const DISCRIMINATOR: [u8; 8] = [93, 82, 106, 244, 88, 183, 241, 75];
    }
}

/// Numbered errors, one cause each. Numbers are append-only.
pub mod fault {
    plumbline_shared::faults! {
        INVALID_FEE_SPLIT = 6001, "InvalidFeeSplit", "Treasury, burn and verifier parts of the fee must sum to 10,000 bps";
        INVALID_CATALOGUE_SIZE = 6005, "InvalidCatalogueSize", "The catalogue must hold 1 to 32 models";
        INVALID_MODEL_NAME = 6006, "InvalidModelName", "Name of a GPU model must have 1 to 32 bytes";
        INVALID_MODEL = 6007, "InvalidModel", "Memory of a GPU model must be above zero";
        INVALID_INFER_MINT = 6008, "InvalidInferMint", "INFER mint must have 9 decimals";
        INVALID_USDC_MINT = 6009, "InvalidUsdcMint", "USDC mint must have 6 decimals";
        STAKING_PROGRAM_NOT_EXECUTABLE = 6010, "StakingProgramNotExecutable", "Staking program is not executable";
        INVALID_STAKING_USDC_VAULT = 6011, "InvalidStakingUsdcVault", "Not the global USDC vault of the staking program";
        INVALID_TREASURY = 6012, "InvalidTreasury", "Not a treasury token account for this mint";
        INVALID_TIER = 6013, "InvalidTier", "Tier must be 1, 2 or 3";
        INVALID_JURISDICTION = 6014, "InvalidJurisdiction", "Jurisdiction must be two capital letters";
        INVALID_OPERATOR_POOL = 6015, "InvalidOperatorPool", "Not an operator pool of the staking program";
        INVALID_POOL_ADMIN = 6016, "InvalidPoolAdmin", "Signer is not the admin of the operator pool";
        ZERO_AMOUNT = 6017, "ZeroAmount", "Amount must be above zero";
        UNKNOWN_MODEL = 6018, "UnknownModel", "GPU model is not in the catalogue";
        ZERO_UNITS = 6019, "ZeroUnits", "Units must be above zero";
        INVALID_DURATION_RANGE = 6020, "InvalidDurationRange", "Minimum seconds must be above zero and not above maximum seconds";
        ZERO_PRICE = 6021, "ZeroPrice", "Price must be above zero";
        UNSUPPORTED_MINT = 6022, "UnsupportedMint", "Mint is neither INFER nor USDC";
        BOND_BELOW_TIER_MINIMUM = 6023, "BondBelowTierMinimum", "Bond is below the minimum of the tier";
        DURATION_OUT_OF_RANGE = 6024, "DurationOutOfRange", "Seconds are outside the range of the offer";
        UNITS_UNAVAILABLE = 6025, "UnitsUnavailable", "Offer has fewer free units";
        PRICE_ABOVE_LIMIT = 6026, "PriceAboveLimit", "Price of the offer is above the limit of the buyer";
        INSUFFICIENT_BOND = 6027, "InsufficientBond", "Free bond of the provider does not cover the order";
        ORDER_NOT_WAITING = 6028, "OrderNotWaiting", "Order is not waiting for its start";
        START_DEADLINE_PASSED = 6029, "StartDeadlinePassed", "Start deadline has passed";
        ORDER_NOT_STARTED = 6030, "OrderNotStarted", "Order is not in delivery";
        NOT_BUYER_OR_ARBITER = 6031, "NotBuyerOrArbiter", "Signer is neither the buyer nor the arbiter";
        INVALID_PROVIDER_TOKEN_ACCOUNT = 6032, "InvalidProviderTokenAccount", "Not the account to which the share of the provider is due";
        ORDER_ENDED = 6033, "OrderEnded", "Order is already settled or refunded";
        START_DEADLINE_NOT_PASSED = 6034, "StartDeadlineNotPassed", "Start deadline has not passed";
        DELIVERY_DEADLINE_NOT_PASSED = 6035, "DeliveryDeadlineNotPassed", "Delivery deadline has not passed";
        INVALID_BUYER_TOKEN_ACCOUNT = 6036, "InvalidBuyerTokenAccount", "Not a token account of the buyer for this mint";
        ARITHMETIC_OVERFLOW = 6037, "ArithmeticOverflow", "Arithmetic overflow";
        UNKNOWN_PARAMETER = 6038, "UnknownParameter", "Not a parameter of the marketplace";
        PARAMETER_OUT_OF_BOUNDS = 6039, "ParameterOutOfBounds", "Value is outside the bounds of the parameter";
        NOT_ADMIN_OR_HALT_AUTHORITY = 6040, "NotAdminOrHaltAuthority", "Signer is neither the admin nor the halt authority";
        ORDERS_PAUSED = 6041, "OrdersPaused", "New orders are paused";
        INVALID_STATUS = 6042, "InvalidStatus", "Status of a provider must be 0 to 4";
        STATUS_NOT_ALLOWED = 6043, "StatusNotAllowed", "The admin may only ban and degrade";
        MODEL_NOT_LISTED = 6044, "ModelNotListed", "GPU model takes no new offers";
        PROVIDER_NOT_ACCEPTING = 6045, "ProviderNotAccepting", "Provider is suspended or banned";
        PROVIDER_NOT_VERIFIED = 6046, "ProviderNotVerified", "The arbiter confirms for verified providers only";
        PROVIDER_DEGRADED = 6047, "ProviderDegraded", "A degraded provider takes no order of this value";
        SCORE_TOO_LOW = 6048, "ScoreTooLow", "An order of this value needs a higher proven score";
        SCORE_TOO_OLD = 6049, "ScoreTooOld", "An order of this value needs a more recent proven score";
        WITHDRAWAL_NOT_REQUESTED = 6050, "WithdrawalNotRequested", "Amount is above the bond that was asked back";
        WITHDRAWAL_NOT_READY = 6051, "WithdrawalNotReady", "Delay of the bond withdrawal has not passed";
        BOND_STILL_REQUIRED = 6052, "BondStillRequired", "Bond is required by the tier or by orders";
        BENCHMARK_UNCHANGED = 6053, "BenchmarkUnchanged", "This benchmark of the device is known";
        BENCHMARK_BELOW_MINIMUM = 6054, "BenchmarkBelowMinimum", "Score is below the minimum of the model";
        BENCHMARK_MEMORY_TOO_SMALL = 6055, "BenchmarkMemoryTooSmall", "Device has less memory than the model";
        INVALID_PRICING = 6056, "InvalidPricing", "Pricing must be fixed with a price, or by index with an age and no price";
        INVALID_SPREAD = 6057, "InvalidSpread", "Spread must be at most 10,000 bps";
        OFFER_IS_CLOSED = 6058, "OfferIsClosed", "Offer is closed";
        UNITS_IN_USE = 6059, "UnitsInUse", "More units are in use";
        INDEX_MISSING = 6060, "IndexMissing", "The offer is priced by an index that was not given";
        INDEX_STALE = 6061, "IndexStale", "The index is older than the offer allows";
        NOT_BUYER_OR_PROVIDER = 6062, "NotBuyerOrProvider", "Signer is neither the buyer nor the owner of the provider";
        DELIVERY_DEADLINE_PASSED = 6063, "DeliveryDeadlinePassed", "Delivery deadline has passed";
        ORDER_IS_DISPUTED = 6064, "OrderIsDisputed", "Order waits for the arbiter";
        ORDER_NOT_DISPUTED = 6065, "OrderNotDisputed", "Order is not disputed";
        DISPUTE_EXPIRED = 6066, "DisputeExpired", "Time of the arbiter has passed";
        DISPUTE_NOT_EXPIRED = 6067, "DisputeNotExpired", "Time of the arbiter has not passed";
        INVALID_SPLIT = 6068, "InvalidSplit", "Part of the provider is above 10,000 bps";
        INVALID_DEPOSIT_ACCOUNT = 6069, "InvalidDepositAccount", "Not the account to which the deposit is due";
        LEASE_NOT_EXPIRED = 6070, "LeaseNotExpired", "Bought time has not run out and the provider is not silent";
        LEASE_IS_OVER = 6071, "LeaseIsOver", "Lease has ended";
        ORDER_NOT_STREAMING = 6072, "OrderNotStreaming", "Order is not paid per second";
        ORDER_NOT_PREPAID = 6073, "OrderNotPrepaid", "Order is not prepaid";
        ATTESTATION_NOT_AHEAD = 6074, "AttestationNotAhead", "More seconds are attested already";
        ATTESTATION_TOO_FAR = 6075, "AttestationTooFar", "Seconds were not used yet or not bought";
        ATTESTATION_TOO_LATE = 6076, "AttestationTooLate", "Time for attestations has passed";
        NOTHING_TO_SETTLE = 6077, "NothingToSettle", "No attested seconds are payable";
        SESSION_NOT_OVER = 6078, "SessionNotOver", "Session still runs or can still be attested";
        USAGE_NOT_SETTLED = 6079, "UsageNotSettled", "Attested seconds are not paid yet";
        DEPOSIT_TOO_SMALL = 6100, "DepositTooSmall", "Deposit does not cover the amount";
        NO_WITHDRAWAL_REQUESTED = 6101, "NoWithdrawalRequested", "No withdrawal was announced";
        WITHDRAWAL_NOT_DUE = 6102, "WithdrawalNotDue", "Withdrawal is not due yet";
        NOT_METER_OR_CUSTOMER = 6103, "NotMeterOrCustomer", "Signer is neither the meter nor the customer";
        WORKLOAD_ALREADY_SETTLED = 6104, "WorkloadAlreadySettled", "Workload is already settled";
        GPU_WORK_NEEDS_METER = 6105, "GpuWorkNeedsMeter", "Only the meter may state GPU work";
        VERIFIER_BOND_TOO_SMALL = 6106, "VerifierBondTooSmall", "Bond is below the minimum of a verifier";
        VERIFIER_IS_LEAVING = 6107, "VerifierIsLeaving", "Verifier has given its seat up";
        VERIFIER_NOT_LEAVING = 6108, "VerifierNotLeaving", "Verifier has not given its seat up";
        VERIFIER_BUSY = 6109, "VerifierBusy", "Verifier has open challenges or unclaimed fees";
        WRONG_SEAT = 6110, "WrongSeat", "Not the verifier of that seat";
        ORDER_NOT_ATTESTABLE = 6111, "OrderNotAttestable", "Order is neither in delivery nor in its challenge window";
        INVALID_CHECKPOINT_COUNT = 6112, "InvalidCheckpointCount", "An attestation has 1 to 2^24 checkpoints";
        ATTESTATION_NOT_RISING = 6113, "AttestationNotRising", "GPU-seconds must rise with each attestation of an order";
        ATTESTATION_TOO_LARGE = 6114, "AttestationTooLarge", "GPU-seconds are more than the order could have run";
        ATTESTATION_NOT_WAITING = 6115, "AttestationNotWaiting", "Attestation is already drawn";
        DRAW_TOO_EARLY = 6116, "DrawTooEarly", "There is no block after the attestation yet";
        ATTESTATION_NOT_SELECTED = 6117, "AttestationNotSelected", "Attestation is not selected for a challenge";
        CHALLENGE_TIME_LEFT = 6118, "ChallengeTimeLeft", "Attestation can still be challenged";
        CHALLENGE_TOO_LATE = 6119, "ChallengeTooLate", "Time to challenge is over";
        NOT_FIRST_TURN = 6120, "NotFirstTurn", "The first turn belongs to the drawn verifier";
        CHALLENGE_NOT_OPEN = 6121, "ChallengeNotOpen", "Challenge does not wait for an answer";
        ANSWER_TOO_LATE = 6122, "AnswerTooLate", "Time to answer is over";
        INVALID_REVEAL = 6123, "InvalidReveal", "Revealed checkpoint does not belong to the attestation";
        CHALLENGE_NOT_CONTESTED = 6124, "ChallengeNotContested", "Challenge does not wait for a judgement";
        NOT_ARBITER = 6125, "NotArbiter", "Signer is not the arbiter";
        CHALLENGE_UNDECIDED = 6126, "ChallengeUndecided", "Outcome of the challenge is not certain yet";
        CHALLENGE_ALREADY_RESOLVED = 6127, "ChallengeAlreadyResolved", "Challenge is already resolved";
        INVALID_SLASH_CLASS = 6128, "InvalidSlashClass", "Slash class must be 0, 1 or 2";
        INVALID_EVIDENCE = 6129, "InvalidEvidence", "Evidence does not support this slash";
        ALREADY_SLASHED = 6130, "AlreadySlashed", "Evidence is already used";
        NOT_ALLOWED_TO_SLASH = 6131, "NotAllowedToSlash", "Signer may not slash on this evidence";
        NOTHING_TO_CLAIM = 6132, "NothingToClaim", "No completed challenge is unclaimed";
        NOT_REWARD_AUTHORITY = 6133, "NotRewardAuthority", "Signer is not the reward authority";
        EPOCH_NOT_ASCENDING = 6134, "EpochNotAscending", "Epoch must be above the last committed one";
        INVALID_TREE_PROOF = 6135, "InvalidTreeProof", "Proof does not lead to the committed root";
        INCENTIVES_ABOVE_BUDGET = 6136, "IncentivesAboveBudget", "Total is above the budget of an epoch";
        INCENTIVE_VAULT_TOO_SMALL = 6137, "IncentiveVaultTooSmall", "Incentive vault does not cover the total beside what is reserved";
        INCENTIVE_ALREADY_CLAIMED = 6138, "IncentiveAlreadyClaimed", "Incentive is already claimed";
        INCENTIVES_EXHAUSTED = 6139, "IncentivesExhausted", "Claims of the epoch would exceed its total";
        ATTESTATION_STILL_OPEN = 6140, "AttestationStillOpen", "An attestation of the order is undrawn, selected or challenged";
        WORK_NOT_PROVEN = 6141, "WorkNotProven", "A challenge of the order has failed";
    }
}
