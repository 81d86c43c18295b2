//! Shares, commission and USDC settlement. Every quotient is rounded down; overflow aborts.

use plumbline_shared::math::{add, mul_div, mul_div_u64};

use crate::{
    constants::{MAX_COMMISSION_BPS, USDC_PRECISION_FACTOR},
    state::{OperatorPool, StakingRecord},
};

/// What an amount splits into: the operator's commission, and the rest for the delegators.
pub struct Split {
    pub commission: u64,
    pub rest: u64,
}

/// `commission = floor(amount * rate_bps / 10000)`; the remainder goes to the delegators.
pub fn split_commission(amount: u64, rate_bps: u16) -> Split {
    let commission = mul_div_u64(amount, u64::from(rate_bps), u64::from(MAX_COMMISSION_BPS));
    // rate_bps <= 10000 is checked where it is set, so the commission never exceeds the amount.
    Split { commission, rest: amount.saturating_sub(commission) }
}

impl OperatorPool {
    /// Shares that `token_amount` buys now: one to one in an empty pool, else `floor(tokens * shares / staked)`.
    pub fn shares_for(&self, token_amount: u64) -> u64 {
        if self.total_shares == 0 {
            return token_amount;
        }
        mul_div_u64(token_amount, self.total_shares, self.total_staked_amount)
    }

    /// Tokens that `shares` are worth now: `floor(shares * staked / total shares)`.
    pub fn tokens_for(&self, shares: u64) -> u64 {
        if shares == 0 {
            return 0;
        }
        mul_div_u64(shares, self.total_staked_amount, self.total_shares)
    }

    /// Settle `record`, then add stake at today's price. Returns the shares minted, already in the record.
    pub fn add_stake(&mut self, record: &mut StakingRecord, token_amount: u64) -> u64 {
        record.settle(self.cumulative_usdc_per_share);
        let shares = self.shares_for(token_amount);
        self.total_staked_amount = add(self.total_staked_amount, token_amount);
        self.total_shares = add(self.total_shares, shares);
        record.shares = add(record.shares, shares);
        shares
    }

    /// Raise the USDC index by `floor(amount * 10^18 / shares)`. Without shares nobody can be owed, it stays.
    pub fn distribute_usdc(&mut self, amount: u64) {
        if self.total_shares == 0 || amount == 0 {
            return;
        }
        let growth = mul_div(u128::from(amount), USDC_PRECISION_FACTOR, u128::from(self.total_shares));
        self.cumulative_usdc_per_share =
            self.cumulative_usdc_per_share.checked_add(growth).expect("index exceeds 128 bits");
    }
}

impl StakingRecord {
    /// Book the USDC earned on the present shares since the last settlement at index `cumulative`.
    pub fn settle(&mut self, cumulative: u128) {
        let growth = cumulative.saturating_sub(self.last_settled_usdc_per_share);
        let earned = mul_div(u128::from(self.shares), growth, USDC_PRECISION_FACTOR);
        // The interface truncates the quotient; USDC supply keeps it far below 64 bits.
        self.accrued_usdc_earnings = add(self.accrued_usdc_earnings, earned as u64);
        self.last_settled_usdc_per_share = cumulative;
    }
}
