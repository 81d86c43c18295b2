/**
 * Accounts whose lamports went to nothing in a transaction, or came from nothing. A program's account that is closed
 * leaves its owner, so a stream of the owner's accounts never tells of it; the balances of the transaction do.
 *
 * Source: solana-storage.proto, pre_balances and post_balances, one number for each account key, packed.
 * @module
 */
import type { BalanceTurn } from '../domain/chain.ts';

/** Set in every byte of a number but its last. */
const MORE = 0x80;

/** Bytes of a packed field, or nothing. */
export interface PackedRange {
  at: number;
  end: number;
}

/** Whether the last number of a range ends in it. */
export function isWhole(bytes: Uint8Array, { at, end }: PackedRange): boolean {
  return at >= end || (bytes[end - 1] as number) < MORE;
}

/** Tells the index of every account whose balance is nothing on one side alone. Both ranges must be whole. */
export function eachTurn(
  bytes: Uint8Array,
  before: PackedRange,
  after: PackedRange,
  tell: (index: number, isEmptied: boolean) => void,
): void {
  // Nearly all transactions have no balance of nothing, which one look shows: such a number ends with a byte of nothing.
  if (!hasZero(bytes, before) && !hasZero(bytes, after)) return;
  const [left, right] = [new PackedNumbers(bytes, before), new PackedNumbers(bytes, after)];
  for (let index = 0; left.hasMore && right.hasMore; index += 1) {
    const [wasNothing, isNothing] = [left.isNextZero(), right.isNextZero()];
    if (wasNothing !== isNothing) tell(index, isNothing);
  }
}

/** The same from numbers that were read, as decimal text. */
export function turnsOf(
  accountKeys: readonly Uint8Array[],
  before: readonly string[],
  after: readonly string[],
): BalanceTurn[] {
  return accountKeys.flatMap((publicKey, index) => {
    const [wasNothing, isNothing] = [before[index] === '0', after[index] === '0'];
    const isKnown = before[index] !== undefined && after[index] !== undefined;
    return isKnown && wasNothing !== isNothing ? [{ publicKey, isEmptied: isNothing }] : [];
  });
}

function hasZero(bytes: Uint8Array, { at, end }: PackedRange): boolean {
  for (let place = at; place < end; place += 1) if (bytes[place] === 0) return true;
  return false;
}

class PackedNumbers {
  #at: number;
  readonly #end: number;

  constructor(
    private readonly bytes: Uint8Array,
    { at, end }: PackedRange,
  ) {
    this.#at = at;
    this.#end = end;
  }

  get hasMore(): boolean {
    return this.#at < this.#end;
  }

  isNextZero(): boolean {
    for (let bits = 0; ; ) {
      const byte = this.bytes[this.#at] as number;
      this.#at += 1;
      bits |= byte & (MORE - 1);
      if (byte < MORE) return bits === 0;
    }
  }
}
