/**
 * Encoded `SubscribeUpdate` messages, put together from parts that are encoded once per block and shared by all streams.
 * Field numbers: geyser.proto of yellowstone-grpc-proto.
 * @module
 */
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  SubscribeUpdateBlockMeta,
  SubscribeUpdateSlot,
  SubscribeUpdateTransactionStatus,
} from '@triton-one/yellowstone-grpc';
import {
  type BlockAccount,
  type BlockTransaction,
  encodeBlock,
  headerMessage,
  type SealedBlock,
  toBlockAccount,
} from '../ledger/block.ts';
import type { SlotNotice } from '../ledger/chain.ts';
import { bytesOf } from '../wire/key.ts';

const field = {
  account: 2,
  slot: 3,
  transaction: 4,
  block: 5,
  ping: 6,
  blockMeta: 7,
  pong: 9,
  transactionStatus: 10,
} as const;
const CREATED_AT_FIELD = 11;
const BYTES = 2;
const VARINT = 0;

const slotStatus: Readonly<Record<SlotNotice, number>> = {
  processed: 0,
  confirmed: 1,
  finalized: 2,
  completed: 4,
  createdBank: 5,
  dead: 6,
};
const DEAD_ERROR = 'fork was abandoned';

/** Parts of the data of accounts that a stream asked for, concatenated. */
export type DataSlices = readonly { readonly offset: number; readonly length: number }[];

export function transactionFrame(
  filters: readonly string[],
  block: SealedBlock,
  transaction: BlockTransaction,
): Uint8Array {
  const payload = new BinaryWriter().uint32((1 << 3) | BYTES).bytes(transaction.encoded);
  if (block.slot !== 0) payload.uint32((2 << 3) | VARINT).uint64(block.slot);
  return frame(filters, field.transaction, payload.finish(), block.createdAtMs);
}

export function transactionStatusFrame(
  filters: readonly string[],
  block: SealedBlock,
  transaction: BlockTransaction,
): Uint8Array {
  const status = {
    slot: String(block.slot),
    signature: bytesOf(transaction.signature),
    isVote: false,
    index: String(transaction.index),
    err: transaction.error === null ? undefined : { err: transaction.error },
  };
  return frame(
    filters,
    field.transactionStatus,
    SubscribeUpdateTransactionStatus.encode(status).finish(),
    block.createdAtMs,
  );
}

export function accountFrame(
  filters: readonly string[],
  block: SealedBlock,
  account: BlockAccount,
  slices: DataSlices,
): Uint8Array {
  const payload = new BinaryWriter().uint32((1 << 3) | BYTES).bytes(sliceAccount(account, slices).encoded);
  if (block.slot !== 0) payload.uint32((2 << 3) | VARINT).uint64(block.slot);
  return frame(filters, field.account, payload.finish(), block.createdAtMs);
}

export function blockFrame(
  filters: readonly string[],
  block: SealedBlock,
  content: { transactions: readonly BlockTransaction[]; accounts: readonly BlockAccount[] },
  slices: DataSlices,
): Uint8Array {
  const accounts = content.accounts.map((account) => sliceAccount(account, slices));
  return frame(filters, field.block, encodeBlock(block, content.transactions, accounts), block.createdAtMs);
}

export function blockMetaFrame(filters: readonly string[], block: SealedBlock): Uint8Array {
  return frame(
    filters,
    field.blockMeta,
    SubscribeUpdateBlockMeta.encode(headerMessage(block)).finish(),
    block.createdAtMs,
  );
}

export function slotFrame(
  filters: readonly string[],
  notice: { slot: number; parentSlot: number; status: SlotNotice; atMs: number },
): Uint8Array {
  const message = {
    slot: String(notice.slot),
    parent: notice.status === 'completed' ? undefined : String(notice.parentSlot),
    status: slotStatus[notice.status],
    deadError: notice.status === 'dead' ? DEAD_ERROR : undefined,
  };
  return frame(filters, field.slot, SubscribeUpdateSlot.encode(message).finish(), notice.atMs);
}

export function pingFrame(atMs: number): Uint8Array {
  return frame([], field.ping, new Uint8Array(), atMs);
}

export function pongFrame(id: number, atMs: number): Uint8Array {
  const payload = new BinaryWriter();
  if (id !== 0) payload.uint32((1 << 3) | VARINT).int32(id);
  return frame([], field.pong, payload.finish(), atMs);
}

function sliceAccount(account: BlockAccount, slices: DataSlices): BlockAccount {
  if (slices.length === 0) return account;
  const { record } = account;
  const data = Buffer.concat(slices.map(({ offset, length }) => record.data.subarray(offset, offset + length)));
  return toBlockAccount({ ...record, data });
}

function frame(filters: readonly string[], number: number, payload: Uint8Array, createdAtMs: number): Uint8Array {
  const writer = new BinaryWriter();
  for (const filter of filters) writer.uint32((1 << 3) | BYTES).string(filter);
  writer.uint32((number << 3) | BYTES).bytes(payload);
  const seconds = Math.floor(createdAtMs / 1000);
  const time = new BinaryWriter().uint32((1 << 3) | VARINT).int64(seconds);
  const nanos = Math.round((createdAtMs - seconds * 1000) * 1e6);
  if (nanos !== 0) time.uint32((2 << 3) | VARINT).int32(nanos);
  return writer
    .uint32((CREATED_AT_FIELD << 3) | BYTES)
    .bytes(time.finish())
    .finish();
}
