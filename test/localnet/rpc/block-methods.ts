/**
 * Blocks and transactions of the past over RPC.
 * @module
 */
import bs58 from 'bs58';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { BlockTransaction, SealedBlock } from '../ledger/block.ts';
import type { ChainEntry, Commitment } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { bytesOf, keyOf } from '../wire/key.ts';
import { decodeTransactionError } from '../wire/transaction-error.ts';
import { encodeStatus, encodeTransaction } from './encode-transaction.ts';
import {
  type Config,
  commitmentOf,
  configAt,
  contextOf,
  integerAt,
  keyFrom,
  type Methods,
  type Parameters,
  textAt,
} from './parameters.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';

const MAX_BLOCK_RANGE = 500_000;
const MAX_SIGNATURES = 1_000;
const MAX_STATUSES = 256;
const SIGNATURE_BYTES = 64;

export const blockMethods: Methods = {
  getBlock(localnet, params) {
    const config = configAt(params, 1);
    const entry = findBlock(localnet, integerAt(params, 0), historyCommitment(config));
    return encodeBlockAnswer(localnet.chain.block(entry), config);
  },

  getBlockTime(localnet, params) {
    return findBlock(localnet, integerAt(params, 0), 'processed').blockTimeSeconds;
  },

  getBlocks(localnet, params) {
    const start = integerAt(params, 0);
    const hasEnd = typeof params[1] === 'number';
    const commitment = historyCommitment(configAt(params, hasEnd || params[1] === null ? 2 : 1));
    const end = hasEnd ? integerAt(params, 1) : Number.POSITIVE_INFINITY;
    if (Number.isFinite(end) && end - start > MAX_BLOCK_RANGE)
      throw invalidParams(`Slot range too large; max ${MAX_BLOCK_RANGE}`);
    return slotsOf(localnet.chain.entriesFrom(start, commitment, MAX_BLOCK_RANGE).filter(({ slot }) => slot <= end));
  },

  getBlocksWithLimit(localnet, params) {
    const limit = integerAt(params, 1);
    if (limit > MAX_BLOCK_RANGE) throw invalidParams(`Limit too large; max ${MAX_BLOCK_RANGE}`);
    return slotsOf(localnet.chain.entriesFrom(integerAt(params, 0), historyCommitment(configAt(params, 2)), limit));
  },

  getTransaction(localnet, params) {
    const config = typeof params[1] === 'string' ? { encoding: params[1] } : configAt(params, 1);
    const commitment = historyCommitment(config);
    const place = localnet.chain.transactions.find(signatureFrom(textAt(params, 0)));
    if (place === undefined || place.slot > localnet.chain.entryAt(commitment).slot) return null;
    const entry = localnet.chain.entryOf(place.slot) as ChainEntry;
    const transaction = localnet.chain.block(entry).transactions[place.index] as BlockTransaction;
    return {
      slot: place.slot,
      blockTime: entry.blockTimeSeconds,
      transactionIndex: place.index,
      ...encodeTransaction(transaction, config.encoding, config.maxSupportedTransactionVersion),
    };
  },

  getSignatureStatuses(localnet, params) {
    const { context } = contextOf(localnet, { commitment: 'processed' });
    const signatures = params[0];
    if (!Array.isArray(signatures)) throw invalidParams('Invalid params: invalid type: expected a sequence.');
    if (signatures.length > MAX_STATUSES) throw invalidParams(`Too many inputs provided; max ${MAX_STATUSES}`);
    return { context, value: signatures.map((signature) => statusOf(localnet, signatureFrom(String(signature)))) };
  },

  getSignaturesForAddress(localnet, params) {
    const config = configAt(params, 1);
    const commitment = historyCommitment(config);
    const limit = Math.min(typeof config.limit === 'number' ? config.limit : MAX_SIGNATURES, MAX_SIGNATURES);
    return signaturesFor(localnet, params, config, commitment).slice(0, limit);
  },
};

function slotsOf(entries: readonly ChainEntry[]): number[] {
  return entries.map(({ slot }) => slot);
}

/** Confirmation and outcome of a transaction; `null` for one that is in no block. */
export function statusOf(localnet: Localnet, signature: string): unknown {
  const place = localnet.chain.transactions.find(signature);
  if (place === undefined) return null;
  const confirmationStatus = localnet.chain.commitmentOf(place.slot);
  const depth = localnet.chain.entryAt('processed').height - (localnet.chain.entryOf(place.slot)?.height ?? 0);
  const err = place.error === null ? null : decodeTransactionError(place.error);
  return {
    slot: place.slot,
    confirmations: confirmationStatus === 'finalized' ? null : depth,
    err,
    status: encodeStatus(err),
    confirmationStatus,
  };
}

/** History is served from `confirmed` on. @throws RpcError -32602 */
function historyCommitment(config: Config): Commitment {
  const commitment = commitmentOf(config.commitment);
  if (commitment === 'processed') throw invalidParams('Method does not support commitment below `confirmed`');
  return commitment;
}

function findBlock(localnet: Localnet, slot: number, commitment: Commitment): ChainEntry {
  if (slot > localnet.chain.entryAt(commitment).slot)
    throw new RpcError(rpcCode.blockNotAvailable, `Block not available for slot ${slot}`);
  const entry = localnet.chain.entryOf(slot);
  if (entry === undefined)
    throw new RpcError(
      rpcCode.slotSkipped,
      `Slot ${slot} was skipped, or missing due to ledger jump to recent snapshot`,
    );
  return entry;
}

function encodeBlockAnswer(block: SealedBlock, config: Config): unknown {
  const rewards =
    block.leaderRewardLamports === 0n
      ? []
      : [
          {
            pubkey: block.leader,
            lamports: block.leaderRewardLamports,
            postBalance: block.leaderBalanceLamports,
            rewardType: 'Fee',
            commission: null,
          },
        ];
  return {
    blockHeight: block.height,
    blockTime: block.blockTimeSeconds,
    blockhash: block.blockhash,
    parentSlot: block.parentSlot,
    previousBlockhash: block.parentBlockhash,
    ...blockTransactions(block, config),
    ...(config.rewards === false ? {} : { rewards }),
  };
}

function blockTransactions(block: SealedBlock, config: Config): object {
  const details = config.transactionDetails ?? 'full';
  if (details === 'none') return {};
  if (details === 'signatures')
    return { signatures: block.transactions.map(({ signature }) => toBase58(bytesOf(signature))) };
  if (details === 'accounts')
    return { transactions: block.transactions.map((transaction) => accountsOnly(transaction, config)) };
  if (details !== 'full') {
    throw invalidParams(
      `Invalid params: unknown variant \`${String(details)}\`, expected one of \`full\`, \`signatures\`, \`none\`, \`accounts\`.`,
    );
  }
  const { encoding, maxSupportedTransactionVersion } = config;
  return {
    transactions: block.transactions.map((transaction) =>
      encodeTransaction(transaction, encoding, maxSupportedTransactionVersion),
    ),
  };
}

function accountsOnly(transaction: BlockTransaction, config: Config): unknown {
  const encoded = encodeTransaction(transaction, 'base64', config.maxSupportedTransactionVersion);
  const keys = transaction.keys.map((key, index) => ({
    pubkey: toBase58(bytesOf(key)),
    signer: index < transaction.numRequiredSignatures,
  }));
  return { ...encoded, transaction: { signatures: [toBase58(bytesOf(transaction.signature))], accountKeys: keys } };
}

function signaturesFor(localnet: Localnet, params: Parameters, config: Config, commitment: Commitment): unknown[] {
  const address = keyFrom(textAt(params, 0));
  const before =
    typeof config.before === 'string' ? localnet.chain.transactions.find(signatureFrom(config.before)) : undefined;
  const until =
    typeof config.until === 'string' ? localnet.chain.transactions.find(signatureFrom(config.until)) : undefined;
  const [tip, found] = [localnet.chain.entryAt(commitment).slot, [] as unknown[]];
  for (const slot of localnet.chain.transactions.slotsOf(address).toReversed()) {
    if (slot > (before?.slot ?? tip)) continue;
    if (slot < (until?.slot ?? 0) || found.length >= MAX_SIGNATURES) break;
    const entry = localnet.chain.entryOf(slot) as ChainEntry;
    const matches = localnet.chain
      .block(entry)
      .transactions.filter(
        ({ keys, index }) =>
          keys.includes(address) &&
          !(before?.slot === slot && index >= before.index) &&
          !(until?.slot === slot && index <= until.index),
      );
    found.push(...matches.toReversed().map((transaction) => signatureEntry(localnet, entry, transaction)));
  }
  return found;
}

function signatureEntry(localnet: Localnet, entry: ChainEntry, transaction: BlockTransaction): unknown {
  return {
    signature: toBase58(bytesOf(transaction.signature)),
    slot: entry.slot,
    err: transaction.error === null ? null : decodeTransactionError(transaction.error),
    memo: null,
    blockTime: entry.blockTimeSeconds,
    confirmationStatus: localnet.chain.commitmentOf(entry.slot),
  };
}

/** @throws RpcError -32602 */
export function signatureFrom(text: string): string {
  const bytes = bs58.decodeUnsafe(text);
  if (bytes?.length !== SIGNATURE_BYTES) throw invalidParams('Invalid param: WrongSize');
  return keyOf(bytes);
}
