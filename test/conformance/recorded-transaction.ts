/**
 * Recorded RPC transactions as the pipeline's blocks, and decoded fields in the form that the recordings use.
 * @module
 */
import bs58 from 'bs58';
import type { DecodedValue } from '../../indexer/decode/value.ts';
import type { Block, CompiledInstruction, InnerInstruction, Transaction } from '../../indexer/domain/chain.ts';

export interface RpcInstruction {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  readonly data: string;
  readonly stackHeight?: number | null;
}

export interface RpcMeta {
  readonly err: unknown;
  readonly fee: number;
  readonly logMessages: readonly string[] | null;
  readonly innerInstructions: readonly { readonly index: number; readonly instructions: readonly RpcInstruction[] }[];
  readonly loadedAddresses?: { readonly writable: readonly string[]; readonly readonly: readonly string[] };
}

export interface RpcTransaction {
  readonly slot: number;
  readonly meta: RpcMeta;
  readonly transaction: {
    readonly signatures: readonly string[];
    readonly message: { readonly accountKeys: readonly string[]; readonly instructions: readonly RpcInstruction[] };
  };
}

export function transactionOf({ meta, transaction }: RpcTransaction, index = 0): Transaction {
  const { accountKeys, instructions } = transaction.message;
  const loaded = meta.loadedAddresses ?? { writable: [], readonly: [] };
  return {
    index,
    signature: bs58.decode(transaction.signatures[0] as string),
    error: meta.err === null ? null : Uint8Array.of(8),
    accountKeys: [...accountKeys, ...loaded.writable, ...loaded.readonly].map((key) => bs58.decode(key)),
    instructions: instructions.map(instructionOf),
    innerInstructions: meta.innerInstructions.map((group) => ({
      index: group.index,
      instructions: group.instructions.map(
        (inner): InnerInstruction => ({ ...instructionOf(inner), stackHeight: inner.stackHeight ?? null }),
      ),
    })),
    logMessages: meta.logMessages,
    feeLamports: BigInt(meta.fee),
    computeUnits: null,
    balanceTurns: [],
    tokenChanges: [],
  };
}

function instructionOf({ programIdIndex, accounts, data }: RpcInstruction): CompiledInstruction {
  return { programIdIndex, accounts: Uint8Array.from(accounts), data: bs58.decode(data) };
}

export function blockOf(slot: bigint, transactions: readonly Transaction[], accounts: Block['accounts'] = []): Block {
  return {
    slot,
    bank: 0,
    blockhash: new Uint8Array(32).fill(Number(slot % 251n)),
    parentSlot: slot - 1n,
    parentBlockhash: new Uint8Array(32).fill(Number((slot - 1n) % 251n)),
    blockTime: 1_700_000_000n,
    blockHeight: slot,
    transactions,
    accounts,
    hasAccounts: accounts.length > 0,
  };
}

/** camelCase names, integers as text, keys in base58, byte arrays as lists: how the recordings write values. */
export function asRecorded(value: DecodedValue): unknown {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (value instanceof Uint8Array) return value.length === 32 ? bs58.encode(value) : [...value];
  if (Array.isArray(value)) return value.map(asRecorded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camelCase(name), asRecorded(inner)]));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}
