//! `push_parameters`: every value that a program acts by, sent to it. Changes nothing where the program has them already.

use pinocchio::ProgramResult;
use plumbline_shared::{entry::read_args, parameters::COUNT};

use super::Context;
use crate::{
    interface::{args::PushParametersArgs, fault, types::ParameterChange},
    own,
    targets::{Program, Target, check_authority},
};

pub fn process((program_id, mut accounts): Context, data: &[u8]) -> ProgramResult {
    let args: PushParametersArgs = read_args(data)?;
    let governance = own::governance(&mut accounts, program_id)?;
    let table = own::parameters(&mut accounts, program_id)?;
    let authority = accounts.any("authority")?;
    let program = accounts.any("target_program")?;
    let account = accounts.any("target")?;

    check_authority(&authority, &governance, program_id)?;
    let which = Program::from_number(args.program)?;
    let target = Target { which, program: &program, account: &account, authority: &authority };
    target.check(&governance)?;
    account.require_writable()?;
    account.require(target.is_set_up(), &fault::PROGRAM_NOT_SET_UP)?;
    account.require(target.accepts()?, &fault::NOT_STAKING_ADMIN)?;

    let all = (0..COUNT as u16).map(|id| ParameterChange { id, value: table.value(id) });
    target.push(all, &governance)
}
