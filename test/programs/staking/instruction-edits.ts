/**
 * Instructions with one account changed, to see that the program notices.
 * @module
 */
import { type Address, isSignerRole, isWritableRole } from '@solana/kit';
import { accountMeta, type ProgramInstruction } from '../../../programs/client/instruction.ts';

/** Another address in a place, with the same flags. */
export function withAccount(instruction: ProgramInstruction, index: number, address: Address): ProgramInstruction {
  return edit(instruction, index, (meta) => ({ ...meta, address }));
}

export function withoutSignature(instruction: ProgramInstruction, index: number): ProgramInstruction {
  return edit(instruction, index, ({ address, role }) => accountMeta(address, isWritableRole(role), false));
}

export function asReadonly(instruction: ProgramInstruction, index: number): ProgramInstruction {
  return edit(instruction, index, ({ address, role }) => accountMeta(address, false, isSignerRole(role)));
}

function edit(
  instruction: ProgramInstruction,
  index: number,
  change: (meta: ProgramInstruction['accounts'][number]) => ProgramInstruction['accounts'][number],
): ProgramInstruction {
  const accounts = instruction.accounts.map((meta, at) => (at === index ? change(meta) : meta));
  return { ...instruction, accounts };
}
