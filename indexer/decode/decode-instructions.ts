/**
 * The instructions of our programs in one transaction, with named accounts and arguments; of failed transactions too.
 * @module
 */
import type { Transaction } from '../domain/chain.ts';
import type { CallNode, CallTree } from './call-tree.ts';
import { isEventCall } from './decode-events.ts';
import type { DecodedInstruction, Undecoded, UndecodedReason } from './decoded-block.ts';
import { type ProgramVersion, type RegisteredProgram, versionAt } from './registry.ts';

export interface TransactionInstructions {
  readonly instructions: readonly DecodedInstruction[];
  readonly undecoded: readonly Undecoded[];
}

export function decodeInstructions(transaction: Transaction, tree: CallTree, slot: bigint): TransactionInstructions {
  const instructions: DecodedInstruction[] = [];
  const undecoded: Undecoded[] = [];
  for (const node of tree.nodes) {
    const { program } = node;
    // The carrier of an event is that event, not an instruction beside it.
    if (program === null || isEventCall(node, transaction)) continue;
    const decoded = decodeInstruction(transaction, node, program, slot);
    if (typeof decoded !== 'string') instructions.push(decoded);
    else undecoded.push(undecodedInstruction(transaction, node, program, decoded));
  }
  return { instructions, undecoded };
}

function decodeInstruction(
  transaction: Transaction,
  node: CallNode,
  program: RegisteredProgram,
  slot: bigint,
): DecodedInstruction | UndecodedReason {
  const { accounts, data } = node.instruction;
  const keys = keysAt(transaction, accounts);
  const read = readInstruction(versionAt(program, slot), data, keys);
  if (typeof read === 'string') return read;
  // An index without a key: what was passed is not known.
  if (keys.length !== accounts.length) return 'bad_encoding';
  const { index: transactionIndex, error } = transaction;
  return { transactionIndex, path: node.path, programId: program.id, failed: error !== null, data, ...read };
}

export type ReadInstruction = Pick<DecodedInstruction, 'name' | 'accounts' | 'args' | 'layout' | 'trailingByteCount'>;

/**
 * What an instruction is by a program's version; the reason where it is none of its instructions. Accounts are named in
 * order; an optional one that is left out stands as the program's own address.
 */
export function readInstruction(
  version: ProgramVersion | null,
  data: Uint8Array,
  keys: readonly Uint8Array[],
): ReadInstruction | UndecodedReason {
  if (version === null) return 'unknown_program_version';
  const instruction = version.instructions.find(data, 0);
  if (instruction === null) return 'unknown_discriminator';
  const { name, decoder, accountNames, discriminator } = instruction;
  if (decoder === null) return 'unsupported_layout';
  const args = decoder.decodePrefix(data, discriminator.length);
  if (typeof args === 'string') return args;
  const accounts = keys.map((publicKey, position) => ({ name: accountNames[position] ?? null, publicKey }));
  return { name, accounts, args, layout: decoder.layout, trailingByteCount: data.length - decoder.endOffset() };
}

/** Keys of an instruction's accounts; fewer than it names when an index has no key. */
function keysAt(transaction: Transaction, accounts: Uint8Array): Uint8Array[] {
  const keys: Uint8Array[] = [];
  for (const keyIndex of accounts) {
    const publicKey = transaction.accountKeys[keyIndex];
    if (publicKey !== undefined) keys.push(publicKey);
  }
  return keys;
}

function undecodedInstruction(
  transaction: Transaction,
  node: CallNode,
  program: RegisteredProgram,
  reason: UndecodedReason,
): Undecoded {
  const { accounts, data } = node.instruction;
  const keys = keysAt(transaction, accounts);
  return {
    transactionIndex: transaction.index,
    path: node.path,
    programId: program.id,
    source: 'instruction',
    ordinal: 0,
    reason,
    data,
    position: 0,
    transport: '',
    accounts: keys.length === accounts.length ? keys : [],
    publicKey: null,
  };
}
