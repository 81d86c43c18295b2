//! `execute_bankroll_return`: free bankroll comes back from the exchange to the treasury, and nowhere else. How much is free
//! the exchange says: what exceeds the notional of all open positions. When that is less than the proposal asks for, the
//! instruction fails and not the proposal: it may be tried again until its time is over.

use pinocchio::{ProgramResult, error::ProgramError};
use plumbline_shared::{
    account::Slot,
    discriminator::{self, instruction},
};

use super::Context;
use crate::{
    action::BANKROLL_RETURN,
    call::{Role, call},
    execution::Execution,
    interface::fault,
    targets::{Program, Target, check_authority},
};

const REMOVE_BANKROLL: [u8; discriminator::LEN] = instruction("remove_bankroll");

pub fn process((program_id, mut accounts): Context, _: &[u8]) -> ProgramResult {
    let mut execution = Execution::load(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let exchange_program = accounts.any("exchange_program")?;
    let exchange = accounts.any("exchange")?;
    let bankroll_vault = accounts.any("bankroll_vault")?;
    let treasury = accounts.token_account("treasury")?;
    let token_program = accounts.token_program("token_program")?;

    execution.check(&[BANKROLL_RETURN])?;
    check_authority(&authority, &execution.governance, program_id)?;
    let target =
        Target { which: Program::Exchange, program: &exchange_program, account: &exchange, authority: &authority };
    target.check(&execution.governance)?;
    exchange.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;
    treasury.slot.require_address(&execution.governance.infer_treasury)?;
    [&exchange, &bankroll_vault, &treasury.slot].into_iter().try_for_each(Slot::require_writable)?;

    let spend = execution.proposal.action.spend.ok_or(ProgramError::InvalidAccountData)?;
    let [a, b, c, d, e, f, g, h] = spend.amount.to_le_bytes();
    let [i, j, k, l, m, n, o, p] = REMOVE_BANKROLL;
    let roles = [
        Role::signer(&authority),
        Role::writable(&exchange),
        Role::writable(&bankroll_vault),
        Role::writable(&treasury.slot),
        Role::readonly(&token_program),
    ];
    let bump = execution.governance.authority_bump;
    call(&exchange_program, &roles, &[i, j, k, l, m, n, o, p, a, b, c, d, e, f, g, h], bump)?;
    execution.finish()
}
