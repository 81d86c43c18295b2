/**
 * Sending and simulating over RPC, with a validator's preflight and its errors.
 * @module
 */
import bs58 from 'bs58';
import { fromBase58, toBase58 } from '../../../indexer/domain/base58.ts';
import { messageOf } from '../../../indexer/domain/errors.ts';
import type { VmResult } from '../bank/virtual-machine.ts';
import type { AccountRecord } from '../ledger/block.ts';
import { BLOCKHASH_WINDOW } from '../ledger/chain.ts';
import type { Localnet } from '../localnet.ts';
import { keyOf } from '../wire/key.ts';
import { blockhashOffset, type ParsedTransaction, parseTransaction } from '../wire/transaction.ts';
import { describeTransactionError, type TransactionError } from '../wire/transaction-error.ts';
import { encodeAccount } from './account-methods.ts';
import { airdropTransaction } from './airdrop.ts';
import {
  type Config,
  configAt,
  contextOf,
  decodeBytes,
  integerAt,
  keyFrom,
  type Methods,
  textAt,
} from './parameters.ts';
import { invalidParams, RpcError, rpcCode } from './rpc-error.ts';

const MAX_AIRDROP_NONCE = 1_000;

export const transactionMethods: Methods = {
  sendTransaction(localnet, params) {
    const config = configAt(params, 1);
    const transaction = readTransaction(textAt(params, 0), config.encoding);
    contextOf(localnet, { ...config, commitment: config.preflightCommitment });
    if (config.skipPreflight !== true) preflight(localnet, transaction);
    localnet.submit(transaction, config.skipPreflight === true);
    return toBase58(transaction.signatures[0] ?? new Uint8Array());
  },

  simulateTransaction(localnet, params) {
    const config = configAt(params, 1);
    const { context } = contextOf(localnet, config);
    if (config.sigVerify === true && config.replaceRecentBlockhash === true) {
      throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
    }
    const given = readTransaction(textAt(params, 0), config.encoding);
    const replacement = config.replaceRecentBlockhash === true ? localnet.chain.entryAt('processed') : undefined;
    const transaction = replacement === undefined ? given : withBlockhash(given, replacement.blockhash);
    const result = outcomeOf(localnet, transaction, config.sigVerify === true);
    if (result.error === 'SignatureFailure')
      throw new RpcError(rpcCode.signatureVerification, 'Transaction signature verification failure');
    const replacementBlockhash =
      replacement === undefined
        ? null
        : { blockhash: replacement.blockhash, lastValidBlockHeight: replacement.height + BLOCKHASH_WINDOW };
    const inner = config.innerInstructions === true ? encodeInner(result) : null;
    const accounts = readWantedAccounts(localnet, result, config.accounts);
    return { context, value: { ...simulationValue(result), accounts, innerInstructions: inner, replacementBlockhash } };
  },

  requestAirdrop(localnet, params) {
    const [to, lamports] = [keyFrom(textAt(params, 0)), BigInt(integerAt(params, 1))];
    const { blockhash } = localnet.chain.entryAt('processed');
    for (let nonce = 0; nonce < MAX_AIRDROP_NONCE; nonce++) {
      const transaction = parseTransaction(airdropTransaction(localnet.faucet, to, lamports, blockhash, nonce));
      const outcome = localnet.submit(transaction, false);
      if ('landed' in outcome) return toBase58(transaction.signatures[0] ?? new Uint8Array());
      if (outcome.dropped !== 'AlreadyProcessed') break;
    }
    throw new RpcError(rpcCode.internal, 'airdrop request failed. This can happen when the rate limit is reached.');
  },
};

/** @throws RpcError -32602 with the validator's reason */
function readTransaction(text: string, encoding: unknown): ParsedTransaction {
  const bytes = decodeBytes(text, encoding);
  try {
    return parseTransaction(bytes);
  } catch (error) {
    throw invalidParams(messageOf(error));
  }
}

function withBlockhash(transaction: ParsedTransaction, blockhash: string): ParsedTransaction {
  const bytes = Buffer.from(transaction.bytes);
  bytes.set(fromBase58(blockhash), blockhashOffset(transaction));
  return parseTransaction(bytes);
}

/** @throws RpcError -32003 for a wrong signature, -32002 for whatever else would make it fail */
function preflight(localnet: Localnet, transaction: ParsedTransaction): void {
  const result = outcomeOf(localnet, transaction, true);
  if (result.error === null) return;
  if (result.error === 'SignatureFailure')
    throw new RpcError(rpcCode.signatureVerification, 'Transaction signature verification failure');
  const data = { accounts: null, innerInstructions: null, replacementBlockhash: null, ...simulationValue(result) };
  throw new RpcError(
    rpcCode.preflightFailure,
    `Transaction simulation failed: ${describeTransactionError(result.error)}`,
    data,
  );
}

/** Checks in a validator's order: signatures, age, duplicates, execution. */
function outcomeOf(localnet: Localnet, transaction: ParsedTransaction, verifySignatures: boolean): VmResult {
  const result = localnet.simulate(transaction, verifySignatures);
  if (result.error === 'SignatureFailure') return result;
  if (!localnet.isCurrent(transaction)) return refused('BlockhashNotFound');
  if (localnet.knows(keyOf(transaction.signatures[0] ?? new Uint8Array()))) return refused('AlreadyProcessed');
  return result;
}

function refused(error: TransactionError): VmResult {
  return { error, logs: [], innerInstructions: [], computeUnits: 0n, returnData: null, postAccounts: [] };
}

function simulationValue(result: VmResult): object {
  const returnData =
    result.returnData === null
      ? null
      : {
          programId: toBase58(result.returnData.programId),
          data: [Buffer.from(result.returnData.data).toString('base64'), 'base64'],
        };
  return { err: result.error, logs: result.logs, unitsConsumed: result.computeUnits, returnData };
}

function encodeInner(result: VmResult): unknown {
  return result.innerInstructions.flatMap((calls, index) => {
    const instructions = calls.map(({ programIdIndex, accounts, data, stackHeight }) => ({
      ...{ programIdIndex, accounts: [...accounts], data: bs58.encode(data), stackHeight },
    }));
    return calls.length === 0 ? [] : [{ index, instructions }];
  });
}

function readWantedAccounts(localnet: Localnet, result: VmResult, wanted: unknown): unknown {
  if (wanted === undefined || wanted === null) return null;
  const { addresses, encoding } = wanted as { addresses: unknown; encoding?: unknown };
  if (!Array.isArray(addresses)) throw invalidParams('Invalid params: missing field `addresses`.');
  const config: Config = { encoding: encoding ?? 'base64' };
  const changed = new Map<string, AccountRecord>(result.postAccounts.map((record) => [record.key, record]));
  return addresses.map((address) => {
    const key = keyFrom(address);
    const record = changed.get(key) ?? localnet.readAccount(key, 'processed');
    return record === null || record.lamports === 0n ? null : encodeAccount(localnet, record, config);
  });
}
