/**
 * What decoding makes of a block: events, instructions and accounts of our programs with their identity, and what
 * could not be decoded, raw. Nothing is dropped between `Block` and this.
 * @module
 */
import type { AccountState, Block } from '../domain/chain.ts';
import type { DecodedFields } from './value.ts';

export interface DecodedBlock {
  readonly block: Block;
  /** In chain order. Events of failed transactions are not economics and do not stand here. */
  readonly events: readonly DecodedEvent[];
  /** In chain order, of failed transactions too (`failed` tells). */
  readonly instructions: readonly DecodedInstruction[];
  readonly accounts: readonly DecodedAccount[];
  readonly undecoded: readonly Undecoded[];
  /** Indexes of transactions whose logs were cut or absent: the block is not provable by logs alone. */
  readonly truncatedTransactions: readonly number[];
}

/** Call path of an instruction: `[2]` top level, `[2, 0]` its first CPI, `[2, 0, 1]` that one's second. */
export type InstructionPath = readonly number[];

interface Located {
  /** Index of the transaction in its block. */
  readonly transactionIndex: number;
  readonly path: InstructionPath;
  readonly programId: Uint8Array;
}

export interface DecodedEvent extends Located {
  /** Counts the events of one instruction, from 0. */
  readonly ordinal: number;
  /** Position among all events of the transaction in the order they were emitted, from 0. */
  readonly position: number;
  readonly transport: 'log' | 'cpi';
  /** Name as in the IDL, `AccrueRewardEvent`. */
  readonly name: string;
  /** Typed table, `staking_accrue_reward`. */
  readonly table: string;
  /** Discriminator and payload as emitted. */
  readonly data: Uint8Array;
  readonly fields: DecodedFields;
}

export interface DecodedInstruction extends Located {
  readonly name: string;
  readonly failed: boolean;
  readonly accounts: readonly { readonly name: string | null; readonly publicKey: Uint8Array }[];
  readonly data: Uint8Array;
  readonly args: DecodedFields;
}

export interface DecodedAccount {
  readonly state: AccountState;
  readonly name: string;
  readonly fields: DecodedFields;
}

export type UndecodedReason =
  | 'unknown_program_version'
  | 'unknown_discriminator'
  | 'length_mismatch'
  | 'trailing_bytes'
  | 'bad_encoding';

export interface Undecoded extends Located {
  readonly source: 'event' | 'instruction' | 'account';
  readonly ordinal: number;
  readonly reason: UndecodedReason;
  readonly data: Uint8Array;
  /** Set for accounts, where transaction and path mean nothing. */
  readonly publicKey: Uint8Array | null;
}
