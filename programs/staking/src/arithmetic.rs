//! Shares, commission and USDC settlement. Every quotient is rounded down, what shares cost is rounded up; overflow aborts.

use plumbline_shared::math::{add, mul_div, mul_div_u64, sub};

use crate::{
    constants::{FEW_SHARES, MAX_COMMISSION_BPS, USDC_PRECISION_FACTOR},
    state::{OperatorPool, StakingRecord},
};

/// What an amount splits into: the operator's commission, and the rest for the delegators.
pub struct Split {
    pub commission: u64,
    pub rest: u64,
}

/// Shares bought, and the tokens taken for them.
pub struct Purchase {
    pub shares: u64,
    pub cost: u64,
}

/// `commission = floor(amount * rate_bps / 10000)`; the remainder goes to the delegators.
pub fn split_commission(amount: u64, rate_bps: u16) -> Split {
    let commission = mul_div_u64(amount, u64::from(rate_bps), u64::from(MAX_COMMISSION_BPS));
    // rate_bps <= 10000 is checked where it is set, so the commission never exceeds the amount.
    Split { commission, rest: amount.saturating_sub(commission) }
}

impl OperatorPool {
    /// What `token_amount` buys now: shares one to one in an empty pool, else `floor(tokens * shares / staked)`.
    ///
    /// The whole amount is taken, and less than the price of one share of it goes to all holders. Where that could be
    /// more than a hundredth of the amount, because few shares are bought, only their price rounded up is taken.
    fn quote(&self, token_amount: u64) -> Purchase {
        if self.total_shares == 0 {
            return Purchase { shares: token_amount, cost: token_amount };
        }
        let shares = mul_div_u64(token_amount, self.total_shares, self.total_staked_amount);
        let cost = if shares < FEW_SHARES { self.price_of(shares) } else { token_amount };
        Purchase { shares, cost }
    }

    /// `ceil(shares * staked / total shares)`.
    fn price_of(&self, shares: u64) -> u64 {
        let value = self.tokens_for(shares);
        let is_exact = u128::from(value).checked_mul(u128::from(self.total_shares))
            == u128::from(shares).checked_mul(u128::from(self.total_staked_amount));
        add(value, u64::from(!is_exact))
    }

    /// Tokens that `shares` are worth now: `floor(shares * staked / total shares)`.
    pub fn tokens_for(&self, shares: u64) -> u64 {
        if shares == 0 {
            return 0;
        }
        mul_div_u64(shares, self.total_staked_amount, self.total_shares)
    }

    /// Settle `record`, then add stake at today's price. The shares bought are already in the record.
    pub fn add_stake(&mut self, record: &mut StakingRecord, token_amount: u64) -> Purchase {
        record.settle(self.cumulative_usdc_per_share);
        let purchase = self.quote(token_amount);
        self.total_staked_amount = add(self.total_staked_amount, purchase.cost);
        self.total_shares = add(self.total_shares, purchase.shares);
        record.shares = add(record.shares, purchase.shares);
        purchase
    }

    /// Settle `record`, then take out `shares` at today's price. Returns the tokens they are worth.
    pub fn remove_stake(&mut self, record: &mut StakingRecord, shares: u64) -> u64 {
        record.settle(self.cumulative_usdc_per_share);
        let tokens = self.tokens_for(shares);
        self.total_staked_amount = sub(self.total_staked_amount, tokens);
        self.total_shares = sub(self.total_shares, shares);
        record.shares = sub(record.shares, shares);
        tokens
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
