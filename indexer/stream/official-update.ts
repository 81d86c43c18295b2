/**
 * An `Update` from an object of the official client. Says the same as `raw-update.ts` does from the bytes.
 * @module
 */
import type {
  SubscribeUpdate,
  SubscribeUpdateAccountInfo,
  SubscribeUpdateBlock,
  SubscribeUpdateBlockMeta,
  SubscribeUpdateTransactionInfo,
} from '@triton-one/yellowstone-grpc';
import { fromBase58 } from '../domain/base58.ts';
import type { AccountState, BlockHeader, InnerInstructions, Transaction } from '../domain/chain.ts';
import { messageOf, PlumblineError } from '../domain/errors.ts';
import { type TokenAmount, tokenChangesOf } from '../domain/token-changes.ts';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../domain/units.ts';
import { turnsOf } from './balance-turns.ts';
import { SLOT_STATUSES } from './raw-update.ts';
import type { Update } from './update.ts';
import { badMessage } from './wire-reader.ts';

/**
 * Convert one object.
 * @throws UpstreamError `STREAM__BAD_MESSAGE`
 */
export function convertUpdate(update: SubscribeUpdate): Update | null {
  try {
    return convert(update);
  } catch (error) {
    if (error instanceof PlumblineError && error.code === 'STREAM__BAD_MESSAGE') throw error;
    return badMessage(messageOf(error), error);
  }
}

function convert(update: SubscribeUpdate): Update | null {
  if (update.transaction !== undefined) return convertTransactionUpdate(update.transaction);
  if (update.account !== undefined) return convertAccountUpdate(update.account);
  if (update.slot !== undefined) return convertSlot(update.slot);
  if (update.block !== undefined) return { kind: 'block', block: convertBlock(update.block) };
  if (update.blockMeta !== undefined) {
    const { bank: _, ...header } = headerOf(update.blockMeta);
    const executedTransactionCount = BigInt(update.blockMeta.executedTransactionCount);
    return { kind: 'blockMeta', ...header, executedTransactionCount };
  }
  if (update.ping !== undefined) return { kind: 'ping' };
  if (update.pong !== undefined) return { kind: 'pong', id: update.pong.id };
  return null;
}

function convertTransactionUpdate(update: NonNullable<SubscribeUpdate['transaction']>): Update | null {
  if (update.transaction === undefined) badMessage('a transaction update without a transaction');
  const transaction = convertTransaction(update.transaction);
  return transaction === null ? null : { kind: 'transaction', slot: BigInt(update.slot), transaction };
}

function convertAccountUpdate(update: NonNullable<SubscribeUpdate['account']>): Update | null {
  if (update.account === undefined) badMessage('an account update without an account');
  const account = convertAccount(update.account);
  return update.isStartup ? null : { kind: 'account', slot: BigInt(update.slot), account };
}

function convertSlot({ slot, parent, status }: NonNullable<SubscribeUpdate['slot']>): Update | null {
  const known = SLOT_STATUSES[status];
  if (known === undefined) return null;
  return { kind: 'slot', slot: BigInt(slot), parentSlot: parent === undefined ? null : BigInt(parent), status: known };
}

function convertBlock(block: SubscribeUpdateBlock) {
  const transactions = block.transactions.map(convertTransaction).filter((each) => each !== null);
  return { ...headerOf(block), transactions, accounts: [], hasAccounts: false };
}

function headerOf(block: SubscribeUpdateBlock | SubscribeUpdateBlockMeta): BlockHeader {
  return {
    slot: BigInt(block.slot),
    bank: 0,
    blockhash: fromBase58(block.blockhash),
    parentSlot: BigInt(block.parentSlot),
    parentBlockhash: fromBase58(block.parentBlockhash),
    blockTime: block.blockTime === undefined ? null : BigInt(block.blockTime.timestamp),
    blockHeight: block.blockHeight === undefined ? null : BigInt(block.blockHeight.blockHeight),
  };
}

function convertTransaction(info: SubscribeUpdateTransactionInfo): Transaction | null {
  if (info.isVote) return null;
  const message = info.transaction?.message;
  const { meta } = info;
  if (info.signature.length !== SIGNATURE_BYTES) badMessage('a transaction without a signature');
  if (message === undefined || meta === undefined) badMessage('a transaction without its message or its meta');
  const accountKeys = [...message.accountKeys, ...meta.loadedWritableAddresses, ...meta.loadedReadonlyAddresses].map(
    key32,
  );
  return {
    index: Number(info.index),
    signature: info.signature,
    error: meta.err === undefined ? null : meta.err.err,
    accountKeys,
    instructions: message.instructions,
    innerInstructions: meta.innerInstructions.map(convertInner),
    logMessages: meta.logMessagesNone ? null : meta.logMessages,
    feeLamports: BigInt(meta.fee),
    computeUnits: meta.computeUnitsConsumed === undefined ? null : BigInt(meta.computeUnitsConsumed),
    ...(meta.err === undefined ? balancesOf(accountKeys, meta) : NO_CHANGES),
  };
}

type Meta = NonNullable<SubscribeUpdateTransactionInfo['meta']>;
type Inner = Meta['innerInstructions'][number];

const NO_CHANGES = { balanceTurns: [], tokenChanges: [] };

function balancesOf(
  accountKeys: readonly Uint8Array[],
  meta: Meta,
): Pick<Transaction, 'balanceTurns' | 'tokenChanges'> {
  const amountsOf = (balances: Meta['preTokenBalances']): TokenAmount[] =>
    balances.map(({ accountIndex, uiTokenAmount }) => ({ accountIndex, amount: uiTokenAmount?.amount ?? '' }));
  return {
    balanceTurns: turnsOf(accountKeys, meta.preBalances, meta.postBalances),
    tokenChanges: tokenChangesOf(accountKeys, amountsOf(meta.preTokenBalances), amountsOf(meta.postTokenBalances)),
  };
}

function convertInner({ index, instructions }: Inner): InnerInstructions {
  return { index, instructions: instructions.map((each) => ({ ...each, stackHeight: each.stackHeight ?? null })) };
}

function convertAccount(info: SubscribeUpdateAccountInfo): AccountState {
  return {
    publicKey: key32(info.pubkey),
    owner: key32(info.owner),
    lamports: BigInt(info.lamports),
    data: info.data,
    writeVersion: BigInt(info.writeVersion),
    signature: info.txnSignature ?? null,
  };
}

function key32(key: Uint8Array): Uint8Array {
  if (key.length !== PUBLIC_KEY_BYTES) badMessage('a key that has not 32 bytes');
  return key;
}
