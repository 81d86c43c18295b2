//! Paying a provider out of an order's vault: fee and its parts, buyer's and provider's record of fees, the exchange's
//! index. The one place where money leaves a vault for use.
//!
//! Fee and parts are floors of the order's totals less what was already paid, so that paying often takes nothing from
//! anybody. The treasury has what burn and verifiers leave of each fee.

use pinocchio::{ProgramResult, error::ProgramError};
use pinocchio_token::instructions::Burn;
use plumbline_shared::{
    account::{Accounts, Loaded, Slot},
    fault,
    token::TokenAccount,
};

use crate::{
    amount::{add, infer_credit, part, sub},
    faults,
    operator_pool::read_pool,
    order_end::{pay, sign_as_order},
    state::{Buyer, Order, Provider, Settings},
};

/// The parts of an amount that is paid for use; `provider + treasury + burn + verifier` is the amount.
#[derive(Default)]
pub struct Parts {
    pub provider: u64,
    pub fee: u64,
    pub treasury: u64,
    pub burn: u64,
    pub verifier: u64,
}

/// The parts of the next `gross` of an order. Only INFER is burned: USDC's burn part stays with the treasury.
pub fn next_parts(order: &Order, gross: u64, is_usdc: bool) -> Result<Parts, ProgramError> {
    let fee_total = part(add(order.paid, gross)?, order.platform_fee_bps)?;
    let fee = sub(fee_total, order.fee_paid)?;
    let owed = |bps, paid: u64| Ok::<u64, ProgramError>(part(fee_total, bps)?.saturating_sub(paid));
    let verifier = owed(order.fee_verifier_bps, order.verifier_paid)?.min(fee);
    let left = sub(fee, verifier)?;
    let burn = if is_usdc { 0 } else { owed(order.fee_burn_bps, order.burn_paid)?.min(left) };
    Ok(Parts { provider: sub(gross, fee)?, fee, treasury: sub(left, burn)?, burn, verifier })
}

/// What was paid, for the event.
pub struct Paid {
    pub parts: Parts,
    pub is_to_staking: bool,
    pub fee_infer: u64,
}

/// The accounts that a payment for use touches, beside the order and its vault.
pub struct Payment {
    pub buyer_record: Loaded<Buyer>,
    pub pool: Slot,
    pub mint: Slot,
    pub provider_account: TokenAccount,
    pub treasury: TokenAccount,
    pub verifier_vault: TokenAccount,
}

impl Payment {
    pub fn load(accounts: &mut Accounts) -> Result<Self, ProgramError> {
        Ok(Self {
            buyer_record: accounts.load("buyer_record")?,
            pool: accounts.any("operator_pool")?,
            mint: accounts.mint("mint")?,
            provider_account: accounts.token_account("provider_token_account")?,
            treasury: accounts.token_account("treasury")?,
            verifier_vault: accounts.token_account("verifier_vault")?,
        })
    }

    /// Record, pool, mint, treasury and verifier vault are the order's and the marketplace's.
    pub fn check(&self, order: &Order, settings: &Settings) -> ProgramResult {
        let written = [
            &self.buyer_record.slot,
            &self.mint,
            &self.provider_account.slot,
            &self.treasury.slot,
            &self.verifier_vault.slot,
        ];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.buyer_record.slot.require(self.buyer_record.buyer == order.buyer, &fault::CONSTRAINT_HAS_ONE)?;
        self.pool.require_address(&order.operator_pool)?;
        self.mint.require_address(&order.mint)?;
        let (treasury, verifier_vault) = if order.mint == settings.usdc_mint {
            (&settings.usdc_treasury, &settings.usdc_verifier_vault)
        } else {
            (&settings.infer_treasury, &settings.infer_verifier_vault)
        };
        self.treasury.slot.require(self.treasury.key() == treasury, &faults::INVALID_TREASURY)?;
        self.verifier_vault.slot.require(self.verifier_vault.key() == verifier_vault, &fault::CONSTRAINT_ADDRESS)
    }

    /// Pay `gross` for use, and `surplus` of strangers to the treasury. Order and provider are changed, not stored.
    pub fn pay(
        &mut self,
        settings: &Settings,
        provider: &mut Provider,
        order: &mut Loaded<Order>,
        vault: &TokenAccount,
        (gross, surplus): (u64, u64),
    ) -> Result<Paid, ProgramError> {
        let is_usdc = order.mint == settings.usdc_mint;
        let is_to_staking = self.check_provider_account(settings, provider, order)?;
        let parts = next_parts(order, gross, is_usdc)?;
        pay(order, vault, &self.provider_account.slot, parts.provider)?;
        pay(order, vault, &self.treasury.slot, add(parts.treasury, surplus)?)?;
        pay(order, vault, &self.verifier_vault.slot, parts.verifier)?;
        if parts.burn > 0 {
            let burn = Burn::new(&vault.slot.view, &self.mint.view, &order.slot.view, parts.burn);
            sign_as_order(order, |authority| authority.sign(|signers| burn.invoke_signed(signers)))?;
        }
        order.paid = add(order.paid, gross)?;
        order.fee_paid = add(order.fee_paid, parts.fee)?;
        order.burn_paid = add(order.burn_paid, parts.burn)?;
        order.verifier_paid = add(order.verifier_paid, parts.verifier)?;
        let fee_infer = infer_credit(settings, parts.fee, is_usdc)?;
        provider.fees_earned_on = add(provider.fees_earned_on, fee_infer)?;
        self.buyer_record.fees_paid = add(self.buyer_record.fees_paid, fee_infer)?;
        self.buyer_record.store()?;
        Ok(Paid { parts, is_to_staking, fee_infer })
    }

    /// The provider's share may go to one place only (6032). Returns whether that is the staking program's vault: for
    /// USDC while the order's pool can attribute it to shares. INFER always goes to the payout wallet.
    fn check_provider_account(
        &self,
        settings: &Settings,
        provider: &Provider,
        order: &Order,
    ) -> Result<bool, ProgramError> {
        let pool = read_pool(&self.pool, &settings.staking_program)?;
        let is_to_staking = order.mint == settings.usdc_mint && pool.is_open_with_shares;
        let account = &self.provider_account;
        let is_due = if is_to_staking {
            *account.key() == settings.staking_usdc_vault
        } else {
            account.holder == provider.payout && account.mint == order.mint
        };
        account.slot.require(is_due, &faults::INVALID_PROVIDER_TOKEN_ACCOUNT)?;
        Ok(is_to_staking)
    }
}
