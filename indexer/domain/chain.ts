/**
 * What the stream stage hands on: one block with everything in it that names one of our programs.
 * Assembled from any feed (filtered blocks, transactions + metas, RPC), and equal whichever it was.
 * @module
 */
import type { Slot, UnixSeconds } from './units.ts';

export interface BlockHeader {
  readonly slot: Slot;
  /** 0 until a server sends several banks per slot. Part of every identity. */
  readonly bank: number;
  readonly blockhash: Uint8Array;
  readonly parentSlot: Slot;
  readonly parentBlockhash: Uint8Array;
  readonly blockTime: UnixSeconds | null;
  readonly blockHeight: bigint | null;
}

export interface Block extends BlockHeader {
  /** Those that name one of our programs, in block order; failed ones too. Votes never. */
  readonly transactions: readonly Transaction[];
  /** Latest state in this block of each account that one of our programs owns or owned, by public key bytes. */
  readonly accounts: readonly AccountState[];
  /** True when `accounts` is known to be complete for the block (a feed that carries accounts), false for RPC backfill. */
  readonly hasAccounts: boolean;
}

export interface Transaction {
  /** Position in the whole block. */
  readonly index: number;
  readonly signature: Uint8Array;
  /** bincode of the TransactionError, `null` when it succeeded. */
  readonly error: Uint8Array | null;
  /** Static keys, then loaded writable, then loaded readonly (lookup tables). */
  readonly accountKeys: readonly Uint8Array[];
  readonly instructions: readonly CompiledInstruction[];
  /** Inner instructions by the index of their top-level instruction, in execution order. */
  readonly innerInstructions: readonly InnerInstructions[];
  /** `null` when the server sent none, which makes the block not provable. */
  readonly logMessages: readonly string[] | null;
  readonly feeLamports: bigint;
  readonly computeUnits: bigint | null;
  /** By account key; none of a transaction that failed, and none where the source is RPC. */
  readonly balanceTurns: readonly BalanceTurn[];
  /** In the order of the account keys; none of a transaction that failed. */
  readonly tokenChanges: readonly TokenChange[];
}

/** A token account whose balance a transaction changed. */
export interface TokenChange {
  readonly publicKey: Uint8Array;
  /** Base units; 0 where the account did not exist. */
  readonly before: bigint;
  /** Base units; 0 where the account is gone. */
  readonly after: bigint;
}

/** An account whose lamports went to nothing in a transaction, or came from nothing. */
export interface BalanceTurn {
  readonly publicKey: Uint8Array;
  readonly isEmptied: boolean;
}

export interface CompiledInstruction {
  readonly programIdIndex: number;
  /** Indexes into `accountKeys`. */
  readonly accounts: Uint8Array;
  readonly data: Uint8Array;
}

export interface InnerInstruction extends CompiledInstruction {
  /** 2 for a direct CPI of a top-level instruction; `null` on old data. */
  readonly stackHeight: number | null;
}

export interface InnerInstructions {
  readonly index: number;
  readonly instructions: readonly InnerInstruction[];
}

export interface AccountState {
  readonly publicKey: Uint8Array;
  readonly owner: Uint8Array;
  readonly lamports: bigint;
  readonly data: Uint8Array;
  readonly writeVersion: bigint;
  /** Signature of the transaction that wrote it, where the server tells. */
  readonly signature: Uint8Array | null;
}

/** A slot's commitment as notices and descendants prove it. */
export type SlotStatus = 'processed' | 'confirmed' | 'finalized' | 'dead';
