/**
 * Balances of token accounts in the bytes of a transaction, as `TransactionTape` takes them: where each amount stands, then
 * which of them are another after it. Two strings of an account that nothing happened to are compared and never read.
 *
 * Source: solana-storage.proto, TokenBalance and UiTokenAmount; a field that a server does not write is no place of ours.
 * @module
 */

/** Set in every byte of a number but its last. */
const MORE = 0x80;
const [ZERO, NINE] = [0x30, 0x39];
/** Digits of a number that is exact as a `number`. */
const EXACT_DIGITS = 15;
const HALF = 2 ** 32;
const MAX_AMOUNT = 2n ** 64n - 1n;
const NOTHING = -1;

/** One side of a transaction, before or after; accounts ascend. */
export class TokenNotes {
  count = 0;
  /** Places among the keys of the transaction. */
  readonly accounts: number[] = [];
  readonly amountsAt: number[] = [];
  readonly lengths: number[] = [];

  /** Notes the `TokenBalance` from `start` to `end`; false where it is not as a server writes it. */
  note(bytes: Uint8Array, start: number, end: number): boolean {
    const { count } = this;
    let at = start;
    let account = 0;
    this.amountsAt[count] = end;
    this.lengths[count] = 0;
    while (at < end) {
      const tag = bytes[at] as number;
      const size = bytes[at + 1] as number;
      at += 2;
      if (tag === 8) {
        account = size;
        if (size < MORE) continue;
        const high = bytes[at++] as number;
        if (high >= MORE) return false;
        account = (size & (MORE - 1)) | (high << 7);
      } else if (size >= MORE || (tag !== 18 && tag !== 26 && tag !== 34 && tag !== 42)) return false;
      else if (tag === 26 && !this.#noteAmount(bytes, at, at + size)) return false;
      else at += size;
    }
    if (at !== end || (count > 0 && account <= (this.accounts[count - 1] as number))) return false;
    this.accounts[count] = account;
    this.count += 1;
    return true;
  }

  #noteAmount(bytes: Uint8Array, start: number, end: number): boolean {
    let at = start;
    while (at < end) {
      const tag = bytes[at] as number;
      const size = bytes[at + 1] as number;
      if (tag === 9) at += 9;
      else if (size >= MORE) return false;
      else if (tag === 16) at += 2;
      else if (tag === 26 || tag === 34) {
        if (tag === 26) {
          this.amountsAt[this.count] = at + 2;
          this.lengths[this.count] = size;
        }
        at += 2 + size;
      } else return false;
    }
    return at === end;
  }
}

/**
 * Accounts whose balance is another after than before: place among the keys, then low and high half of both amounts, pushed
 * to `changes`. False where an amount is none.
 */
export function noteChanges(bytes: Uint8Array, before: TokenNotes, after: TokenNotes, changes: number[]): boolean {
  for (let left = 0, right = 0; left < before.count || right < after.count; ) {
    const [had, has] = [accountAt(before, left), accountAt(after, right)];
    const account = Math.min(had, has);
    const [one, other] = [had === account ? left++ : NOTHING, has === account ? right++ : NOTHING];
    if (one >= 0 && other >= 0 && isSameText(bytes, before, one, after, other)) continue;
    const length = changes.push(account);
    if (!pushAmount(bytes, before, one, changes) || !pushAmount(bytes, after, other, changes)) return false;
    if (changes[length] === changes[length + 2] && changes[length + 1] === changes[length + 3]) {
      changes.length = length - 1;
    }
  }
  return true;
}

function accountAt({ count, accounts }: TokenNotes, number: number): number {
  return number < count ? (accounts[number] as number) : Number.POSITIVE_INFINITY;
}

function isSameText(bytes: Uint8Array, before: TokenNotes, one: number, after: TokenNotes, other: number): boolean {
  const length = before.lengths[one] as number;
  if (length !== after.lengths[other]) return false;
  const [left, right] = [before.amountsAt[one] as number, after.amountsAt[other] as number];
  for (let offset = 0; offset < length; offset += 1) {
    if (bytes[left + offset] !== bytes[right + offset]) return false;
  }
  return true;
}

function pushAmount(bytes: Uint8Array, notes: TokenNotes, number: number, changes: number[]): boolean {
  const at = number < 0 ? 0 : (notes.amountsAt[number] as number);
  const end = number < 0 ? 0 : at + (notes.lengths[number] as number);
  let value = 0;
  for (let place = at; place < end; place += 1) {
    const digit = bytes[place] as number;
    if (digit < ZERO || digit > NINE) return false;
    value = 10 * value + digit - ZERO;
  }
  if (end - at <= EXACT_DIGITS) {
    changes.push(value | 0, Math.floor(value / HALF));
    return true;
  }
  const amount = BigInt(Buffer.from(bytes.subarray(at, end)).toString('latin1'));
  if (amount > MAX_AMOUNT) return false;
  changes.push(Number(BigInt.asIntN(32, amount)), Number(BigInt.asIntN(32, amount >> 32n)));
  return true;
}
