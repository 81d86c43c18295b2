//! `execute_treasury_spend`: the only way out of the treasury. A treasury that holds too little, or a grant above the part
//! that one grant may take, fails the instruction and not the proposal: it may be tried again until its time is over.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    create::Authority,
    event::emit,
    fault::require,
    math::{mul_div_u64, sub},
    parameters::id,
    token::{TokenAccount, transfer_signed},
};

use super::Context;
use crate::{
    action::{GRANTS, TREASURY_SPEND},
    execution::Execution,
    interface::{events::TreasurySpent, fault, types::TreasurySpend},
    own,
    seeds::AUTHORITY_SEED,
    table::Table,
    targets::check_authority,
};

const BPS: u64 = 10_000;

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let table = own::parameters(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let treasury = accounts.token_account("treasury")?;
    let recipient = accounts.token_account("recipient")?;
    accounts.token_program("token_program")?;

    execution.check(&[TREASURY_SPEND])?;
    check_authority(&authority, &execution.governance, program_id)?;
    let spend = execution.proposal.action.spend.ok_or(ProgramError::InvalidAccountData)?;
    let governance = &execution.governance;
    let is_infer = spend.mint == governance.infer_mint;
    treasury.slot.require_address(if is_infer { &governance.infer_treasury } else { &governance.usdc_treasury })?;
    treasury.slot.require_writable()?;
    recipient.slot.require_writable()?;
    check_payment(&spend, &treasury, &recipient, &table)?;

    let signer = Authority { seeds: &[AUTHORITY_SEED], bump: governance.authority_bump };
    transfer_signed(&treasury.slot, &recipient.slot, &authority, spend.amount, signer)?;
    emit(&TreasurySpent {
        proposal: *execution.proposal.key(),
        category: spend.category,
        mint: spend.mint,
        amount: spend.amount,
        treasury: *treasury.key(),
        recipient: spend.recipient,
        balance: sub(treasury.amount, spend.amount),
    })?;
    execution.finish()
}

fn check_payment(
    spend: &TreasurySpend,
    treasury: &TokenAccount,
    recipient: &TokenAccount,
    table: &Table,
) -> ProgramResult {
    let is_recipient = *recipient.key() == spend.recipient && recipient.mint == spend.mint;
    recipient.slot.require(is_recipient && recipient.key() != treasury.key(), &fault::INVALID_RECIPIENT)?;
    require(treasury.amount >= spend.amount, &fault::TREASURY_TOO_SMALL)?;
    if spend.category == GRANTS {
        // Rounded down, against the recipient.
        let most = mul_div_u64(treasury.amount, u64::from(table.bps(id::TREASURY_GRANTS_BPS)), BPS);
        require(spend.amount <= most, &fault::GRANT_TOO_LARGE)?;
    }
    Ok(())
}
