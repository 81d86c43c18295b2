/**
 * The instructions of our programs in one transaction, with named accounts and arguments; of failed transactions too.
 * @module
 */
import type { Transaction } from '../domain/chain.ts';
import type { CallNode, CallTree } from './call-tree.ts';
import { isEventCall } from './decode-events.ts';
import type { DecodedInstruction, Undecoded, UndecodedReason } from './decoded-block.ts';
import { type RegisteredProgram, versionAt } from './registry.ts';

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
  const { data } = node.instruction;
  const version = versionAt(program, slot);
  if (version === null) return 'unknown_program_version';
  const instruction = version.instructions.find(data, 0);
  if (instruction === null) return 'unknown_discriminator';
  if (instruction.decoder === null) return 'unsupported_layout';
  const args = instruction.decoder.decodePrefix(data, instruction.discriminator.length);
  if (typeof args === 'string') return args;
  const trailingByteCount = data.length - instruction.decoder.endOffset();
  const accounts = namedAccounts(transaction, node, instruction.accountNames);
  if (accounts === null) return 'bad_encoding';
  return {
    transactionIndex: transaction.index,
    path: node.path,
    programId: program.id,
    name: instruction.name,
    failed: transaction.error !== null,
    accounts,
    data,
    args,
    layout: instruction.decoder.layout,
    trailingByteCount,
  };
}

/** Accounts as given, named in order; an optional one that is left out stands as the program's own address. */
function namedAccounts(
  transaction: Transaction,
  node: CallNode,
  names: readonly string[],
): DecodedInstruction['accounts'] | null {
  const accounts: DecodedInstruction['accounts'][number][] = [];
  for (const [position, keyIndex] of node.instruction.accounts.entries()) {
    const publicKey = transaction.accountKeys[keyIndex];
    if (publicKey === undefined) return null;
    accounts.push({ name: names[position] ?? null, publicKey });
  }
  return accounts;
}

function undecodedInstruction(
  transaction: Transaction,
  node: CallNode,
  program: RegisteredProgram,
  reason: UndecodedReason,
): Undecoded {
  return {
    transactionIndex: transaction.index,
    path: node.path,
    programId: program.id,
    source: 'instruction',
    ordinal: 0,
    reason,
    data: node.instruction.data,
    publicKey: null,
  };
}
