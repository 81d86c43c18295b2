//! USDC that records of a pool have settled and not claimed, known exactly without reading the records.
//!
//! Every change of shares settles a record and writes the pool; a claim writes the vault but, by the interface, not the
//! pool. So the debt has two sides. What was settled stands in the last eight bytes of the pool account, which its fields
//! cannot reach. What of it was claimed stands in the vault, as the amount approved to a delegate that can never sign: the
//! vault itself. Both only count; the difference is the debt. A sweep leaves that much in the vault.

use pinocchio::{ProgramResult, error::ProgramError};
use pinocchio_token::instructions::Approve;
use plumbline_shared::{account::Loaded, token::TokenAccount};

use crate::{seeds::sign_for_pool, state::OperatorPool};

/// Place of the delegated amount in a token account.
const DELEGATED_AMOUNT_AT: usize = 121;

/// A record's settled earnings went from `before` to `after` in an instruction that writes the pool.
pub fn book_settlement(pool: &mut Loaded<OperatorPool>, before: u64, after: u64) -> ProgramResult {
    let mut data = pool.slot.view.try_borrow_mut()?;
    let place = data.last_chunk_mut::<8>().ok_or(ProgramError::AccountDataTooSmall)?;
    // Counting modulo 2^64 keeps the difference right whatever the two sides reach.
    let settled = u64::from_le_bytes(*place).wrapping_add(after).wrapping_sub(before);
    *place = settled.to_le_bytes();
    Ok(())
}

/// A claim pays `amount` that instructions before it had settled.
pub fn book_claim(pool: &Loaded<OperatorPool>, vault: &TokenAccount, amount: u64) -> ProgramResult {
    if amount == 0 {
        return Ok(());
    }
    let claimed = claimed(vault)?.wrapping_add(amount);
    let approve = Approve::new(&vault.slot.view, &vault.slot.view, &pool.slot.view, claimed);
    sign_for_pool(pool, |authority| authority.sign(|signers| approve.invoke_signed(signers)))
}

/// What records have settled and not claimed.
pub fn outstanding(pool: &Loaded<OperatorPool>, vault: &TokenAccount) -> Result<u64, ProgramError> {
    let data = pool.slot.view.try_borrow()?;
    let settled = data.last_chunk::<8>().ok_or(ProgramError::AccountDataTooSmall)?;
    Ok(u64::from_le_bytes(*settled).wrapping_sub(claimed(vault)?))
}

fn claimed(vault: &TokenAccount) -> Result<u64, ProgramError> {
    let data = vault.slot.view.try_borrow()?;
    let bytes = data.get(DELEGATED_AMOUNT_AT..).and_then(|rest| rest.first_chunk::<8>());
    bytes.map(|bytes| u64::from_le_bytes(*bytes)).ok_or(ProgramError::InvalidAccountData)
}
