/**
 * What decoding makes of a block: events, instructions and accounts of our programs with their identity, and what
 * could not be decoded, raw. Nothing is dropped between `Block` and this.
 * @module
 */
import type { AccountState, Block } from '../domain/chain.ts';
import type { StructLayout } from './layout.ts';
import type { DecodedFields } from './value.ts';

export interface DecodedBlock {
  readonly block: Block;
  /** In chain order. Events of failed transactions are not economics and do not stand here. */
  readonly events: readonly DecodedEvent[];
  /** In chain order, of failed transactions too (`failed` tells). */
  readonly instructions: readonly DecodedInstruction[];
  readonly accounts: readonly DecodedAccount[];
  readonly undecoded: readonly Undecoded[];
  /**
   * Indexes of successful transactions that call one of our programs and whose logs were cut, absent or at odds with
   * their instructions: the block is not provable by logs alone. A failed transaction has no events to lose.
   */
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
  /** Position among all event payloads of the transaction in the order they were emitted, undecoded ones too, from 0. */
  readonly position: number;
  readonly transport: 'log' | 'cpi';
  /** Name as in the IDL, `AccrueRewardEvent`. */
  readonly name: string;
  /** Typed table, `staking_accrue_reward`. */
  readonly table: string;
  /** Discriminator and payload as emitted. */
  readonly data: Uint8Array;
  readonly fields: DecodedFields;
  /** Where in `data` the fields begin, when they are what a decoder of `layout` read there. */
  readonly payloadAt?: number;
  /** Type of `fields`: `canonicalJson(layout, fields)`. */
  readonly layout: StructLayout;
}

export interface DecodedInstruction extends Located {
  readonly name: string;
  readonly failed: boolean;
  readonly accounts: readonly { readonly name: string | null; readonly publicKey: Uint8Array }[];
  readonly data: Uint8Array;
  readonly args: DecodedFields;
  /** Type of `args`: `canonicalJson(layout, args)`. */
  readonly layout: StructLayout;
  /** Bytes after the last argument. Programs ignore them when they run, so they do not make it undecoded. */
  readonly trailingByteCount: number;
}

export interface DecodedAccount {
  readonly state: AccountState;
  /** Account type of the IDL; empty when the account is closed, no longer ours, or could not be decoded. */
  readonly name: string;
  readonly fields: DecodedFields;
  /** Type of `fields`, `null` when the name is empty. */
  readonly layout: StructLayout | null;
}

export type UndecodedReason =
  | 'unknown_program_version'
  | 'unknown_discriminator'
  | 'length_mismatch'
  | 'trailing_bytes'
  | 'bad_encoding'
  /** A log entry of data that is not one base64 text: `data` is the text. */
  | 'not_base64'
  /** The IDL says a serialization that is not decoded here (bytemuck, custom). */
  | 'unsupported_layout'
  /** The logs contradict the transaction's instructions, so nobody is named as the emitter. */
  | 'untrusted_logs';

export interface Undecoded extends Located {
  readonly source: 'event' | 'instruction' | 'account';
  readonly ordinal: number;
  readonly reason: UndecodedReason;
  readonly data: Uint8Array;
  /** Of an event, as `DecodedEvent.position`; 0 otherwise. */
  readonly position: number;
  /** How an event came; empty otherwise. */
  readonly transport: DecodedEvent['transport'] | '';
  /** Keys of an instruction's accounts, in order: with them it can be decoded later; empty otherwise. */
  readonly accounts: readonly Uint8Array[];
  /** Set for accounts, where transaction and path mean nothing. */
  readonly publicKey: Uint8Array | null;
}
