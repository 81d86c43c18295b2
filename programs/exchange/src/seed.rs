//! Seeds of program addresses, and the version written into accounts.

pub const VERSION: u8 = 1;

pub const EXCHANGE: &[u8] = b"Exchange";
pub const MARGIN_VAULT: &[u8] = b"MarginVault";
pub const BANKROLL_VAULT: &[u8] = b"BankrollVault";
pub const INSURANCE_VAULT: &[u8] = b"InsuranceVault";
pub const INDEX: &[u8] = b"Index";
pub const TRADER: &[u8] = b"Trader";
pub const POSITION: &[u8] = b"Position";
pub const SERIES: &[u8] = b"Series";
pub const FUTURE_POSITION: &[u8] = b"FuturePosition";
pub const CLAIM: &[u8] = b"Claim";
