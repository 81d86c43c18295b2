/**
 * An `Update` from the bytes of one `SubscribeUpdate`, decoding only what the assembler needs.
 *
 * Input: one gRPC message. Output: its update, or `null` for kinds and slot states that nobody here asks for (entries,
 * transaction statuses, votes, `CREATED_BANK`, …). Field numbers: geyser.proto of yellowstone-grpc 15.1.
 * @module
 */
import { fromBase58 } from '../domain/base58.ts';
import type { AccountState, Block, SlotStatus, Transaction } from '../domain/chain.ts';
import { messageOf, PlumblineError } from '../domain/errors.ts';
import { packedBlock } from '../domain/packed-transactions.ts';
import { readKey, readTransactionInfo } from './raw-transaction.ts';
import { TransactionTape } from './transaction-tape.ts';
import type { BlockMeta, Update } from './update.ts';
import { badMessage, NO_BYTES, WireReader } from './wire-reader.ts';

/**
 * Read one message.
 * @throws UpstreamError `STREAM__BAD_MESSAGE`
 */
export function readUpdate(bytes: Buffer): Update | null {
  try {
    return readFields(new WireReader(bytes));
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'STREAM__BAD_MESSAGE') throw error;
    return badMessage(messageOf(error), error);
  }
}

function readFields(reader: WireReader): Update | null {
  const { end } = reader;
  let update: Update | null = null;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 34) update = readTransaction(reader, reader.enter(end));
    else if (tag === 18) update = readAccountUpdate(reader, reader.enter(end));
    else if (tag === 26) update = readSlot(reader, reader.enter(end));
    else if (tag === 42) update = readBlock(reader, reader.enter(end));
    else if (tag === 58) update = readBlockMeta(reader, reader.enter(end));
    else if (tag === 50) update = readPing(reader, end);
    else if (tag === 74) update = readPong(reader, reader.enter(end));
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return update;
}

function readTransaction(reader: WireReader, end: number): Update | null {
  let transaction: Transaction | null | undefined;
  let slot = 0n;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) transaction = readTransactionInfo(reader, reader.enter(end));
    else if (tag === 16) slot = reader.uint64();
    else reader.passField(tag, end);
  }
  reader.leave(end);
  if (transaction === undefined) badMessage('a transaction update without a transaction');
  return transaction === null ? null : { kind: 'transaction', slot, transaction };
}

function readAccountUpdate(reader: WireReader, end: number): Update | null {
  let account: AccountState | null = null;
  let slot = 0n;
  let isStartup = false;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) account = readAccount(reader, reader.enter(end));
    else if (tag === 16) slot = reader.uint64();
    else if (tag === 24) isStartup = reader.uint64() !== 0n;
    else reader.passField(tag, end);
  }
  reader.leave(end);
  if (account === null) badMessage('an account update without an account');
  // What a node loads from its snapshot at start belongs to no block.
  return isStartup ? null : { kind: 'account', slot, account };
}

function readAccount(reader: WireReader, end: number): AccountState {
  let publicKey: Uint8Array | null = null;
  let owner: Uint8Array | null = null;
  let lamports = 0n;
  let data = NO_BYTES;
  let writeVersion = 0n;
  let signature: Uint8Array | null = null;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 10) publicKey = readKey(reader, end);
    else if (tag === 16) lamports = reader.uint64();
    else if (tag === 26) owner = readKey(reader, end);
    else if (tag === 50) data = reader.view(end);
    else if (tag === 56) writeVersion = reader.uint64();
    else if (tag === 66) signature = reader.view(end);
    else reader.passField(tag, end);
  }
  reader.leave(end);
  if (publicKey === null || owner === null) badMessage('an account without its key or its owner');
  return { publicKey, owner, lamports, data, writeVersion, signature };
}

/** Slot states by their number in the proto; the others are not asked for. */
export const SLOT_STATUSES: Readonly<Record<number, SlotStatus>> = {
  0: 'processed',
  1: 'confirmed',
  2: 'finalized',
  6: 'dead',
};

function readSlot(reader: WireReader, end: number): Update | null {
  let slot = 0n;
  let parentSlot: bigint | null = null;
  let statusNumber = 0;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) slot = reader.uint64();
    else if (tag === 16) parentSlot = reader.uint64();
    else if (tag === 24) statusNumber = reader.uint32();
    else reader.passField(tag, end);
  }
  reader.leave(end);
  const status = SLOT_STATUSES[statusNumber];
  return status === undefined ? null : { kind: 'slot', slot, parentSlot, status };
}

interface MetaDraft {
  slot: bigint;
  blockhash: string;
  parentSlot: bigint;
  parentBlockhash: string;
  blockTime: bigint | null;
  blockHeight: bigint | null;
  executedTransactionCount: bigint;
}

const emptyMeta = (): MetaDraft => ({
  slot: 0n,
  blockhash: '',
  parentSlot: 0n,
  parentBlockhash: '',
  blockTime: null,
  blockHeight: null,
  executedTransactionCount: 0n,
});

function readBlock(reader: WireReader, end: number): Update {
  const draft = emptyMeta();
  const tape = new TransactionTape(reader.bytes);
  const places: number[] = [];
  let isPacked = true;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 50) {
      const transactionEnd = reader.enter(end);
      places.push(reader.position, transactionEnd);
      isPacked &&= tape.add(reader.position, transactionEnd);
      reader.position = transactionEnd;
    } else if (tag === 56) draft.parentSlot = reader.uint64();
    else if (tag === 66) draft.parentBlockhash = reader.text(end);
    else if (tag === 72) draft.executedTransactionCount = reader.uint64();
    else readCommonField(reader, tag, end, draft);
  }
  reader.leave(end);
  const { executedTransactionCount: _, ...header } = metaOf(draft);
  const rest = { ...header, bank: 0, accounts: [], hasAccounts: false };
  return { kind: 'block', block: isPacked ? packedOfTape(rest, reader, tape) : readWhole(rest, reader, places) };
}

function packedOfTape(rest: Omit<Block, 'transactions'>, { bytes }: WireReader, tape: TransactionTape): Block {
  const read = (start: number, end: number): Transaction => {
    const reader = new WireReader(bytes);
    reader.position = start;
    return readTransactionInfo(reader, end) ?? badMessage('a vote among what is none');
  };
  return packedBlock(rest, { bytes, tape: tape.numbers(), count: tape.count, turns: tape.turns, read });
}

/** Every transaction as an object at once, where one of them is not as expected. */
function readWhole(rest: Omit<Block, 'transactions'>, reader: WireReader, places: readonly number[]): Block {
  const transactions: Transaction[] = [];
  for (let at = 0; at < places.length; at += 2) {
    reader.position = places[at] as number;
    const transaction = readTransactionInfo(reader, places[at + 1] as number);
    if (transaction !== null) transactions.push(transaction);
  }
  return { ...rest, transactions };
}

function readBlockMeta(reader: WireReader, end: number): Update {
  const draft = emptyMeta();
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 48) draft.parentSlot = reader.uint64();
    else if (tag === 58) draft.parentBlockhash = reader.text(end);
    else if (tag === 64) draft.executedTransactionCount = reader.uint64();
    else readCommonField(reader, tag, end, draft);
  }
  reader.leave(end);
  return { kind: 'blockMeta', ...metaOf(draft) };
}

/** Fields that have the same number in blocks and in block metas. */
function readCommonField(reader: WireReader, tag: number, end: number, draft: MetaDraft): void {
  if (tag === 8) draft.slot = reader.uint64();
  else if (tag === 18) draft.blockhash = reader.text(end);
  else if (tag === 34) draft.blockTime = readBoxedNumber(reader, reader.enter(end));
  else if (tag === 42) draft.blockHeight = readBoxedNumber(reader, reader.enter(end));
  else reader.passField(tag, end);
}

/** `UnixTimestamp` and `BlockHeight`: messages of one number, 0 when the number is absent. */
function readBoxedNumber(reader: WireReader, end: number): bigint {
  let value = 0n;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) value = reader.int64();
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return value;
}

function metaOf(draft: MetaDraft): BlockMeta {
  return {
    ...draft,
    blockhash: fromBase58(draft.blockhash),
    parentBlockhash: fromBase58(draft.parentBlockhash),
  };
}

function readPing(reader: WireReader, end: number): Update {
  reader.position = reader.enter(end);
  return { kind: 'ping' };
}

function readPong(reader: WireReader, end: number): Update {
  let id = 0;
  while (reader.position < end) {
    const tag = reader.uint32();
    if (tag === 8) id = reader.uint32() | 0;
    else reader.passField(tag, end);
  }
  reader.leave(end);
  return { kind: 'pong', id };
}
