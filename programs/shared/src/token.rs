//! Classic SPL token accounts: reading, checking, moving.

use pinocchio::{Address, error::ProgramError};
use pinocchio_token::instructions::Transfer;

use crate::{
    account::{Accounts, Slot},
    create::Authority,
    fault,
};

/// Address of the classic token program.
pub const TOKEN_PROGRAM: Address = pinocchio_token::ID;
/// Size of a token account in bytes.
pub const ACCOUNT_LEN: usize = 165;
const MINT_LEN: usize = 82;
const MINT_INITIALIZED_AT: usize = 45;
const STATE_AT: usize = 108;

/// A token account as it was when loaded.
#[derive(Clone, Copy)]
pub struct TokenAccount {
    pub slot: Slot,
    pub mint: Address,
    pub holder: Address,
    pub amount: u64,
}

impl TokenAccount {
    pub fn key(&self) -> &Address {
        self.slot.key()
    }

    /// Held by `holder`: 2015, without an account name as in Anchor.
    pub fn require_holder(&self, holder: &Address) -> Result<(), ProgramError> {
        fault::require(self.holder == *holder, &fault::CONSTRAINT_TOKEN_OWNER)
    }

    /// Of `mint`: 2014, without an account name as in Anchor.
    pub fn require_mint(&self, mint: &Address) -> Result<(), ProgramError> {
        fault::require(self.mint == *mint, &fault::CONSTRAINT_TOKEN_MINT)
    }
}

impl Accounts<'_> {
    /// Next account, a token account: 3012, 3007, or the token program's own unpack error.
    pub fn token_account(&mut self, name: &'static str) -> Result<TokenAccount, ProgramError> {
        read_account(self.any(name)?)
    }

    /// Next account, an initialized mint: 3012, 3007, or the token program's own unpack error.
    pub fn mint(&mut self, name: &'static str) -> Result<Slot, ProgramError> {
        let slot = self.any(name)?;
        slot.require_owner(&TOKEN_PROGRAM)?;
        let data = slot.view.try_borrow()?;
        if data.len() != MINT_LEN {
            return Err(ProgramError::InvalidAccountData);
        }
        match data[MINT_INITIALIZED_AT] {
            1 => Ok(slot),
            0 => Err(ProgramError::UninitializedAccount),
            _ => Err(ProgramError::InvalidAccountData),
        }
    }

    /// Next account, the classic token program: 3008, 3009.
    pub fn token_program(&mut self, name: &'static str) -> Result<Slot, ProgramError> {
        self.program(name, &TOKEN_PROGRAM)
    }

    /// Next account, the system program: 3008, 3009.
    pub fn system_program(&mut self, name: &'static str) -> Result<Slot, ProgramError> {
        self.program(name, &pinocchio_system::ID)
    }
}

/// Read a token account from its slot: 3012, 3007, or the token program's own unpack error.
pub fn read_account(slot: Slot) -> Result<TokenAccount, ProgramError> {
    slot.require_owner(&TOKEN_PROGRAM)?;
    let data = slot.view.try_borrow()?;
    if data.len() != ACCOUNT_LEN || data[STATE_AT] > 2 {
        return Err(ProgramError::InvalidAccountData);
    }
    if data[STATE_AT] == 0 {
        return Err(ProgramError::UninitializedAccount);
    }
    let (mint, rest) = data.split_first_chunk::<32>().ok_or(ProgramError::InvalidAccountData)?;
    let (holder, rest) = rest.split_first_chunk::<32>().ok_or(ProgramError::InvalidAccountData)?;
    let (amount, _) = rest.split_first_chunk::<8>().ok_or(ProgramError::InvalidAccountData)?;
    Ok(TokenAccount {
        slot,
        mint: Address::new_from_array(*mint),
        holder: Address::new_from_array(*holder),
        amount: u64::from_le_bytes(*amount),
    })
}

/// Move `amount` from `source` to `target` on the signature of `signer`. Zero is really issued.
pub fn transfer(source: &Slot, target: &Slot, signer: &Slot, amount: u64) -> Result<(), ProgramError> {
    Transfer::new(&source.view, &target.view, &signer.view, amount).invoke()
}

/// Move `amount` from a vault of the program: `holder` is the account at the address `authority` signs for.
pub fn transfer_signed(
    source: &Slot,
    target: &Slot,
    holder: &Slot,
    amount: u64,
    authority: Authority,
) -> Result<(), ProgramError> {
    authority.sign(|signers| Transfer::new(&source.view, &target.view, &holder.view, amount).invoke_signed(signers))
}
