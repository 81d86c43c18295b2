/**
 * A `Block` from the answer of `getBlock`: the same as the stream would have given, but for accounts, which RPC has not.
 *
 * Input: encoding `json`, full transaction details. Filter: as the subscription's, transactions that name one of our
 * programs by a static or a loaded key; votes never.
 * @module
 */
import bs58 from 'bs58';
import { fromBase58 } from '../domain/base58.ts';
import type { Block, CompiledInstruction, InnerInstruction, InnerInstructions, Transaction } from '../domain/chain.ts';
import { InputError, messageOf } from '../domain/errors.ts';
import { type TokenAmount, tokenChangesOf } from '../domain/token-changes.ts';
import { SIGNATURE_BYTES, type Slot } from '../domain/units.ts';
import { encodeTransactionError, type RpcTransactionError } from './transaction-error.ts';

export interface RpcBlock {
  readonly blockhash: string;
  readonly previousBlockhash: string;
  readonly parentSlot: number;
  readonly blockTime?: number | null;
  readonly blockHeight?: number | null;
  readonly transactions: readonly RpcTransaction[];
}

export interface RpcTransaction {
  readonly meta: RpcMeta | null;
  /** Absent from nodes that were not asked for newer versions. */
  readonly version?: 'legacy' | number;
  readonly transaction: {
    readonly signatures: readonly string[];
    readonly message: { readonly accountKeys: readonly string[]; readonly instructions: readonly RpcInstruction[] };
  };
}

interface RpcInstruction {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly data: string;
  readonly stackHeight?: number | null;
}

interface RpcMeta {
  readonly err?: RpcTransactionError | null;
  readonly fee: number;
  readonly computeUnitsConsumed?: number | null;
  readonly logMessages?: readonly string[] | null;
  readonly innerInstructions?: readonly { index: number; instructions: readonly RpcInstruction[] }[] | null;
  readonly loadedAddresses?: { readonly writable: readonly string[]; readonly readonly: readonly string[] } | null;
  readonly preTokenBalances?: readonly RpcTokenBalance[] | null;
  readonly postTokenBalances?: readonly RpcTokenBalance[] | null;
}

interface RpcTokenBalance {
  readonly accountIndex: number;
  readonly uiTokenAmount: { readonly amount: string };
}

const VOTE_PROGRAM = 'Vote111111111111111111111111111111111111111';

/**
 * Convert the block of `slot`.
 * @param programs base58 addresses of our programs
 * @throws InputError `RPC__BAD_BLOCK`
 */
export function blockFromRpc(slot: Slot, block: RpcBlock, programs: ReadonlySet<string>): Block {
  try {
    return {
      slot,
      bank: 0,
      blockhash: fromBase58(block.blockhash),
      parentSlot: BigInt(block.parentSlot),
      parentBlockhash: fromBase58(block.previousBlockhash),
      blockTime: integerOf(block.blockTime),
      blockHeight: integerOf(block.blockHeight),
      transactions: block.transactions.flatMap((each, index) => convertIfOurs(each, index, programs)),
      accounts: [],
      hasAccounts: false,
    };
  } catch (error) {
    const message = `The RPC's block of slot ${slot} cannot be read: ${messageOf(error)}`;
    throw new InputError('RPC__BAD_BLOCK', message, { slot }, error);
  }
}

/** Nodes say in either way that they do not know: `null`, or nothing. */
function integerOf(value: number | null | undefined): bigint | null {
  return value === null || value === undefined ? null : BigInt(value);
}

function convertIfOurs(each: RpcTransaction, index: number, programs: ReadonlySet<string>): Transaction[] {
  const { meta, transaction } = each;
  if (meta === null) throw new Error(`transaction ${index} has no meta`);
  const error = meta.err ?? null;
  const { accountKeys, instructions } = transaction.message;
  const keys = [...accountKeys, ...(meta.loadedAddresses?.writable ?? []), ...(meta.loadedAddresses?.readonly ?? [])];
  if (!keys.some((key) => programs.has(key)) || isVote(each)) return [];
  const publicKeys = keys.map((key) => fromBase58(key));
  return [
    {
      index,
      signature: fromBase58(transaction.signatures[0] ?? '', SIGNATURE_BYTES),
      error: error === null ? null : encodeTransactionError(error),
      accountKeys: publicKeys,
      instructions: instructions.map(compiled),
      innerInstructions: (meta.innerInstructions ?? []).map(innerOf),
      logMessages: meta.logMessages ?? null,
      feeLamports: BigInt(meta.fee),
      computeUnits: integerOf(meta.computeUnitsConsumed),
      balanceTurns: [],
      tokenChanges:
        error === null
          ? tokenChangesOf(publicKeys, amountsOf(meta.preTokenBalances), amountsOf(meta.postTokenBalances))
          : [],
    },
  ];
}

/** Nodes have none of the oldest blocks. */
function amountsOf(balances: RpcMeta['preTokenBalances']): TokenAmount[] {
  return (balances ?? []).map(({ accountIndex, uiTokenAmount: { amount } }) => ({ accountIndex, amount }));
}

/**
 * As the validator's own test for a simple vote, which a stream leaves out: at most two signatures, the older form of
 * message, one instruction, of the vote program. Source: agave, simple_vote_transaction_checker.rs.
 */
function isVote({ version = 'legacy', transaction: { signatures, message } }: RpcTransaction): boolean {
  const { accountKeys, instructions } = message;
  const only = instructions.length === 1 ? instructions[0] : undefined;
  if (only === undefined || version !== 'legacy' || signatures.length > 2) return false;
  return accountKeys[only.programIdIndex] === VOTE_PROGRAM;
}

function compiled({ programIdIndex, accounts, data }: RpcInstruction): CompiledInstruction {
  return { programIdIndex, accounts: Uint8Array.from(accounts), data: bs58.decode(data) };
}

function innerOf({
  index,
  instructions,
}: {
  index: number;
  instructions: readonly RpcInstruction[];
}): InnerInstructions {
  const inner = instructions.map(
    (each): InnerInstruction => ({ ...compiled(each), stackHeight: each.stackHeight ?? null }),
  );
  return { index, instructions: inner };
}
