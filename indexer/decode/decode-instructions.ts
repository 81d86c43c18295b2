/**
 * The instructions of our programs in one transaction, with named accounts and arguments; of failed transactions too.
 * @module
 */
import type { Transaction } from '../domain/chain.ts';
import type { CallNode, CallTree } from './call-tree.ts';
import { isEventCall } from './decode-events.ts';
import type { DecodedInstruction, Undecoded, UndecodedReason } from './decoded-block.ts';
import { type ProgramVersion, type RegisteredProgram, versionAt } from './registry.ts';

/** Where the instructions of a block go, and those that are not known. */
export interface InstructionSink {
  readonly instructions: DecodedInstruction[];
  readonly undecoded: Undecoded[];
}

export function decodeInstructions(
  transaction: Transaction,
  tree: CallTree,
  slot: bigint,
  sink: InstructionSink,
): void {
  for (const node of tree.nodes) {
    const { program } = node;
    // The carrier of an event is that event, not an instruction beside it.
    if (program === null || isEventCall(node, transaction)) continue;
    const decoded = decodeInstruction(transaction, node, program, slot);
    if (typeof decoded !== 'string') sink.instructions.push(decoded);
    else sink.undecoded.push(undecodedInstruction(transaction, node, program, decoded));
  }
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
  // Member by member: a spread inside a literal costs more than the decoding of the instruction.
  return {
    transactionIndex: transaction.index,
    path: node.path,
    programId: program.id,
    failed: transaction.error !== null,
    data,
    name: read.name,
    accounts: read.accounts,
    args: read.args,
    layout: read.layout,
    trailingByteCount: read.trailingByteCount,
  };
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
  const accounts: DecodedInstruction['accounts'][number][] = new Array(keys.length);
  for (let position = 0; position < keys.length; position += 1) {
    accounts[position] = { name: accountNames[position] ?? null, publicKey: keys[position] as Uint8Array };
  }
  return { name, accounts, args, layout: decoder.layout, trailingByteCount: data.length - decoder.endOffset() };
}

/** Keys of an instruction's accounts; fewer than it names when an index has no key. */
function keysAt(transaction: Transaction, accounts: Uint8Array): Uint8Array[] {
  const { accountKeys } = transaction;
  const keys: Uint8Array[] = new Array(accounts.length);
  let count = 0;
  for (let position = 0; position < accounts.length; position += 1) {
    const publicKey = accountKeys[accounts[position] as number];
    if (publicKey === undefined) continue;
    keys[count] = publicKey;
    count += 1;
  }
  if (count < keys.length) keys.length = count;
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
