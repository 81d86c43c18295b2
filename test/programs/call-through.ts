/**
 * Sends an instruction through another program: the compiled `caller/`, which stands for any program that calls ours.
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Address, downgradeRoleToNonSigner, getProgramDerivedAddress } from '@solana/kit';
import type { LiteSVM } from 'litesvm';
import { accountMeta, type ProgramInstruction } from '../../programs/client/instruction.ts';
import { addressOf } from './svm.ts';

export const CALLER_PROGRAM = addressOf('caller program');

/** The caller's own address, which signs in every call it makes. */
export async function findCallerAddress(): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress: CALLER_PROGRAM, seeds: ['Caller'] });
  return address;
}

export function addCaller(vm: LiteSVM, program = CALLER_PROGRAM): void {
  vm.addProgram(program, readFileSync(new URL('./caller/caller.so', import.meta.url)));
}

/**
 * The same call, made by the caller program. Marks are kept, but `unsigned` has not signed the transaction: the caller's own
 * address needs no signature there, and any other address has none.
 */
export function throughCaller(
  instruction: ProgramInstruction,
  unsigned: readonly Address[] = [],
  program = CALLER_PROGRAM,
): ProgramInstruction {
  const metas = instruction.accounts.map(({ address, role }) => ({
    address,
    role: unsigned.includes(address) ? downgradeRoleToNonSigner(role) : role,
  }));
  return {
    programAddress: program,
    accounts: [accountMeta(instruction.programAddress, false, false), ...metas],
    data: instruction.data,
  };
}
