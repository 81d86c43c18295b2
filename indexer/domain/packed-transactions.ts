/**
 * The transactions of a block as places in the message that brought them: numbers in one array and no object for any of
 * them. A block is thousands of objects otherwise, which are made, copied by the collector and read once.
 *
 * A block that came packed has `transactions` like every other, made when somebody asks for them.
 * @module
 */
import type { BalanceTurn, Block, Transaction } from './chain.ts';
import { PUBLIC_KEY_BYTES } from './units.ts';

/**
 * A record of `tape`, one after another, in block order: `HEAD` numbers by these names, then a key's place for each key
 * (static, loaded writable, loaded readonly), then `CALL` numbers for each call in the order they ran, then place and
 * length for each entry of the log, then `TOKEN_CHANGE` numbers for each token account whose balance changed. Places are
 * offsets in `bytes`.
 */
export const START = 0;
export const END = 1;
export const INDEX = 2;
export const SIGNATURE = 3;
/** Place and length of the error; length -1 for a transaction that succeeded. */
export const ERROR = 4;
/** Low and high half. */
export const FEE = 6;
/** Low and high half; high -1 where there are none. */
export const UNITS = 8;
export const KEY_COUNT = 10;
export const CALL_COUNT = 11;
export const LOG_COUNT = 12;
export const TOKEN_COUNT = 13;
export const HEAD = 14;

/** Of a call: index of the program's key, place and length of account indexes, of data, height, top-level index. */
export const CALL_PROGRAM = 0;
export const CALL_ACCOUNTS = 1;
export const CALL_DATA = 3;
export const CALL_HEIGHT = 5;
export const CALL_TOP = 6;
export const CALL = 7;

/** Of a token account whose balance changed: index of its key, then low and high half of the amount before and after. */
export const TOKEN_BEFORE = 1;
export const TOKEN_AFTER = 3;
export const TOKEN_CHANGE = 5;

export interface PackedTransactions {
  readonly bytes: Buffer;
  readonly tape: Int32Array;
  readonly count: number;
  /** Of each account whose lamports went to nothing or came from nothing, in block order: the key's place, and 1 if they went. */
  readonly turns: readonly number[];
  /** The transaction from `start` to `end` of the bytes as an object. */
  read(start: number, end: number): Transaction;
}

/**
 * Where a block keeps them, out of sight of who compares or copies blocks. Not in a WeakMap: V8's collector of young objects
 * takes what one holds for alive, and this is the message, a megabyte.
 */
const PACKED = Symbol('packed transactions');

/** A block whose transactions stay packed until they are asked for. */
export function packedBlock(rest: Omit<Block, 'transactions'>, packed: PackedTransactions): Block {
  let transactions: readonly Transaction[] | null = null;
  const block: Block = {
    ...rest,
    get transactions() {
      transactions ??= unpacked(packed);
      return transactions;
    },
  };
  return Object.defineProperty(block, PACKED, { value: packed });
}

/** The transactions as the block came with them; `null` for a block that was not packed, or was made from another. */
export function packedOf(block: Block): PackedTransactions | null {
  return (block as { readonly [PACKED]?: PackedTransactions })[PACKED] ?? null;
}

export function transactionCountOf(block: Block): number {
  return packedOf(block)?.count ?? block.transactions.length;
}

/** Of all of them, in block order. */
export function turnsOfPacked({ bytes, turns }: PackedTransactions): readonly BalanceTurn[] {
  const found: BalanceTurn[] = [];
  for (let at = 0; at < turns.length; at += 2) {
    const keyAt = turns[at] as number;
    found.push({ publicKey: bytes.subarray(keyAt, keyAt + PUBLIC_KEY_BYTES), isEmptied: turns[at + 1] === 1 });
  }
  return found;
}

/** Where the record behind this one begins. */
export function nextRecord(tape: Int32Array, at: number): number {
  const keyCount = tape[at + KEY_COUNT] as number;
  const callCount = tape[at + CALL_COUNT] as number;
  const logCount = tape[at + LOG_COUNT] as number;
  return at + HEAD + keyCount + CALL * callCount + 2 * logCount + TOKEN_CHANGE * (tape[at + TOKEN_COUNT] as number);
}

function unpacked(packed: PackedTransactions): Transaction[] {
  const { tape, count } = packed;
  const transactions: Transaction[] = new Array(count);
  for (let number = 0, at = 0; number < count; number += 1, at = nextRecord(tape, at)) {
    transactions[number] = packed.read(tape[at + START] as number, tape[at + END] as number);
  }
  return transactions;
}
