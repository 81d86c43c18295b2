/**
 * A block of the local chain as it is kept and served: header, encoded transactions, and the last state in it of every
 * account it wrote. The encoded form is Yellowstone's `SubscribeUpdateBlock`, on disk and on the wire alike.
 * @module
 */
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  SubscribeUpdateAccountInfo,
  SubscribeUpdateBlock,
  SubscribeUpdateTransactionInfo,
} from '@triton-one/yellowstone-grpc';
import { type Key, keyOf } from '../wire/key.ts';

/** An account after the transaction that wrote it. A closed account has no lamports, no data and the system program as owner. */
export interface AccountRecord {
  readonly key: Key;
  readonly owner: Key;
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly executable: boolean;
  readonly writeVersion: bigint;
  /** The transaction that wrote it, absent for what the runtime itself wrote. */
  readonly signature?: Uint8Array | undefined;
}

export interface BlockTransaction {
  readonly index: number;
  readonly signature: Key;
  /** bincode of the error, `null` for success. */
  readonly error: Uint8Array | null;
  /** Static, loaded writable, loaded readonly. */
  readonly keys: readonly Key[];
  readonly numRequiredSignatures: number;
  /** `SubscribeUpdateTransactionInfo`. */
  readonly encoded: Uint8Array;
}

export interface BlockAccount {
  readonly record: AccountRecord;
  /** `SubscribeUpdateAccountInfo`. */
  readonly encoded: Uint8Array;
}

export interface BlockHeader {
  readonly slot: number;
  readonly parentSlot: number;
  readonly blockhash: string;
  readonly parentBlockhash: string;
  readonly blockTimeSeconds: number;
  readonly height: number;
  readonly leader: string;
  readonly leaderRewardLamports: bigint;
  readonly leaderBalanceLamports: bigint;
  /** When the block was made, for `created_at` of its messages. */
  readonly createdAtMs: number;
}

export interface SealedBlock extends BlockHeader {
  readonly transactions: readonly BlockTransaction[];
  readonly accounts: readonly BlockAccount[];
}

/** Rent epoch of every account that pays no rent, which is all of them. */
const RENT_EXEMPT_EPOCH = '18446744073709551615';
const TRANSACTIONS_FIELD = 6;
const ACCOUNTS_FIELD = 11;
const FEE_REWARD = 1;

export function toBlockAccount(record: AccountRecord): BlockAccount {
  const encoded = SubscribeUpdateAccountInfo.encode({
    pubkey: Buffer.from(record.key, 'latin1'),
    lamports: record.lamports.toString(),
    owner: Buffer.from(record.owner, 'latin1'),
    executable: record.executable,
    rentEpoch: RENT_EXEMPT_EPOCH,
    data: record.data,
    writeVersion: record.writeVersion.toString(),
    txnSignature: record.signature,
  }).finish();
  return { record, encoded };
}

export function toBlockTransaction(info: SubscribeUpdateTransactionInfo): BlockTransaction {
  const encoded = SubscribeUpdateTransactionInfo.encode(info).finish();
  return describeTransaction(info, encoded);
}

function describeTransaction(info: SubscribeUpdateTransactionInfo, encoded: Uint8Array): BlockTransaction {
  const keys = [
    ...(info.transaction?.message?.accountKeys ?? []),
    ...(info.meta?.loadedWritableAddresses ?? []),
    ...(info.meta?.loadedReadonlyAddresses ?? []),
  ];
  return {
    index: Number(info.index),
    signature: keyOf(info.signature),
    error: info.meta?.err?.err ?? null,
    keys: keys.map(keyOf),
    numRequiredSignatures: info.transaction?.message?.header?.numRequiredSignatures ?? 0,
    encoded,
  };
}

/** The header as the proto has it, without transactions and accounts; also every field of a block meta. */
export function headerMessage(block: SealedBlock): SubscribeUpdateBlock {
  return {
    slot: String(block.slot),
    blockhash: block.blockhash,
    rewards: {
      rewards:
        block.leaderRewardLamports === 0n
          ? []
          : [
              {
                pubkey: block.leader,
                lamports: block.leaderRewardLamports.toString(),
                postBalance: block.leaderBalanceLamports.toString(),
                rewardType: FEE_REWARD,
                commission: '',
                commissionBps: '',
              },
            ],
      numPartitions: undefined,
    },
    blockTime: { timestamp: String(block.blockTimeSeconds) },
    blockHeight: { blockHeight: String(block.height) },
    parentSlot: String(block.parentSlot),
    parentBlockhash: block.parentBlockhash,
    executedTransactionCount: String(block.transactions.length),
    transactions: [],
    updatedAccountCount: String(block.accounts.length),
    accounts: [],
    entriesCount: '0',
    entries: [],
  };
}

/** `SubscribeUpdateBlock` with the given part of the block's content; field order does not matter to protobuf. */
export function encodeBlock(
  block: SealedBlock,
  transactions: readonly BlockTransaction[] = block.transactions,
  accounts: readonly BlockAccount[] = block.accounts,
): Uint8Array {
  const writer = new BinaryWriter().raw(SubscribeUpdateBlock.encode(headerMessage(block)).finish());
  for (const transaction of transactions) writer.uint32((TRANSACTIONS_FIELD << 3) | 2).bytes(transaction.encoded);
  for (const account of accounts) writer.uint32((ACCOUNTS_FIELD << 3) | 2).bytes(account.encoded);
  return writer.finish();
}

/** Inverse of {@link encodeBlock} for a whole block. */
export function decodeBlock(bytes: Uint8Array, leader: string): SealedBlock {
  const block = SubscribeUpdateBlock.decode(bytes);
  const reward = block.rewards?.rewards[0];
  return {
    leader,
    createdAtMs: Number(block.blockTime?.timestamp ?? 0) * 1000,
    leaderBalanceLamports: BigInt(reward?.postBalance ?? 0),
    slot: Number(block.slot),
    parentSlot: Number(block.parentSlot),
    blockhash: block.blockhash,
    parentBlockhash: block.parentBlockhash,
    blockTimeSeconds: Number(block.blockTime?.timestamp ?? 0),
    height: Number(block.blockHeight?.blockHeight ?? 0),
    leaderRewardLamports: BigInt(reward?.lamports ?? 0),
    transactions: block.transactions.map((info) =>
      describeTransaction(info, SubscribeUpdateTransactionInfo.encode(info).finish()),
    ),
    accounts: block.accounts.map((info) => ({
      record: toRecord(info),
      encoded: SubscribeUpdateAccountInfo.encode(info).finish(),
    })),
  };
}

function toRecord(info: SubscribeUpdateAccountInfo): AccountRecord {
  return {
    key: keyOf(info.pubkey),
    owner: keyOf(info.owner),
    lamports: BigInt(info.lamports),
    data: info.data,
    executable: info.executable,
    writeVersion: BigInt(info.writeVersion),
    signature: info.txnSignature,
  };
}
