/**
 * States of our programs' accounts. An account may be larger than its layout, and a value that shrank leaves old bytes
 * behind it, so only the front is read.
 * @module
 */
import type { AccountState } from '../domain/chain.ts';
import type { DecodedAccount, Undecoded, UndecodedReason } from './decoded-block.ts';
import { type RegisteredProgram, type Registry, versionAt } from './registry.ts';

export interface BlockAccounts {
  readonly accounts: readonly DecodedAccount[];
  readonly undecoded: readonly Undecoded[];
}

/** Every state gives a `DecodedAccount`; one of ours that cannot be read has no name there and a row in `undecoded`. */
export function decodeAccounts(states: readonly AccountState[], registry: Registry, slot: bigint): BlockAccounts {
  const accounts: DecodedAccount[] = [];
  const undecoded: Undecoded[] = [];
  for (const state of states) {
    const program = state.lamports === 0n ? null : registry.program(state.owner);
    const decoded = program === null ? 'gone' : decodeAccount(state, program, slot);
    if (typeof decoded !== 'string') accounts.push(decoded);
    else accounts.push({ state, name: '', fields: {}, layout: null });
    if (program !== null && typeof decoded === 'string') undecoded.push(undecodedAccount(state, program, decoded));
  }
  return { accounts, undecoded };
}

function decodeAccount(
  state: AccountState,
  program: RegisteredProgram,
  slot: bigint,
): DecodedAccount | UndecodedReason {
  const version = versionAt(program, slot);
  if (version === null) return 'unknown_program_version';
  const account = version.accounts.find(state.data, 0);
  if (account === null) return 'unknown_discriminator';
  if (account.decoder === null) return 'unsupported_layout';
  const fields = account.decoder.decodePrefix(state.data, account.discriminator.length);
  if (typeof fields === 'string') return fields;
  return { state, name: account.name, fields, layout: account.decoder.layout };
}

function undecodedAccount(
  state: AccountState,
  program: RegisteredProgram,
  reason: UndecodedReason | 'gone',
): Undecoded {
  return {
    transactionIndex: 0,
    path: [],
    programId: program.id,
    source: 'account',
    ordinal: 0,
    reason: reason as UndecodedReason,
    data: state.data,
    position: 0,
    transport: '',
    accounts: [],
    publicKey: state.publicKey,
  };
}
