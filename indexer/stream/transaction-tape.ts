/**
 * Packs the transactions of a block message: one pass over the bytes that notes where everything is, and makes nothing.
 *
 * Packs only what is as a server writes it: every field once and in its place, heights on all inner instructions. Whatever
 * else there may be, broken messages too, is left to `raw-transaction.ts`, which decides what it means.
 *
 * Source of the field numbers: geyser.proto and solana-storage.proto of yellowstone-grpc 15.1.
 * @module
 */
import { CALL, HEAD, TOKEN_CHANGE } from '../domain/packed-transactions.ts';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../domain/units.ts';
import { eachTurn, isWhole, type PackedRange } from './balance-turns.ts';
import { noteChanges, TokenNotes } from './token-notes.ts';
import { FIRST_TAG } from './wire-reader.ts';

const FIRST_NUMBERS = 16 * 1024;
const MAX_INDEX = 2 ** 31;
/** Of the numbers of a message: below this nothing is lost in a `number`. */
const MAX_EXACT = 2 ** 49;
/** Thrown by the readers below: this transaction is not as expected. Not an error: no stack is taken. */
const IRREGULAR = { reason: 'irregular' } as const;
/** Of an instruction among those noted: program, accounts, data, height, top-level index. */
const NOTED = CALL;

/** Of the next block: somewhat more than the last one had. */
let expectedNumbers = FIRST_NUMBERS;

export class TransactionTape {
  count = 0;
  /** As `PackedTransactions` has them. */
  readonly turns: number[] = [];
  private tape = new Int32Array(expectedNumbers);
  private length = 0;
  private lastIndex = -1;
  private at = 0;
  private readonly keys: number[] = [];
  private keyCount = 0;
  private readonly calls: number[] = [];
  private callCount = 0;
  private readonly inner: number[] = [];
  private innerCount = 0;
  private readonly logs: number[] = [];
  private logCount = 0;
  private lastGroup = -1;
  private hasReadonlyKeys = false;
  private signatureAt = -1;
  private index = 0;
  private errorAt = 0;
  private errorLength = -1;
  private fee = 0;
  private units = -1;
  private hasMessage = false;
  private hasMeta = false;
  private readonly before: PackedRange = { at: 0, end: 0 };
  private readonly after: PackedRange = { at: 0, end: 0 };
  private readonly tokensBefore = new TokenNotes();
  private readonly tokensAfter = new TokenNotes();
  private readonly tokenChanges: number[] = [];

  constructor(private readonly bytes: Uint8Array) {}

  /** The numbers so far, as `PackedTransactions` has them. */
  numbers(): Int32Array {
    expectedNumbers = this.length + Math.ceil(this.length / 8);
    return this.tape.subarray(0, this.length);
  }

  /** Pack the transaction of a block from `start` to `end`; false where it is not as expected, and nothing is noted. */
  add(start: number, end: number): boolean {
    this.reset(start);
    try {
      this.readInfo(end);
      this.compareTokens();
    } catch (signal) {
      if (signal === IRREGULAR) return false;
      throw signal;
    }
    if (this.signatureAt < 0 || !this.hasMessage || !this.hasMeta || this.index <= this.lastIndex) return false;
    this.lastIndex = this.index;
    this.append(start, end);
    return true;
  }

  private reset(start: number): void {
    this.at = start;
    this.keyCount = 0;
    this.callCount = 0;
    this.innerCount = 0;
    this.logCount = 0;
    this.lastGroup = -1;
    this.hasReadonlyKeys = false;
    this.signatureAt = -1;
    this.index = 0;
    this.errorAt = 0;
    this.errorLength = -1;
    this.fee = 0;
    this.units = -1;
    this.hasMessage = false;
    this.hasMeta = false;
    this.before.end = 0;
    this.after.end = 0;
    this.tokensBefore.count = 0;
    this.tokensAfter.count = 0;
    this.tokenChanges.length = 0;
  }

  private readInfo(end: number): void {
    while (this.at < end) {
      const tag = this.small();
      if (tag === 10 && this.signatureAt < 0) this.signatureAt = this.exactly(SIGNATURE_BYTES, end);
      else if (tag === 26 && !this.hasMessage) this.readSigned(this.enter(end));
      else if (tag === 34 && this.hasMessage && !this.hasMeta) this.readMeta(this.enter(end));
      else if (tag === 40) this.index = this.small();
      // A vote is left out by who reads it whole.
      else if (tag === 16 || tag === 10 || tag === 26 || tag === 34) throw IRREGULAR;
      else this.passField(tag, end);
    }
    this.leave(end);
  }

  private readSigned(end: number): void {
    while (this.at < end) {
      const tag = this.small();
      if (tag === 18 && !this.hasMessage) this.readMessage(this.enter(end));
      else if (tag === 18) throw IRREGULAR;
      else this.passField(tag, end);
    }
    this.leave(end);
  }

  private readMessage(end: number): void {
    while (this.at < end) {
      const tag = this.small();
      if (tag === 18) this.noteKey(end);
      else if (tag === 34) this.readCall(this.calls, this.callCount++, this.enter(end), 1);
      else this.passField(tag, end);
    }
    this.leave(end);
    this.hasMessage = true;
  }

  private readMeta(end: number): void {
    while (this.at < end) {
      const tag = this.small();
      if (tag === 50) this.noteLog(end);
      else if (tag === 42) this.readGroup(this.enter(end));
      else if (tag === 26 && this.before.end === 0) this.noteBalances(this.before, end);
      else if (tag === 34 && this.after.end === 0) this.noteBalances(this.after, end);
      else if (tag === 58) this.noteTokens(this.tokensBefore, end);
      else if (tag === 66) this.noteTokens(this.tokensAfter, end);
      else if (tag === 16) this.fee = this.exact();
      else if (tag === 128) this.units = this.exact();
      else if (tag === 10 && this.errorLength < 0) this.readError(this.enter(end));
      else if (tag === 98 && !this.hasReadonlyKeys) this.noteKey(end);
      else if (tag === 106) {
        this.hasReadonlyKeys = true;
        this.noteKey(end);
      } else if (tag === 88 || tag === 98 || tag === 10 || tag === 26 || tag === 34) throw IRREGULAR;
      else this.passField(tag, end);
    }
    this.leave(end);
    this.hasMeta = true;
  }

  private readError(end: number): void {
    this.errorLength = 0;
    while (this.at < end) {
      const tag = this.small();
      if (tag !== 10 || this.errorLength > 0) throw IRREGULAR;
      const inside = this.enter(end);
      this.errorAt = this.at;
      this.errorLength = inside - this.at;
      this.at = inside;
    }
    this.leave(end);
  }

  /** Inner instructions stand behind the number of the instruction that called them, in ascending order. */
  private readGroup(end: number): void {
    let group = 0;
    const first = this.innerCount;
    while (this.at < end) {
      const tag = this.small();
      if (tag === 8 && this.innerCount === first) group = this.small();
      else if (tag === 18) this.readCall(this.inner, this.innerCount++, this.enter(end), 0);
      else throw IRREGULAR;
    }
    this.leave(end);
    if (group <= this.lastGroup || group >= this.callCount) throw IRREGULAR;
    this.lastGroup = group;
    for (let number = first; number < this.innerCount; number += 1) this.inner[number * NOTED + 6] = group;
  }

  /** @param givenHeight 0 where the call has to bring its own */
  private readCall(into: number[], number: number, end: number, givenHeight: number): void {
    const at = number * NOTED;
    into[at] = 0;
    into[at + 1] = end;
    into[at + 2] = 0;
    into[at + 3] = end;
    into[at + 4] = 0;
    into[at + 5] = givenHeight;
    into[at + 6] = number;
    while (this.at < end) {
      const tag = this.small();
      if (tag === 8) into[at] = this.small();
      else if (tag === 18) this.noteRange(into, at + 1, end);
      else if (tag === 26) this.noteRange(into, at + 3, end);
      else if (tag === 32 && givenHeight === 0) into[at + 5] = this.small();
      else throw IRREGULAR;
    }
    this.leave(end);
    if (givenHeight === 0 && (into[at + 5] as number) < 2) throw IRREGULAR;
  }

  private noteRange(into: number[], at: number, limit: number): void {
    const end = this.enter(limit);
    into[at] = this.at;
    into[at + 1] = end - this.at;
    this.at = end;
  }

  private noteBalances(range: PackedRange, limit: number): void {
    range.end = this.enter(limit);
    range.at = this.at;
    if (!isWhole(this.bytes, range)) throw IRREGULAR;
    this.at = range.end;
  }

  private noteTokens(notes: TokenNotes, limit: number): void {
    const end = this.enter(limit);
    if (!notes.note(this.bytes, this.at, end)) throw IRREGULAR;
    this.at = end;
  }

  private compareTokens(): void {
    const { tokensBefore, tokensAfter } = this;
    if (tokensBefore.count + tokensAfter.count === 0 || this.errorLength >= 0) return;
    if (!noteChanges(this.bytes, tokensBefore, tokensAfter, this.tokenChanges)) throw IRREGULAR;
  }

  private noteKey(limit: number): void {
    this.keys[this.keyCount] = this.exactly(PUBLIC_KEY_BYTES, limit);
    this.keyCount += 1;
  }

  private noteLog(limit: number): void {
    this.noteRange(this.logs, 2 * this.logCount, limit);
    this.logCount += 1;
  }

  private append(start: number, end: number): void {
    const { keyCount, logCount, tokenChanges } = this;
    const callCount = this.callCount + this.innerCount;
    const size = HEAD + keyCount + CALL * callCount + 2 * logCount + tokenChanges.length;
    if (this.length + size > this.tape.length) this.grow(size);
    const { tape } = this;
    let at = this.length;
    tape[at++] = start;
    tape[at++] = end;
    tape[at++] = this.index;
    tape[at++] = this.signatureAt;
    tape[at++] = this.errorAt;
    tape[at++] = this.errorLength;
    tape[at++] = this.fee | 0;
    tape[at++] = Math.floor(this.fee / 2 ** 32);
    // -1 becomes -1 and -1.
    tape[at++] = this.units | 0;
    tape[at++] = Math.floor(this.units / 2 ** 32);
    tape[at++] = keyCount;
    tape[at++] = callCount;
    tape[at++] = logCount;
    tape[at++] = tokenChanges.length / TOKEN_CHANGE;
    for (let key = 0; key < keyCount; key += 1) tape[at++] = this.keys[key] as number;
    if (this.errorLength < 0) eachTurn(this.bytes, this.before, this.after, this.noteTurn);
    at = this.appendCalls(at);
    for (let number = 0; number < 2 * logCount; number += 1) tape[at++] = this.logs[number] as number;
    for (let number = 0; number < tokenChanges.length; number += 1) tape[at++] = tokenChanges[number] as number;
    this.length = at;
    this.count += 1;
  }

  private readonly noteTurn = (index: number, isEmptied: boolean): void => {
    if (index < this.keyCount) this.turns.push(this.keys[index] as number, isEmptied ? 1 : 0);
  };

  /** Every top-level instruction, and behind it those that it called. */
  private appendCalls(start: number): number {
    const { tape, calls, inner } = this;
    let at = start;
    let innerAt = 0;
    for (let top = 0; top < this.callCount; top += 1) {
      for (let offset = 0; offset < NOTED; offset += 1) tape[at++] = calls[top * NOTED + offset] as number;
      for (; innerAt < this.innerCount && inner[innerAt * NOTED + 6] === top; innerAt += 1) {
        for (let offset = 0; offset < NOTED; offset += 1) tape[at++] = inner[innerAt * NOTED + offset] as number;
      }
    }
    return at;
  }

  private grow(size: number): void {
    const larger = new Int32Array(2 * (this.tape.length + size));
    larger.set(this.tape);
    this.tape = larger;
  }

  /** A number that must be small: a tag, a length, an index. */
  private small(): number {
    const byte = this.bytes[this.at] as number;
    if (byte < 0x80) {
      this.at += 1;
      return byte;
    }
    const value = this.exact();
    if (value >= MAX_INDEX) throw IRREGULAR;
    return value;
  }

  private exact(): number {
    const { bytes } = this;
    let value = 0;
    for (let factor = 1; factor < MAX_EXACT; factor *= 128) {
      const byte = bytes[this.at];
      if (byte === undefined) throw IRREGULAR;
      this.at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw IRREGULAR;
  }

  private enter(limit: number): number {
    const length = this.small();
    const end = this.at + length;
    // A length that is past the bytes is no number here, and so not below the limit.
    if (!(end <= limit)) throw IRREGULAR;
    return end;
  }

  private exactly(length: number, limit: number): number {
    const end = this.enter(limit);
    const { at } = this;
    if (end - at !== length) throw IRREGULAR;
    this.at = end;
    return at;
  }

  private passField(tag: number, limit: number): void {
    const type = tag & 7;
    if (tag < FIRST_TAG) throw IRREGULAR;
    if (type === 2) this.at = this.enter(limit);
    else if (type === 0) this.exact();
    else throw IRREGULAR;
  }

  private leave(end: number): void {
    if (this.at !== end) throw IRREGULAR;
  }
}
