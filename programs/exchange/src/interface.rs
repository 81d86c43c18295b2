//! Wire interface of program exchange: written by build/generate-interfaces.ts from idl.json, not by hand.

/// First bytes of the data of every instruction, and the log line that names it.
pub mod tag {
    /// Creates the one exchange of this program, its vaults, and every governed number at its starting value.
    pub const INITIALIZE_EXCHANGE: [u8; 8] = [224, 105, 116, 166, 228, 207, 96, 19];
    pub const INITIALIZE_EXCHANGE_LINE: &[u8] = b"Instruction: InitializeExchange";
    /// The governance authority sets governed numbers of the exchange: within their bounds, all or nothing.
    pub const SET_PARAMETERS: [u8; 8] = [218, 114, 41, 75, 208, 237, 97, 28];
    pub const SET_PARAMETERS_LINE: &[u8] = b"Instruction: SetParameters";
    /// Admin or governance authority stop opening, or let it go on; closing is never stopped.
    pub const SET_PAUSED: [u8; 8] = [91, 60, 125, 192, 176, 225, 166, 218];
    pub const SET_PAUSED_LINE: &[u8] = b"Instruction: SetPaused";
    /// The admin gives the role to another key, which signs too.
    pub const REPLACE_ADMIN: [u8; 8] = [237, 99, 160, 130, 24, 118, 230, 61];
    pub const REPLACE_ADMIN_LINE: &[u8] = b"Instruction: ReplaceAdmin";
    /// Admin or governance authority begin the index of a GPU model.
    pub const CREATE_INDEX: [u8; 8] = [205, 71, 124, 117, 143, 136, 104, 192];
    pub const CREATE_INDEX_LINE: &[u8] = b"Instruction: CreateIndex";
    /// The marketplace tells a settled purchase, which pulls the index towards its price.
    pub const RECORD_PURCHASE: [u8; 8] = [107, 25, 137, 125, 231, 17, 11, 60];
    pub const RECORD_PURCHASE_LINE: &[u8] = b"Instruction: RecordPurchase";
    /// Moves INFER of the owner to the margin vault; the first deposit creates the trader account.
    pub const DEPOSIT_MARGIN: [u8; 8] = [240, 96, 57, 37, 173, 174, 158, 219];
    pub const DEPOSIT_MARGIN_LINE: &[u8] = b"Instruction: DepositMargin";
    /// Moves collateral that no position holds back to the owner.
    pub const WITHDRAW_MARGIN: [u8; 8] = [124, 222, 8, 141, 181, 108, 15, 176];
    pub const WITHDRAW_MARGIN_LINE: &[u8] = b"Instruction: WithdrawMargin";
    /// Opens or enlarges a perpetual position, or adds margin to it.
    pub const OPEN_POSITION: [u8; 8] = [135, 128, 47, 77, 15, 152, 240, 49];
    pub const OPEN_POSITION_LINE: &[u8] = b"Instruction: OpenPosition";
    /// Closes a perpetual position or a part of it, at any time.
    pub const CLOSE_POSITION: [u8; 8] = [123, 134, 81, 0, 49, 68, 98, 98];
    pub const CLOSE_POSITION_LINE: &[u8] = b"Instruction: ClosePosition";
    /// Pays or collects the funding of one position; anyone may ask once an interval.
    pub const SETTLE_FUNDING: [u8; 8] = [11, 251, 12, 161, 199, 228, 133, 87];
    pub const SETTLE_FUNDING_LINE: &[u8] = b"Instruction: SettleFunding";
    /// Closes a perpetual position below its maintenance margin; the keeper takes a fee.
    pub const LIQUIDATE: [u8; 8] = [223, 179, 226, 125, 48, 46, 39, 74];
    pub const LIQUIDATE_LINE: &[u8] = b"Instruction: Liquidate";
    /// Anyone adds INFER to the bankroll, which is the protocol's own.
    pub const ADD_BANKROLL: [u8; 8] = [47, 70, 2, 228, 81, 100, 103, 168];
    pub const ADD_BANKROLL_LINE: &[u8] = b"Instruction: AddBankroll";
    /// The governance authority takes back bankroll that no open notional stands against.
    pub const REMOVE_BANKROLL: [u8; 8] = [220, 83, 25, 118, 181, 158, 107, 152];
    pub const REMOVE_BANKROLL_LINE: &[u8] = b"Instruction: RemoveBankroll";
    /// Anyone adds INFER to the insurance fund, which it leaves only to meet shortfalls.
    pub const ADD_INSURANCE: [u8; 8] = [170, 53, 191, 55, 250, 170, 109, 1];
    pub const ADD_INSURANCE_LINE: &[u8] = b"Instruction: AddInsurance";
    /// Counts tokens that strangers sent to the vaults as insurance.
    pub const SWEEP_SURPLUS: [u8; 8] = [144, 67, 197, 177, 218, 200, 50, 24];
    pub const SWEEP_SURPLUS_LINE: &[u8] = b"Instruction: SweepSurplus";
    /// Admin or governance authority list dated futures of a model.
    pub const CREATE_SERIES: [u8; 8] = [181, 9, 52, 120, 197, 221, 42, 142];
    pub const CREATE_SERIES_LINE: &[u8] = b"Instruction: CreateSeries";
    /// Opens, enlarges or closes a position in a series before its expiry.
    pub const TRADE_FUTURE: [u8; 8] = [19, 86, 143, 132, 239, 9, 126, 111];
    pub const TRADE_FUTURE_LINE: &[u8] = b"Instruction: TradeFuture";
    /// Closes a position in a series below its maintenance margin; the keeper takes a fee.
    pub const LIQUIDATE_FUTURE: [u8; 8] = [192, 93, 106, 102, 156, 79, 39, 108];
    pub const LIQUIDATE_FUTURE_LINE: &[u8] = b"Instruction: LiquidateFuture";
    /// Fixes the settlement price of an expired series; anyone may ask, and the time of asking does not matter.
    pub const SETTLE_SERIES: [u8; 8] = [117, 139, 23, 250, 111, 55, 22, 125];
    pub const SETTLE_SERIES_LINE: &[u8] = b"Instruction: SettleSeries";
    /// Pays out a position of a settled series to its trader.
    pub const SETTLE_FUTURE_POSITION: [u8; 8] = [145, 48, 192, 158, 21, 198, 68, 217];
    pub const SETTLE_FUTURE_POSITION_LINE: &[u8] = b"Instruction: SettleFuturePosition";
    /// Pays what inflow has funded of a recorded claim.
    pub const PAY_CLAIM: [u8; 8] = [73, 127, 176, 110, 67, 8, 221, 170];
    pub const PAY_CLAIM_LINE: &[u8] = b"Instruction: PayClaim";
}

/// Arguments, behind the tag.
pub mod args {
    use alloc::vec::Vec;
    use borsh::BorshDeserialize;
    use pinocchio::Address;

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct InitializeExchangeArgs {
        /// The Marketplace account, which signs for purchases.
        pub marketplace: Address,
        pub governance_authority: Address,
    }

    #[derive(BorshDeserialize, Clone, Default)]
    pub struct SetParametersArgs {
        pub changes: Vec<super::types::ParameterChange>,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct SetPausedArgs {
        pub is_paused: bool,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CreateIndexArgs {
        /// Number of the model in the catalogue of the marketplace.
        pub model: u8,
        /// Starting price.
        pub price: u128,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RecordPurchaseArgs {
        pub model: u8,
        pub gpu_seconds: u64,
        /// Base units of INFER.
        pub price_per_gpu_hour: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct DepositMarginArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct WithdrawMarginArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct OpenPositionArgs {
        /// GPU-seconds; below zero for a short, zero to add margin only.
        pub size: i64,
        /// Free collateral that becomes margin.
        pub margin: u64,
        /// Worst price; zero for none.
        pub price_limit: u128,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct ClosePositionArgs {
        /// GPU-seconds to close.
        pub size: u64,
        /// Worst price; zero for none.
        pub price_limit: u128,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct AddBankrollArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct RemoveBankrollArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct AddInsuranceArgs {
        pub amount: u64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct CreateSeriesArgs {
        /// Begin of the delivery period; the expiry for a series that settles on a point.
        pub delivery_start: i64,
        pub expiry: i64,
    }

    #[derive(BorshDeserialize, Clone, Copy, Default)]
    pub struct TradeFutureArgs {
        /// GPU-seconds to buy; below zero to sell; zero to add margin only.
        pub size: i64,
        /// Free collateral that becomes margin.
        pub margin: u64,
        /// Worst price; zero for none.
        pub price_limit: u128,
    }
}

/// Structs that arguments, accounts and events are made of.
pub mod types {
    use borsh::{BorshDeserialize, BorshSerialize};

    /// A governed number and the value it takes.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct ParameterChange {
        /// Row of the parameter table.
        pub id: u16,
        pub value: i64,
    }

    /// Governed numbers as the exchange holds them; names and units are those of the parameter table.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Rules {
        pub index_depth_gpu_seconds: u64,
        pub index_trade_depth: u64,
        pub index_clamp_ppm: u64,
        pub index_max_age_seconds: u64,
        pub initial_margin_bps: u64,
        pub maintenance_margin_bps: u64,
        pub trade_fee_bps: u64,
        pub liquidation_fee_bps: u64,
        pub funding_interval_seconds: u64,
        pub funding_clamp_ppm: u64,
        pub mark_window_seconds: u64,
        pub max_open_interest: u64,
        pub max_open_interest_bankroll_bps: u64,
        pub series_basis_ppm: u64,
    }

    /// What the vaults hold, by whom it is meant for, in base units of INFER.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Funds {
        /// Collateral of all traders: the margin vault.
        pub margin: u64,
        /// What the protocol trades with.
        pub bankroll: u64,
        /// The insurance vault.
        pub insurance: u64,
        /// Inflow set aside for recorded claims; with the bankroll it is the bankroll vault.
        pub claims_reserve: u64,
        /// Sum of all claims ever recorded: where the next one begins.
        pub claims_issued: u128,
        /// Sum of all inflow ever set aside for claims: claims are paid up to here.
        pub claims_funded: u128,
        /// Notional of all open positions at their entry prices.
        pub open_notional: u64,
    }

    /// What moves in an index. Prices are base units of INFER per GPU-hour times a million.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct IndexState {
        /// The index.
        pub price: u128,
        /// Slot of the last trade or purchase.
        pub last_slot: u64,
        /// Time of the last trade or purchase.
        pub updated_at: i64,
        /// Index before the first update of the last slot.
        pub slot_open_price: u128,
        /// The price without open positions: moved by purchases alone.
        pub anchor: u128,
        /// Anchor before the first update of the last slot.
        pub slot_open_anchor: u128,
        /// Time of the last purchase, or of creation.
        pub anchored_at: i64,
        /// Skew that would move the price by its whole value if impact were linear.
        pub depth_gpu_seconds: u64,
        /// Furthest that trades hold the index from the anchor.
        pub bound_ppm: u32,
        /// Mark when the index last changed: the mark goes from here to the index.
        pub mark_from: u128,
        /// Time when the index last changed.
        pub mark_from_at: i64,
        /// Time up to which funding and integral are counted.
        pub advanced_at: i64,
        /// Anchor times seconds since creation.
        pub anchor_integral: u128,
        /// What a long of one GPU-second has owed since creation, in price units.
        pub funding_long: i128,
        /// What a short of one GPU-second has owed since creation, in price units.
        pub funding_short: i128,
        /// GPU-seconds of long perpetual positions.
        pub long_size: u64,
        /// GPU-seconds of short perpetual positions.
        pub short_size: u64,
        /// Notional of long positions and futures at their entry prices.
        pub long_notional: u64,
        /// Notional of short positions and futures at their entry prices.
        pub short_notional: u64,
    }

    /// A time at which series need the integral of the anchor.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Milestone {
        pub at: i64,
        /// Series that need it.
        pub series_count: u8,
        pub is_passed: bool,
        /// Integral of the anchor at that time, once passed.
        pub integral: u128,
        /// Anchor in force at that time, once passed.
        pub anchor: u128,
    }

    /// An open position.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Holding {
        /// GPU-seconds; below zero for a short.
        pub size: i64,
        /// Mean price of what is open, rounded against the trader.
        pub entry_price: u128,
        /// Notional at the entry price.
        pub notional: u64,
        /// Margin of this position alone.
        pub collateral: u64,
    }

    /// What moves in a series.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct SeriesState {
        /// GPU-seconds of long positions.
        pub long_size: u64,
        /// GPU-seconds of short positions.
        pub short_size: u64,
        /// Price of the last trade; the starting price before the first.
        pub last_price: u128,
        /// Time of the last trade, or of creation.
        pub traded_at: i64,
        /// Zero until settled.
        pub settlement_price: u128,
        /// Zero until settled.
        pub settled_at: i64,
    }

    /// What stands in a trader account.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Balance {
        /// All of the trader, in the margin vault.
        pub collateral: u64,
        /// The part that is margin of positions.
        pub locked: u64,
        /// Claims ever recorded for the trader.
        pub claim_count: u64,
    }

    /// What a position gave and took, in base units of INFER.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Settlement {
        /// Owed by the position; below zero when it was owed to it.
        pub funding: i64,
        /// Realised; below zero for a loss.
        pub pnl: i64,
        /// To the insurance fund.
        pub fee: u64,
        pub keeper_fee: u64,
        /// Margin that went back to the trader.
        pub released: u64,
        /// Paid to the trader by the bankroll.
        pub from_bankroll: u64,
        /// Paid to the trader by the insurance fund.
        pub from_insurance: u64,
        /// Owed to the trader and recorded as a claim.
        pub claimed: u64,
        /// Owed by the position beyond its margin.
        pub shortfall: u64,
        /// Part of the shortfall that the insurance fund gave to the bankroll.
        pub covered: u64,
    }
}

/// Account types and their sizes.
pub mod accounts {
    use alloc::vec::Vec;
    use borsh::{BorshDeserialize, BorshSerialize};
    use pinocchio::Address;
    use plumbline_shared::account::State;

    /// Bytes on the chain, discriminator included.
    pub const EXCHANGE_SPACE: usize = 512;

    /// Authorities, governed numbers and balances; one per program.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Exchange {
        pub version: u8,
        pub bump: u8,
        pub margin_vault_bump: u8,
        pub bankroll_vault_bump: u8,
        pub insurance_vault_bump: u8,
        pub marketplace: Address,
        pub governance_authority: Address,
        pub admin: Address,
        pub infer_mint: Address,
        pub is_paused: bool,
        pub rules: super::types::Rules,
        pub funds: super::types::Funds,
    }

    impl State for Exchange {
        const DISCRIMINATOR: [u8; 8] = [30, 200, 220, 149, 3, 61, 104, 50];
        const CAPACITY: usize = EXCHANGE_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const INDEX_SPACE: usize = 1536;

    /// Price of a GPU model and what its market has open.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Default)]
    pub struct Index {
        pub version: u8,
        pub bump: u8,
        pub model: u8,
        pub market: super::types::IndexState,
        /// Times that live series wait for.
        pub milestones: Vec<super::types::Milestone>,
    }

    impl State for Index {
        const DISCRIMINATOR: [u8; 8] = [140, 66, 194, 132, 78, 26, 135, 186];
        const CAPACITY: usize = INDEX_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const TRADER_SPACE: usize = 128;

    /// Collateral of one owner.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Trader {
        pub version: u8,
        pub bump: u8,
        pub owner: Address,
        pub balance: super::types::Balance,
    }

    impl State for Trader {
        const DISCRIMINATOR: [u8; 8] = [74, 133, 32, 105, 47, 50, 5, 238];
        const CAPACITY: usize = TRADER_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const POSITION_SPACE: usize = 256;

    /// Perpetual position of a trader in a model; stays when closed.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Position {
        pub version: u8,
        pub bump: u8,
        pub model: u8,
        pub trader: Address,
        pub holding: super::types::Holding,
        /// Funding of its side when it was last paid.
        pub funding: i128,
        /// Time when funding was last paid.
        pub funded_at: i64,
    }

    impl State for Position {
        const DISCRIMINATOR: [u8; 8] = [170, 188, 143, 228, 122, 64, 247, 208];
        const CAPACITY: usize = POSITION_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const SERIES_SPACE: usize = 256;

    /// Dated futures of a model.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Series {
        pub version: u8,
        pub bump: u8,
        pub model: u8,
        pub index: Address,
        /// Settles on the average over the delivery period, otherwise on the price at expiry.
        pub is_average: bool,
        pub delivery_start: i64,
        pub expiry: i64,
        /// Furthest that trades hold the price from the one it settles on.
        pub basis_bound_ppm: u32,
        pub depth_gpu_seconds: u64,
        pub created_at: i64,
        pub market: super::types::SeriesState,
    }

    impl State for Series {
        const DISCRIMINATOR: [u8; 8] = [240, 97, 8, 183, 139, 77, 250, 162];
        const CAPACITY: usize = SERIES_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const FUTURE_POSITION_SPACE: usize = 256;

    /// Position of a trader in a series; stays when closed.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct FuturePosition {
        pub version: u8,
        pub bump: u8,
        pub series: Address,
        pub trader: Address,
        pub holding: super::types::Holding,
    }

    impl State for FuturePosition {
        const DISCRIMINATOR: [u8; 8] = [219, 167, 72, 102, 167, 113, 68, 241];
        const CAPACITY: usize = FUTURE_POSITION_SPACE;
    }

    /// Bytes on the chain, discriminator included.
    pub const CLAIM_SPACE: usize = 160;

    /// Profit that could not be paid when it was made.
    #[derive(BorshDeserialize, BorshSerialize, Clone, Copy, Default)]
    pub struct Claim {
        pub version: u8,
        pub bump: u8,
        pub trader: Address,
        /// Claims of the trader before this one.
        pub number: u64,
        /// Sum of all claims before this one.
        pub start: u128,
        pub amount: u64,
        pub paid: u64,
        pub recorded_at: i64,
    }

    impl State for Claim {
        const DISCRIMINATOR: [u8; 8] = [155, 70, 22, 176, 123, 215, 246, 102];
        const CAPACITY: usize = CLAIM_SPACE;
    }
}

/// Events; together they are enough to rebuild every account.
pub mod events {
    use alloc::vec::Vec;
    use borsh::BorshSerialize;
    use pinocchio::Address;
    use plumbline_shared::event::Event;

    /// The exchange exists.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ExchangeInitialized {
        pub exchange: Address,
        pub marketplace: Address,
        pub governance_authority: Address,
        pub admin: Address,
        pub infer_mint: Address,
        pub rules: super::types::Rules,
        pub at: i64,
    }

    impl Event for ExchangeInitialized {
        const DISCRIMINATOR: [u8; 8] = [200, 154, 187, 160, 29, 243, 230, 104];
    }

    /// Governed numbers changed.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct ParametersSet {
        pub changes: Vec<super::types::ParameterChange>,
        /// All of them after the change.
        pub rules: super::types::Rules,
        pub at: i64,
    }

    impl Event for ParametersSet {
        const DISCRIMINATOR: [u8; 8] = [135, 177, 105, 148, 253, 65, 215, 30];
    }

    /// Opening was stopped or allowed.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct PausedSet {
        pub authority: Address,
        pub is_paused: bool,
        pub at: i64,
    }

    impl Event for PausedSet {
        const DISCRIMINATOR: [u8; 8] = [171, 125, 127, 156, 233, 81, 68, 66];
    }

    /// The role of admin went to another key.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct AdminReplaced {
        pub former_admin: Address,
        pub admin: Address,
        pub at: i64,
    }

    impl Event for AdminReplaced {
        const DISCRIMINATOR: [u8; 8] = [7, 232, 168, 140, 15, 180, 107, 25];
    }

    /// An index begins.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IndexCreated {
        pub index: Address,
        pub model: u8,
        pub market: super::types::IndexState,
    }

    impl Event for IndexCreated {
        const DISCRIMINATOR: [u8; 8] = [172, 84, 43, 253, 171, 30, 254, 244];
    }

    /// A trade or a purchase: one event for each.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IndexUpdated {
        pub index: Address,
        pub model: u8,
        /// The index after it.
        pub price: u128,
        pub slot: u64,
        pub at: i64,
        /// 0 trade, 1 purchase.
        pub cause: u8,
        pub is_buy: bool,
        pub gpu_seconds: u64,
        /// Base units of INFER: notional of the trade, amount of the purchase.
        pub value: u64,
        /// Price of the trade or of the purchase itself.
        pub traded_price: u128,
        /// Mark after it.
        pub mark: u128,
        pub market: super::types::IndexState,
    }

    impl Event for IndexUpdated {
        const DISCRIMINATOR: [u8; 8] = [57, 221, 94, 47, 121, 227, 38, 114];
    }

    /// Time was counted in an index whose price did not change.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct IndexAdvanced {
        pub index: Address,
        pub model: u8,
        pub mark: u128,
        pub market: super::types::IndexState,
    }

    impl Event for IndexAdvanced {
        const DISCRIMINATOR: [u8; 8] = [232, 140, 38, 80, 79, 37, 54, 67];
    }

    /// A time came that series waited for.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct MilestonePassed {
        pub index: Address,
        pub model: u8,
        pub milestone: super::types::Milestone,
    }

    impl Event for MilestonePassed {
        const DISCRIMINATOR: [u8; 8] = [235, 196, 86, 88, 169, 154, 237, 154];
    }

    /// Collateral came in.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct MarginDeposited {
        pub trader: Address,
        pub owner: Address,
        pub amount: u64,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for MarginDeposited {
        const DISCRIMINATOR: [u8; 8] = [173, 94, 168, 54, 171, 98, 205, 245];
    }

    /// Collateral went out.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct MarginWithdrawn {
        pub trader: Address,
        pub owner: Address,
        pub amount: u64,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for MarginWithdrawn {
        const DISCRIMINATOR: [u8; 8] = [51, 180, 216, 30, 171, 137, 164, 186];
    }

    /// A perpetual position was opened, enlarged or given margin.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct PositionOpened {
        pub position: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub size: i64,
        pub price: u128,
        pub margin: u64,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        /// Funding of its side, paid up to now.
        pub funding: i128,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for PositionOpened {
        const DISCRIMINATOR: [u8; 8] = [237, 175, 243, 230, 147, 117, 101, 121];
    }

    /// A perpetual position was closed, in part or whole.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct PositionClosed {
        pub position: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub size: u64,
        pub price: u128,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        /// Funding of its side, paid up to now.
        pub funding: i128,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for PositionClosed {
        const DISCRIMINATOR: [u8; 8] = [157, 163, 227, 228, 13, 97, 138, 121];
    }

    /// Funding of a perpetual position was paid or collected by itself.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct FundingPaid {
        pub position: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        /// Funding of its side, paid up to now.
        pub funding: i128,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for FundingPaid {
        const DISCRIMINATOR: [u8; 8] = [49, 144, 40, 44, 241, 140, 110, 154];
    }

    /// A perpetual position below its maintenance margin was closed.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct PositionLiquidated {
        pub position: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub keeper: Address,
        pub size: u64,
        pub price: u128,
        /// What the position was worth at the anchor.
        pub equity: i64,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        /// Funding of its side, paid up to now.
        pub funding: i128,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for PositionLiquidated {
        const DISCRIMINATOR: [u8; 8] = [40, 107, 90, 214, 96, 30, 61, 128];
    }

    /// Dated futures were listed.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct SeriesCreated {
        pub series: Address,
        pub index: Address,
        pub model: u8,
        pub is_average: bool,
        pub delivery_start: i64,
        pub expiry: i64,
        pub basis_bound_ppm: u32,
        pub depth_gpu_seconds: u64,
        pub market: super::types::SeriesState,
        /// All that the index waits for now.
        pub milestones: Vec<super::types::Milestone>,
    }

    impl Event for SeriesCreated {
        const DISCRIMINATOR: [u8; 8] = [2, 164, 54, 38, 24, 181, 233, 180];
    }

    /// A position in a series was opened, enlarged, closed or given margin.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct FutureTraded {
        pub future_position: Address,
        pub series: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        /// Bought; below zero when sold.
        pub size: i64,
        pub price: u128,
        pub margin: u64,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        pub market: super::types::SeriesState,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for FutureTraded {
        const DISCRIMINATOR: [u8; 8] = [100, 208, 241, 253, 230, 217, 95, 157];
    }

    /// A position in a series below its maintenance margin was closed.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct FutureLiquidated {
        pub future_position: Address,
        pub series: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub keeper: Address,
        pub size: u64,
        pub price: u128,
        pub equity: i64,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        pub market: super::types::SeriesState,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for FutureLiquidated {
        const DISCRIMINATOR: [u8; 8] = [211, 231, 246, 10, 147, 155, 29, 26];
    }

    /// The settlement price of a series is fixed.
    #[derive(BorshSerialize, Clone, Default)]
    pub struct SeriesSettled {
        pub series: Address,
        pub index: Address,
        pub model: u8,
        pub price: u128,
        pub market: super::types::SeriesState,
        /// All that the index waits for now.
        pub milestones: Vec<super::types::Milestone>,
    }

    impl Event for SeriesSettled {
        const DISCRIMINATOR: [u8; 8] = [119, 185, 208, 158, 40, 59, 197, 235];
    }

    /// A position of a settled series was paid out.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct FuturePositionSettled {
        pub future_position: Address,
        pub series: Address,
        pub trader: Address,
        pub owner: Address,
        pub model: u8,
        pub size: u64,
        pub price: u128,
        pub settlement: super::types::Settlement,
        pub holding: super::types::Holding,
        pub market: super::types::SeriesState,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for FuturePositionSettled {
        const DISCRIMINATOR: [u8; 8] = [164, 186, 225, 174, 172, 255, 202, 24];
    }

    /// The bankroll grew.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BankrollAdded {
        pub from: Address,
        pub amount: u64,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for BankrollAdded {
        const DISCRIMINATOR: [u8; 8] = [210, 221, 183, 52, 240, 227, 73, 158];
    }

    /// Governance took free bankroll.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct BankrollRemoved {
        pub to: Address,
        pub amount: u64,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for BankrollRemoved {
        const DISCRIMINATOR: [u8; 8] = [56, 41, 33, 47, 237, 129, 142, 59];
    }

    /// The insurance fund grew.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct InsuranceAdded {
        pub from: Address,
        pub amount: u64,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for InsuranceAdded {
        const DISCRIMINATOR: [u8; 8] = [197, 13, 19, 19, 35, 225, 225, 0];
    }

    /// Tokens nobody accounted for became insurance.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct SurplusSwept {
        pub amount: u64,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for SurplusSwept {
        const DISCRIMINATOR: [u8; 8] = [10, 228, 130, 83, 221, 240, 210, 32];
    }

    /// Profit that cannot be paid now stands as a claim.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ClaimRecorded {
        pub claim: Address,
        pub trader: Address,
        pub number: u64,
        pub start: u128,
        pub amount: u64,
        pub at: i64,
    }

    impl Event for ClaimRecorded {
        const DISCRIMINATOR: [u8; 8] = [46, 183, 32, 80, 59, 171, 138, 224];
    }

    /// A claim was paid, in part or whole.
    #[derive(BorshSerialize, Clone, Copy, Default)]
    pub struct ClaimPaid {
        pub claim: Address,
        pub trader: Address,
        pub number: u64,
        pub amount: u64,
        pub paid: u64,
        pub balance: super::types::Balance,
        pub funds: super::types::Funds,
        pub at: i64,
    }

    impl Event for ClaimPaid {
        const DISCRIMINATOR: [u8; 8] = [212, 155, 88, 118, 128, 99, 132, 42];
    }
}

/// Numbered errors, one cause each. Numbers are append-only.
pub mod fault {
    plumbline_shared::faults! {
        UNKNOWN_PARAMETER = 6000, "UnknownParameter", "Parameter is not one of the exchange";
        PARAMETER_OUT_OF_BOUNDS = 6001, "ParameterOutOfBounds", "Parameter is outside its bounds";
        MARGINS_CROSSED = 6002, "MarginsCrossed", "Maintenance margin must stay below initial margin";
        INVALID_INFER_MINT = 6003, "InvalidInferMint", "INFER mint must have 9 decimals";
        NOT_AUTHORITY = 6004, "NotAuthority", "Signer is neither the admin nor the governance authority";
        INVALID_PRICE = 6005, "InvalidPrice", "Starting price is outside the range of prices";
        ZERO_AMOUNT = 6006, "ZeroAmount", "Amount must be above zero";
        INSUFFICIENT_COLLATERAL = 6007, "InsufficientCollateral", "Free collateral does not cover the amount";
        TRADING_PAUSED = 6008, "TradingPaused", "Opening is paused";
        PRICE_STALE = 6009, "PriceStale", "No purchase has confirmed the price for too long";
        ZERO_SIZE = 6010, "ZeroSize", "Size and margin are both zero";
        SIZE_TOO_LARGE = 6011, "SizeTooLarge", "Position would be larger than positions may be";
        OPPOSITE_SIDE = 6012, "OppositeSide", "A position of the other side has to be closed first";
        OPEN_INTEREST_ABOVE_LIMIT = 6013, "OpenInterestAboveLimit", "Open interest of the side would pass its limit";
        OPEN_INTEREST_ABOVE_BANKROLL = 6014, "OpenInterestAboveBankroll", "Open interest would pass what the bankroll carries";
        INSUFFICIENT_MARGIN = 6015, "InsufficientMargin", "Margin does not cover the position";
        PRICE_BEYOND_LIMIT = 6016, "PriceBeyondLimit", "Price is worse than the limit of the trader";
        SIZE_ABOVE_POSITION = 6017, "SizeAbovePosition", "More than the position is to be closed";
        NO_POSITION = 6018, "NoPosition", "Position is empty";
        POSITION_HEALTHY = 6019, "PositionHealthy", "Position has its maintenance margin";
        FUNDING_NOT_DUE = 6020, "FundingNotDue", "Funding of the position was paid less than an interval ago";
        BANKROLL_NOT_FREE = 6021, "BankrollNotFree", "Open notional stands against the bankroll";
        NOTHING_TO_PAY = 6022, "NothingToPay", "No inflow has funded more of the claim";
        INVALID_DELIVERY = 6023, "InvalidDelivery", "Delivery must begin from now on and not after the expiry, and the expiry lie within three years";
        TOO_MANY_MILESTONES = 6024, "TooManyMilestones", "The index waits for as many times as it can hold";
        SERIES_EXPIRED = 6025, "SeriesExpired", "Series has expired";
        SERIES_NOT_EXPIRED = 6026, "SeriesNotExpired", "Series has not expired";
        SERIES_SETTLED = 6027, "SeriesSettled", "Series is already settled";
        SERIES_NOT_SETTLED = 6028, "SeriesNotSettled", "Series is not settled";
        NOTHING_TO_SWEEP = 6029, "NothingToSweep", "Vaults hold what is accounted for";
    }
}
