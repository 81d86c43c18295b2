//! Telling the exchange of a settled purchase, by which its index moves. Where a model has no index there is nobody to
//! tell; the address of the index is fixed when the order is created, so that nobody can leave the exchange out.

use alloc::vec::Vec;
use pinocchio::{
    ProgramResult,
    cpi::invoke_signed,
    error::ProgramError,
    instruction::{InstructionAccount, InstructionView},
};
use plumbline_shared::{
    account::{Accounts, Slot},
    create::Authority,
    discriminator::{self, instruction},
};

use crate::{
    amount::infer_credit,
    state::{MARKETPLACE_SEED, Order, Settings},
};

const RECORD_PURCHASE: [u8; discriminator::LEN] = instruction("record_purchase");
/// Tag, model, GPU-seconds, price.
const DATA_LEN: usize = 25;

/// The exchange's accounts, last in every instruction that pays for use.
pub struct Purchase {
    exchange_program: Slot,
    exchange: Slot,
    index: Slot,
}

impl Purchase {
    pub fn load(accounts: &mut Accounts) -> Result<Self, ProgramError> {
        Ok(Self {
            exchange_program: accounts.any("exchange_program")?,
            exchange: accounts.any("exchange")?,
            index: accounts.any("index")?,
        })
    }

    pub fn check(&self, order: &Order, settings: &Settings) -> ProgramResult {
        self.index.require_writable()?;
        self.exchange_program.require_address(&settings.exchange_program)?;
        self.exchange.require_address(&settings.exchange)?;
        self.index.require_address(&order.index)
    }

    /// `gpu_seconds` of the order were paid for.
    pub fn record(&self, marketplace: &Slot, settings: &Settings, order: &Order, gpu_seconds: u64) -> ProgramResult {
        if gpu_seconds == 0 || !self.index.view.owned_by(self.exchange_program.key()) {
            return Ok(());
        }
        let is_usdc = order.mint == settings.usdc_mint;
        let price = infer_credit(settings, order.price_per_gpu_hour, is_usdc)?;
        let mut data = Vec::with_capacity(DATA_LEN);
        data.extend_from_slice(&RECORD_PURCHASE);
        data.push(order.model);
        data.extend_from_slice(&gpu_seconds.to_le_bytes());
        data.extend_from_slice(&price.to_le_bytes());
        let accounts = [
            InstructionAccount::readonly_signer(marketplace.key()),
            InstructionAccount::readonly(self.exchange.key()),
            InstructionAccount::writable(self.index.key()),
        ];
        let call = InstructionView { program_id: self.exchange_program.key(), accounts: &accounts, data: &data };
        let views = [&marketplace.view, &self.exchange.view, &self.index.view];
        let authority = Authority { seeds: &[MARKETPLACE_SEED], bump: settings.bump };
        authority.sign(|signers| invoke_signed(&call, &views, signers))
    }
}
