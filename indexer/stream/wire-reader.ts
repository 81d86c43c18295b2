/**
 * Reader of protobuf's wire format over one message, without copying: numbers, bounds and byte ranges.
 *
 * Source: protobuf.dev, "Encoding". Every read is bounded by the message's end, so that hostile bytes end in one typed
 * error. Numbers up to 2^53 stay `number` inside a varint because most are small and `bigint` arithmetic per byte is slow.
 * @module
 */
import { UpstreamError } from '../domain/errors.ts';

/** @throws UpstreamError `STREAM__BAD_MESSAGE`, always */
export function badMessage(reason: string, cause?: unknown): never {
  throw new UpstreamError('STREAM__BAD_MESSAGE', `The stream sent a message that cannot be read: ${reason}`, {}, cause);
}

/** What `toString('utf8')` comes to, without its look at the arguments: a block has thousands of lines of log. */
const { utf8Slice } = Buffer.prototype;

export const NO_BYTES: Uint8Array = new Uint8Array(0);
const LAST_SAFE_SHIFT = 2 ** 49;
/** Fields are numbered from one. Readers take a zero for an end, for something to pass over or for an error; here it is one. */
export const FIRST_TAG = 8;

export class WireReader {
  position = 0;
  readonly end: number;

  constructor(readonly bytes: Buffer) {
    this.end = bytes.length;
  }

  /** A varint that must fit 32 bits: tags, lengths, small numbers. */
  uint32(): number {
    const { bytes } = this;
    let byte = bytes[this.position++];
    if (byte === undefined) badMessage('it ends inside a number');
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; shift < 70; shift += 7) {
      byte = bytes[this.position++];
      if (byte === undefined) badMessage('it ends inside a number');
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    return badMessage('a number has more than ten bytes');
  }

  /** A varint of 64 bits, unsigned. */
  uint64(): bigint {
    const { bytes } = this;
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[this.position++];
      if (byte === undefined) badMessage('it ends inside a number');
      if (byte < 0x80) return BigInt(value + byte * factor);
      value += (byte & 0x7f) * factor;
      if (factor === LAST_SAFE_SHIFT / 128) return this.#wide(BigInt(value), 49n);
      factor *= 128;
    }
  }

  #wide(low: bigint, from: bigint): bigint {
    let value = low;
    for (let shift = from; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) badMessage('it ends inside a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    return badMessage('a number has more than ten bytes');
  }

  int64(): bigint {
    return BigInt.asIntN(64, this.uint64());
  }

  /** End of a length-delimited field that starts here, inside `limit`. */
  enter(limit: number): number {
    const length = this.uint32();
    const end = this.position + length;
    if (end > limit) badMessage('a field is longer than its message');
    return end;
  }

  /** A view of the message, not a copy: it keeps the message's memory alive. */
  view(limit: number): Uint8Array {
    const end = this.enter(limit);
    if (this.position === end) return NO_BYTES;
    const { buffer, byteOffset } = this.bytes;
    // Half the time of `Buffer.subarray`, and a transaction has a dozen of them (Node 20).
    const view = new Uint8Array(buffer, byteOffset + this.position, end - this.position);
    this.position = end;
    return view;
  }

  text(limit: number): string {
    const end = this.enter(limit);
    const text = utf8Slice.call(this.bytes, this.position, end);
    this.position = end;
    return text;
  }

  passField(tag: number, limit: number): void {
    if (tag < FIRST_TAG) badMessage('a field without a number');
    switch (tag & 7) {
      case 0:
        this.uint64();
        break;
      case 1:
        this.position += 8;
        break;
      case 2:
        this.position = this.enter(limit);
        break;
      case 5:
        this.position += 4;
        break;
      default:
        badMessage(`unknown wire type ${tag & 7}`);
    }
    if (this.position > limit) badMessage('a field is longer than its message');
  }

  /** To be called after the fields of a message were read: none may have run past its end. */
  leave(end: number): void {
    if (this.position !== end) badMessage('a field is longer than its message');
  }
}
