/**
 * The calls of one packed transaction as they called each other: what `decode/call-tree.ts` makes of one, in arrays that
 * are used again. A tree that does not make sense is none, and left to it.
 * @module
 */
import { MAX_HEIGHT } from '../../decode/call-tree.ts';
import { EVENT_TAG } from '../../decode/decode-events.ts';
import {
  CALL,
  CALL_ACCOUNTS,
  CALL_COUNT,
  CALL_DATA,
  CALL_HEIGHT,
  CALL_PROGRAM,
  CALL_TOP,
  HEAD,
  KEY_COUNT,
  LOG_COUNT,
  TOKEN_COUNT,
} from '../../domain/packed-transactions.ts';
import { ByteSource, isSame } from '../byte-source.ts';
import type { ByteWriter } from '../byte-writer.ts';
import type { CalledProgram, CalledPrograms } from './programs.ts';

const eventTag = new ByteSource(EVENT_TAG);

export class PackedCalls {
  count = 0;
  /** The calls, in the order they ran. */
  readonly programs: CalledProgram[] = [];
  readonly parents: number[] = [];
  readonly heights: number[] = [];
  /** True for a call that is nothing but the carrier of an event; see `isEventCall`. */
  readonly carriesEvent: boolean[] = [];
  /** Event payloads that the call has given so far. */
  readonly eventCounts: number[] = [];
  /** Where accounts and data of a call stand, and how long they are. */
  readonly accountsAt: number[] = [];
  readonly accountCounts: number[] = [];
  readonly dataAt: number[] = [];
  readonly dataLengths: number[] = [];
  /** Where the keys of the transaction begin on the tape, and where its log does. */
  keysAt = 0;
  keyCount = 0;
  logsAt = 0;
  logCount = 0;
  /** Where the token accounts whose balance changed stand on the tape. */
  tokensAt = 0;
  tokenCount = 0;
  private readonly places: number[] = [];
  private readonly childCounts: number[] = [];

  constructor(private readonly known: CalledPrograms) {}

  /** Take the calls of the transaction at `record`; false where they make no sense. */
  read(tape: Int32Array, record: number, from: ByteSource): boolean {
    this.count = tape[record + CALL_COUNT] as number;
    this.keysAt = record + HEAD;
    this.keyCount = tape[record + KEY_COUNT] as number;
    this.logsAt = this.keysAt + this.keyCount + CALL * this.count;
    this.logCount = tape[record + LOG_COUNT] as number;
    this.tokensAt = this.logsAt + 2 * this.logCount;
    this.tokenCount = tape[record + TOKEN_COUNT] as number;
    let at = this.keysAt + this.keyCount;
    for (let call = 0; call < this.count; call += 1, at += CALL) {
      if (!this.place(call, tape[at + CALL_HEIGHT] as number, tape[at + CALL_TOP] as number)) return false;
      const programIndex = tape[at + CALL_PROGRAM] as number;
      if (programIndex >= this.keyCount) return false;
      this.programs[call] = this.known.at(from, tape[this.keysAt + programIndex] as number);
      this.accountsAt[call] = tape[at + CALL_ACCOUNTS] as number;
      this.accountCounts[call] = tape[at + CALL_ACCOUNTS + 1] as number;
      this.dataAt[call] = tape[at + CALL_DATA] as number;
      this.dataLengths[call] = tape[at + CALL_DATA + 1] as number;
      this.eventCounts[call] = 0;
      this.carriesEvent[call] = this.isCarrier(call, tape, from);
    }
    return true;
  }

  private place(call: number, height: number, top: number): boolean {
    let parent = -1;
    if (height > 1) {
      parent = call - 1;
      if (height > MAX_HEIGHT || (this.heights[parent] as number) < height - 1) return false;
      while ((this.heights[parent] as number) >= height) parent = this.parents[parent] as number;
    }
    this.parents[call] = parent;
    this.heights[call] = height;
    this.childCounts[call] = 0;
    this.places[call] = parent < 0 ? top : (this.childCounts[parent] as number);
    if (parent >= 0) this.childCounts[parent] = (this.childCounts[parent] as number) + 1;
    return true;
  }

  private isCarrier(call: number, tape: Int32Array, from: ByteSource): boolean {
    const { ours } = this.programs[call] as CalledProgram;
    const parent = this.parents[call] as number;
    if (ours === null || parent < 0 || (this.programs[parent] as CalledProgram).ours !== ours) return false;
    if (this.accountCounts[call] !== 1 || (this.dataLengths[call] as number) < EVENT_TAG.length) return false;
    if (!isSame(eventTag, 0, from, this.dataAt[call] as number, EVENT_TAG.length)) return false;
    const keyAt = this.keyAt(tape, from.bytes[this.accountsAt[call] as number] as number);
    return keyAt >= 0 && Buffer.compare(from.bytes.subarray(keyAt, keyAt + 32), ours.eventAuthority) === 0;
  }

  /** Where the key with this index stands; -1 when there is none. */
  keyAt(tape: Int32Array, index: number): number {
    return index < this.keyCount ? (tape[this.keysAt + index] as number) : -1;
  }

  pathOf(call: number): number[] {
    const path: number[] = [];
    for (let at = call; at >= 0; at = this.parents[at] as number) path.unshift(this.places[at] as number);
    return path;
  }

  writePath(writer: ByteWriter, call: number): void {
    const height = this.heights[call] as number;
    writer.varint(height);
    // Mostly there is nothing above.
    if (height === 1) writer.uint16(this.places[call] as number);
    else for (const step of this.pathOf(call)) writer.uint16(step);
  }
}
