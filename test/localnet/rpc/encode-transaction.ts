/**
 * Transactions and their status as the RPC writes them (`json`, `base64`, `base58`), from the same bytes the stream sends.
 * @module
 */
import { SubscribeUpdateTransactionInfo } from '@triton-one/yellowstone-grpc';
import bs58 from 'bs58';
import { toBase58 } from '../../../indexer/domain/base58.ts';
import type { BlockTransaction } from '../ledger/block.ts';
import { decodeTransactionError, type TransactionError } from '../wire/transaction-error.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';
import { serializeTransaction } from './serialize-transaction.ts';

type Info = SubscribeUpdateTransactionInfo;
type Meta = NonNullable<Info['meta']>;
type TokenBalance = Meta['preTokenBalances'][number];

/** Entry of `getBlock` with full details, and the core of `getTransaction`. @throws RpcError -32015 for a version the caller did not allow */
export function encodeTransaction(
  transaction: BlockTransaction,
  encoding: unknown,
  maxVersion: unknown,
): { transaction: unknown; meta: unknown; version?: unknown } {
  const info = SubscribeUpdateTransactionInfo.decode(transaction.encoded);
  const isVersioned = info.transaction?.message?.versioned === true;
  if (isVersioned && maxVersion === undefined) {
    const hint =
      'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0';
    throw new RpcError(
      rpcCode.unsupportedVersion,
      `Transaction version (0) is not supported by the requesting client. ${hint}`,
    );
  }
  const version = maxVersion === undefined ? {} : { version: isVersioned ? 0 : 'legacy' };
  return {
    transaction: encodeContent(info, encoding),
    meta: info.meta === undefined ? null : encodeMeta(info.meta),
    ...version,
  };
}

export function encodeStatus(error: TransactionError | null): { Ok: null } | { Err: TransactionError } {
  return error === null ? { Ok: null } : { Err: error };
}

function encodeContent(info: Info, encoding: unknown): unknown {
  if (encoding === 'base64') return [serializeTransaction(info).toString('base64'), 'base64'];
  if (encoding === 'base58') return [bs58.encode(serializeTransaction(info)), 'base58'];
  if (encoding === 'binary') return bs58.encode(serializeTransaction(info));
  if (encoding !== undefined && encoding !== null && encoding !== 'json') {
    throw invalidParams(
      `Invalid params: encoding ${String(encoding)} is not available, expected \`json\`, \`base58\` or \`base64\`.`,
    );
  }
  const message = info.transaction?.message;
  return {
    signatures: info.transaction?.signatures.map(toBase58) ?? [],
    message: {
      header: message?.header,
      accountKeys: message?.accountKeys.map(toBase58) ?? [],
      recentBlockhash: toBase58(message?.recentBlockhash ?? new Uint8Array()),
      instructions: (message?.instructions ?? []).map((instruction) => encodeInstruction(instruction, 1)),
      addressTableLookups: message?.versioned
        ? message.addressTableLookups.map((lookup) => ({
            accountKey: toBase58(lookup.accountKey),
            writableIndexes: [...lookup.writableIndexes],
            readonlyIndexes: [...lookup.readonlyIndexes],
          }))
        : undefined,
    },
  };
}

function encodeInstruction(
  instruction: { programIdIndex: number; accounts: Uint8Array; data: Uint8Array },
  stackHeight: number | null,
): unknown {
  return {
    programIdIndex: instruction.programIdIndex,
    accounts: [...instruction.accounts],
    data: bs58.encode(instruction.data),
    stackHeight,
  };
}

function encodeMeta(meta: Meta): unknown {
  const error = meta.err === undefined ? null : decodeTransactionError(meta.err.err);
  return {
    err: error,
    status: encodeStatus(error),
    fee: BigInt(meta.fee),
    preBalances: meta.preBalances.map(BigInt),
    postBalances: meta.postBalances.map(BigInt),
    innerInstructions: meta.innerInstructions.map(({ index, instructions }) => ({
      index,
      instructions: instructions.map((instruction) => encodeInstruction(instruction, instruction.stackHeight ?? null)),
    })),
    logMessages: meta.logMessages,
    preTokenBalances: meta.preTokenBalances.map(encodeTokenBalance),
    postTokenBalances: meta.postTokenBalances.map(encodeTokenBalance),
    rewards: [],
    loadedAddresses: {
      writable: meta.loadedWritableAddresses.map(toBase58),
      readonly: meta.loadedReadonlyAddresses.map(toBase58),
    },
    returnData:
      meta.returnData === undefined
        ? undefined
        : {
            programId: toBase58(meta.returnData.programId),
            data: [Buffer.from(meta.returnData.data).toString('base64'), 'base64'],
          },
    computeUnitsConsumed: BigInt(meta.computeUnitsConsumed ?? 0),
    costUnits: BigInt(meta.costUnits ?? 0),
  };
}

function encodeTokenBalance(balance: TokenBalance): unknown {
  const { uiTokenAmount } = balance;
  const uiAmount = uiTokenAmount?.amount === '0' ? null : uiTokenAmount?.uiAmount;
  return { ...balance, uiTokenAmount: { ...uiTokenAmount, uiAmount } };
}

/** Log lines of an encoded transaction. */
export function readLogs(encoded: Uint8Array): string[] {
  return SubscribeUpdateTransactionInfo.decode(encoded).meta?.logMessages ?? [];
}
