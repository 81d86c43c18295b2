//! `confirm_delivery`: the buyer, or the arbiter in the buyer's place, has a started order paid out.
//!
//! A USDC share goes to the staking program's global USDC vault while the order's pool can attribute it to shares, and
//! to the provider's payout wallet otherwise. An INFER share always goes to the payout wallet.

use pinocchio::{ProgramResult, error::ProgramError};
use pinocchio_token::instructions::Burn;
use plumbline_shared::{
    account::{Loaded, Slot},
    event::emit,
    fault::{self, require},
    runtime::unix_timestamp,
    token::TokenAccount,
};

use super::Context;
use crate::{
    amount::{Split, add, add_seconds, gpu_seconds, split},
    event::OrderSettled,
    faults,
    operator_pool::read_pool,
    order_end::EndingOrder,
    state::{ORDER_CREATED, ORDER_SETTLED, ORDER_STARTED, Settings},
};

struct ConfirmDelivery {
    authority: Slot,
    settings: Loaded<Settings>,
    ending: EndingOrder,
    pool: Slot,
    mint: Slot,
    provider_account: TokenAccount,
    treasury: TokenAccount,
    verifier_vault: TokenAccount,
}

pub fn process(context: Context, _: &[u8]) -> ProgramResult {
    let program_id = context.0;
    let mut call = ConfirmDelivery::load(context)?;
    call.ending.check(program_id)?;
    call.check_accounts()?;
    call.check_order()?;
    call.run()
}

impl ConfirmDelivery {
    fn load((_, mut accounts): Context) -> Result<Self, ProgramError> {
        let call = Self {
            authority: accounts.signer("authority")?,
            settings: accounts.load("marketplace")?,
            ending: EndingOrder {
                provider: accounts.load("provider")?,
                offer: accounts.load("offer")?,
                order: accounts.load("order")?,
                vault: accounts.token_account("vault")?,
                buyer: accounts.any("buyer")?,
            },
            pool: accounts.any("operator_pool")?,
            mint: accounts.mint("mint")?,
            provider_account: accounts.token_account("provider_token_account")?,
            treasury: accounts.token_account("treasury")?,
            verifier_vault: accounts.token_account("verifier_vault")?,
        };
        accounts.token_program("token_program")?;
        Ok(call)
    }

    fn is_usdc(&self) -> bool {
        self.ending.order.mint == self.settings.usdc_mint
    }

    fn check_accounts(&self) -> ProgramResult {
        let order = &self.ending.order;
        let written = [&self.mint, &self.provider_account.slot, &self.treasury.slot, &self.verifier_vault.slot];
        written.into_iter().try_for_each(Slot::require_writable)?;
        self.pool.require_address(&order.operator_pool)?;
        self.mint.require_address(&order.mint)?;
        let (treasury, verifier_vault) = if self.is_usdc() {
            (&self.settings.usdc_treasury, &self.settings.usdc_verifier_vault)
        } else {
            (&self.settings.infer_treasury, &self.settings.infer_verifier_vault)
        };
        self.treasury.slot.require(self.treasury.key() == treasury, &faults::INVALID_TREASURY)?;
        self.verifier_vault.slot.require(self.verifier_vault.key() == verifier_vault, &fault::CONSTRAINT_ADDRESS)
    }

    fn check_order(&self) -> ProgramResult {
        let order = &self.ending.order;
        let is_allowed = [order.buyer, self.settings.arbiter].contains(self.authority.key());
        self.authority.require(is_allowed, &faults::NOT_BUYER_OR_ARBITER)?;
        require(order.status != ORDER_CREATED, &faults::ORDER_NOT_STARTED)?;
        require(order.status == ORDER_STARTED, &faults::ORDER_ENDED)
    }

    fn run(&mut self) -> ProgramResult {
        let now = unix_timestamp()?;
        let parts = split(&self.settings, self.ending.order.amount, self.is_usdc())?;
        let surplus = self.ending.surplus()?;
        let paid_to_staking_vault = self.check_provider_account()?;
        self.pay_out(&parts, surplus)?;

        let window_seconds = self.settings.challenge_window_seconds;
        let challenge_ends_at = add_seconds(now, window_seconds)?;
        let bond_locked = self.ending.order.bond_locked;
        let bond_release_at = self.ending.provider.unlock_later(bond_locked, challenge_ends_at, window_seconds, now)?;
        self.ending.order.challenge_ends_at = challenge_ends_at;
        self.ending.store_ended(ORDER_SETTLED, now)?;
        emit(&self.settled(&parts, surplus, paid_to_staking_vault, bond_release_at))
    }

    /// The provider's share may go to one place only (6032). Returns whether that is the staking program's vault.
    fn check_provider_account(&self) -> Result<bool, ProgramError> {
        let pool = read_pool(&self.pool, &self.settings.staking_program)?;
        let is_to_staking = self.is_usdc() && pool.is_open_with_shares;
        let account = &self.provider_account;
        let is_due = if is_to_staking {
            *account.key() == self.settings.staking_usdc_vault
        } else {
            account.holder == self.ending.provider.payout && account.mint == self.ending.order.mint
        };
        account.slot.require(is_due, &faults::INVALID_PROVIDER_TOKEN_ACCOUNT)?;
        Ok(is_to_staking)
    }

    fn pay_out(&self, parts: &Split, surplus: u64) -> ProgramResult {
        let ending = &self.ending;
        ending.pay(&self.provider_account.slot, parts.provider)?;
        ending.pay(&self.treasury.slot, add(parts.treasury, surplus)?)?;
        ending.pay(&self.verifier_vault.slot, parts.verifier)?;
        if parts.burn > 0 {
            let burn = Burn::new(&ending.vault.slot.view, &self.mint.view, &ending.order.slot.view, parts.burn);
            ending.sign(|authority| authority.sign(|signers| burn.invoke_signed(signers)))?;
        }
        ending.close_vault()
    }

    fn settled(&self, parts: &Split, surplus: u64, paid_to_staking_vault: bool, bond_release_at: i64) -> OrderSettled {
        let order = &self.ending.order;
        OrderSettled {
            order: *order.key(),
            provider: order.provider,
            operator_pool: order.operator_pool,
            buyer: order.buyer,
            model: order.model,
            mint: order.mint,
            gpu_seconds: gpu_seconds(order.units, order.seconds),
            amount: order.amount,
            provider_amount: parts.provider,
            fee: parts.fee,
            fee_treasury: parts.treasury,
            fee_burn: parts.burn,
            fee_verifier: parts.verifier,
            paid_to: *self.provider_account.key(),
            paid_to_staking_vault,
            settled_at: order.ended_at,
            challenge_ends_at: order.challenge_ends_at,
            bond_locked: order.bond_locked,
            bond_release_at,
            surplus,
            confirmed_by: *self.authority.key(),
        }
    }
}
