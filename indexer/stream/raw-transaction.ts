/**
 * A `SubscribeUpdateTransactionInfo` from its bytes. Reads what a `Transaction` holds and steps over rewards
 * and return data. Byte fields are views of the message.
 *
 * Source of the field numbers: geyser.proto and solana-storage.proto of yellowstone-grpc 15.1.
 * @module
 */
import type {
  BalanceTurn,
  CompiledInstruction,
  InnerInstruction,
  InnerInstructions,
  TokenChange,
  Transaction,
} from '../domain/chain.ts';
import { messageOf } from '../domain/errors.ts';
import { type TokenAmount, tokenChangesOf } from '../domain/token-changes.ts';
import { SIGNATURE_BYTES } from '../domain/units.ts';
import { eachTurn, isWhole, type PackedRange } from './balance-turns.ts';
import { badMessage, NO_BYTES, type WireReader } from './wire-reader.ts';

interface Draft {
  index: number;
  isVote: boolean;
  signature: Uint8Array | null;
  staticKeys: Uint8Array[] | null;
  instructions: CompiledInstruction[];
  meta: Meta | null;
}

interface Meta {
  error: Uint8Array | null;
  feeLamports: bigint;
  innerInstructions: InnerInstructions[];
  logMessages: string[] | null;
  loadedWritable: Uint8Array[];
  loadedReadonly: Uint8Array[];
  computeUnits: bigint | null;
  before: PackedRange;
  after: PackedRange;
  tokensBefore: TokenAmount[];
  tokensAfter: TokenAmount[];
}

/** The transaction that starts here and goes to `end`; `null` when it is a vote. */
export function readTransactionInfo(reader: WireReader, end: number): Transaction | null {
  const draft: Draft = { index: 0, isVote: false, signature: null, staticKeys: null, instructions: [], meta: null };
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) draft.signature = reader.view(end);
    else if (tag === 16) draft.isVote = reader.uint64() !== 0n;
    else if (tag === 26) readSigned(reader, reader.enter(end), draft);
    else if (tag === 34) draft.meta = readMeta(reader, reader.enter(end));
    else if (tag === 40) draft.index = Number(reader.uint64());
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return draft.isVote ? null : complete(draft, reader.bytes);
}

function complete({ index, signature, staticKeys, instructions, meta }: Draft, bytes: Uint8Array): Transaction {
  if (signature?.length !== SIGNATURE_BYTES) badMessage('a transaction without a signature');
  if (staticKeys === null || meta === null) badMessage('a transaction without its message or its meta');
  const accountKeys =
    meta.loadedWritable.length + meta.loadedReadonly.length === 0
      ? staticKeys
      : [...staticKeys, ...meta.loadedWritable, ...meta.loadedReadonly];
  return {
    index,
    signature,
    error: meta.error,
    accountKeys,
    instructions,
    innerInstructions: meta.innerInstructions,
    logMessages: meta.logMessages,
    feeLamports: meta.feeLamports,
    computeUnits: meta.computeUnits,
    balanceTurns: meta.error === null ? turnsIn(bytes, meta, accountKeys) : NO_TURNS,
    tokenChanges: meta.error === null ? changesIn(meta, accountKeys) : NO_CHANGES,
  };
}

const NO_TURNS: readonly BalanceTurn[] = [];
const NO_CHANGES: readonly TokenChange[] = [];

function changesIn({ tokensBefore, tokensAfter }: Meta, accountKeys: readonly Uint8Array[]): readonly TokenChange[] {
  try {
    return tokenChangesOf(accountKeys, tokensBefore, tokensAfter);
  } catch (error) {
    return badMessage(messageOf(error), error);
  }
}

function turnsIn(
  bytes: Uint8Array,
  { before, after }: Meta,
  accountKeys: readonly Uint8Array[],
): readonly BalanceTurn[] {
  let turns: BalanceTurn[] | null = null;
  eachTurn(bytes, before, after, (index, isEmptied) => {
    const publicKey = accountKeys[index];
    if (publicKey === undefined) return;
    turns ??= [];
    turns.push({ publicKey, isEmptied });
  });
  return turns ?? NO_TURNS;
}

function readSigned(reader: WireReader, end: number, draft: Draft): void {
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 18) readMessage(reader, reader.enter(end), draft);
    else reader.passField(tag, end);
  }
  reader.leave(end);
}

function readMessage(reader: WireReader, end: number, draft: Draft): void {
  const keys: Uint8Array[] = [];
  const instructions: CompiledInstruction[] = [];
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 18) keys.push(readKey(reader, end));
    else if (tag === 34) instructions.push(readInstruction(reader, reader.enter(end)));
    else reader.passField(tag, end);
  }
  reader.leave(end);
  draft.staticKeys = keys;
  draft.instructions = instructions;
}

export function readKey(reader: WireReader, end: number): Uint8Array {
  const key = reader.view(end);
  if (key.length !== 32) badMessage('a key that has not 32 bytes');
  return key;
}

function readInstruction(reader: WireReader, end: number): CompiledInstruction {
  let programIdIndex = 0;
  let accounts = NO_BYTES;
  let data = NO_BYTES;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) programIdIndex = reader.uint32();
    else if (tag === 18) accounts = reader.view(end);
    else if (tag === 26) data = reader.view(end);
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return { programIdIndex, accounts, data };
}

function readInnerInstruction(reader: WireReader, end: number): InnerInstruction {
  let programIdIndex = 0;
  let accounts = NO_BYTES;
  let data = NO_BYTES;
  let stackHeight: number | null = null;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) programIdIndex = reader.uint32();
    else if (tag === 18) accounts = reader.view(end);
    else if (tag === 26) data = reader.view(end);
    else if (tag === 32) stackHeight = reader.uint32();
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return { programIdIndex, accounts, data, stackHeight };
}

function readInnerInstructions(reader: WireReader, end: number): InnerInstructions {
  let index = 0;
  const instructions: InnerInstruction[] = [];
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) index = reader.uint32();
    else if (tag === 18) instructions.push(readInnerInstruction(reader, reader.enter(end)));
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return { index, instructions };
}

function readMeta(reader: WireReader, end: number): Meta {
  const meta: Meta = {
    error: null,
    feeLamports: 0n,
    innerInstructions: [],
    logMessages: [],
    loadedWritable: [],
    loadedReadonly: [],
    computeUnits: null,
    before: { at: 0, end: 0 },
    after: { at: 0, end: 0 },
    tokensBefore: [],
    tokensAfter: [],
  };
  const logs: string[] = [];
  let hasLogs = true;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 50) logs.push(reader.text(end));
    else if (tag === 10) meta.error = readError(reader, reader.enter(end));
    else if (tag === 16) meta.feeLamports = reader.uint64();
    else if (tag === 26) meta.before = readRange(reader, end);
    else if (tag === 34) meta.after = readRange(reader, end);
    else if (tag === 42) meta.innerInstructions.push(readInnerInstructions(reader, reader.enter(end)));
    else if (tag === 58) meta.tokensBefore.push(readTokenAmount(reader, reader.enter(end)));
    else if (tag === 66) meta.tokensAfter.push(readTokenAmount(reader, reader.enter(end)));
    else if (tag === 88) hasLogs = reader.uint64() === 0n;
    else if (tag === 98) meta.loadedWritable.push(readKey(reader, end));
    else if (tag === 106) meta.loadedReadonly.push(readKey(reader, end));
    else if (tag === 128) meta.computeUnits = reader.uint64();
    else reader.passField(tag, end);
  }
  reader.leave(end);
  meta.logMessages = hasLogs ? logs : null;
  return meta;
}

function readTokenAmount(reader: WireReader, end: number): TokenAmount {
  let accountIndex = 0;
  let amount = '';
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) accountIndex = reader.uint32();
    else if (tag === 26) amount = readAmount(reader, reader.enter(end));
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return { accountIndex, amount };
}

function readAmount(reader: WireReader, end: number): string {
  let amount = '';
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 26) amount = reader.text(end);
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return amount;
}

function readRange(reader: WireReader, limit: number): PackedRange {
  const end = reader.enter(limit);
  const range = { at: reader.position, end };
  if (!isWhole(reader.bytes, range)) badMessage('balances that end inside a number');
  reader.position = end;
  return range;
}

function readError(reader: WireReader, end: number): Uint8Array {
  let error = NO_BYTES;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) error = reader.view(end);
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return error;
}
