//! Numbered errors of the marketplace, one cause each. Numbers are append-only and stand in `idl.json` too.

use plumbline_shared::fault::Fault;

macro_rules! faults {
    ($($constant:ident = $number:literal, $name:literal, $message:literal;)*) => {
        $(pub const $constant: Fault = Fault::new($number, $name, $message);)*
    };
}

faults! {
    INVALID_FEE = 6000, "InvalidFee", "Platform fee is above 10,000 bps";
    INVALID_FEE_SPLIT = 6001, "InvalidFeeSplit", "Treasury, burn and verifier parts of the fee must sum to 10,000 bps";
    INVALID_BOND_RATIO = 6002, "InvalidBondRatio", "Bond ratio is above 10,000 bps";
    INVALID_BOND_RATE = 6003, "InvalidBondRate", "INFER of bond per USDC must be above zero";
    INVALID_DEADLINE = 6004, "InvalidDeadline", "Start deadline and confirm window must be above zero";
    INVALID_CATALOGUE_SIZE = 6005, "InvalidCatalogueSize", "The catalogue must hold 1 to 32 models";
    INVALID_MODEL_NAME = 6006, "InvalidModelName", "Name of a GPU model must have 1 to 32 bytes";
    INVALID_MODEL = 6007, "InvalidModel", "Memory and weight of a GPU model must be above zero";
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
}
