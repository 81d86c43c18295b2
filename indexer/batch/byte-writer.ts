/**
 * A growing buffer that rows are written into in ClickHouse's RowBinary encoding: little-endian integers of fixed
 * width, LEB128 lengths before texts and arrays. Values out of range throw instead of wrapping.
 * Source: https://clickhouse.com/docs/interfaces/formats/RowBinary
 * @module
 */
// Imported, since the global is a getter.
import { Buffer } from 'node:buffer';
import { InvariantError } from '../domain/errors.ts';
import { U64_MAX } from '../domain/units.ts';
import type { ByteSource } from './byte-source.ts';

const FIRST_BYTES = 16 * 1024;
/** Of `decimal`, the last one first. */
const digits = new Uint8Array(24);
/** Up to here words are copied faster than a view is made. */
const LONG_COPY_BYTES = 256;
const I64_MIN = -(1n << 63n);
const I64_MAX = (1n << 63n) - 1n;

export class ByteWriter {
  #buffer = Buffer.alloc(0);
  #view = dataViewOf(this.#buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written from `start` on; later writes do not change it. */
  copy(start = 0): Buffer {
    return Buffer.from(this.#buffer.subarray(start, this.#length));
  }

  /** What was written from `start` to `end`, valid until the next write. */
  peek(start = 0, end = this.#length): Buffer {
    return this.#buffer.subarray(start, end);
  }

  /** Unsigned integer of 1, 2 or 4 bytes. */
  unsigned(value: number, byteCount: 1 | 2 | 4): void {
    if (byteCount === 4) this.uint32(value);
    else if (byteCount === 2) this.uint16(value);
    else this.uint8(value);
  }

  uint8(value: number): void {
    if ((value & 0xff) !== value) outOfRange(value, 'UInt8');
    const at = this.#reserve(1);
    this.#buffer[at] = value;
  }

  uint16(value: number): void {
    if ((value & 0xffff) !== value) outOfRange(value, 'UInt16');
    const at = this.#reserve(2);
    this.#view.setUint16(at, value, true);
  }

  uint32(value: number): void {
    if (value >>> 0 !== value) outOfRange(value, 'UInt32');
    const at = this.#reserve(4);
    this.#view.setUint32(at, value, true);
  }

  /** Two's complement integer of 1, 2 or 4 bytes. */
  signed(value: number, byteCount: 1 | 2 | 4): void {
    const half = byteCount === 4 ? 0x8000_0000 : byteCount === 2 ? 0x8000 : 0x80;
    if (!Number.isInteger(value) || value < -half || value >= half) outOfRange(value, `Int${8 * byteCount}`);
    const at = this.#reserve(byteCount);
    if (byteCount === 1) this.#view.setInt8(at, value);
    else if (byteCount === 2) this.#view.setInt16(at, value, true);
    else this.#view.setInt32(at, value, true);
  }

  uint64(value: bigint): void {
    if (value < 0n || value > U64_MAX) outOfRange(value, 'UInt64');
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, value, true);
  }

  int64(value: bigint): void {
    if (value < I64_MIN || value > I64_MAX) outOfRange(value, 'Int64');
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value, true);
  }

  /** Integer of 16 or 32 bytes, signed or not. */
  wide(value: bigint, byteCount: 16 | 32, isSigned: boolean): void {
    const bitCount = 8 * byteCount;
    const fitted = isSigned ? BigInt.asIntN(bitCount, value) : BigInt.asUintN(bitCount, value);
    if (fitted !== value) outOfRange(value, `${isSigned ? 'Int' : 'UInt'}${bitCount}`);
    const at = this.#reserve(byteCount);
    for (let offset = 0; offset < byteCount; offset += 8) {
      this.#view.setBigUint64(at + offset, BigInt.asUintN(64, value >> BigInt(8 * offset)), true);
    }
  }

  float64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  float32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setFloat32(at, value, true);
  }

  /** LEB128, for lengths. */
  varint(value: number): void {
    if (value < 0x80) {
      const short = this.#reserve(1);
      this.#buffer[short] = value;
      return;
    }
    let at = this.#reserve(8);
    this.#length -= 8;
    let rest = value;
    while (rest >= 0x80) {
      this.#view.setUint8(at++, (rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#view.setUint8(at++, rest);
    this.#length = at;
  }

  bytes(value: Uint8Array): void {
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
  }

  /** Bytes from `start` to `end` of a source: word by word, since a view costs more than most of what is copied. */
  copyFrom(source: ByteSource, start: number, end: number): void {
    let at = this.#reserve(end - start);
    if (end - start > LONG_COPY_BYTES) {
      this.#buffer.set(viewOf(source.bytes, start, end), at);
      return;
    }
    const { bytes, view: from } = source;
    const to = this.#view;
    let offset = start;
    for (; offset + 4 <= end; offset += 4, at += 4) to.setInt32(at, from.getInt32(offset, true), true);
    for (; offset < end; offset += 1, at += 1) this.#buffer[at] = bytes[offset] as number;
  }

  /** Eight bytes from their halves. */
  halves(low: number, high: number): void {
    const at = this.#reserve(8);
    this.#view.setInt32(at, low, true);
    this.#view.setInt32(at + 4, high, true);
  }

  /** All of another writer, with its length in front. */
  withLength(other: ByteWriter): void {
    this.varint(other.#length);
    const at = this.#reserve(other.#length);
    const to = this.#view;
    const from = other.#view;
    const words = other.#length & ~3;
    for (let offset = 0; offset < words; offset += 4) to.setInt32(at + offset, from.getInt32(offset, true), true);
    for (let offset = words; offset < other.#length; offset += 1)
      this.#buffer[at + offset] = other.#buffer[offset] as number;
  }

  /** Decimal digits of a whole number from 0 to 2^53 - 1. */
  decimal(value: number): void {
    let rest = value;
    let count = 0;
    // Nine digits at a time are what integer arithmetic can do.
    while (rest >= 1_000_000_000) {
      const upper = Math.floor(rest / 1_000_000_000);
      let lower = (rest - upper * 1_000_000_000) | 0;
      for (let digit = 0; digit < 9; digit += 1) {
        const tenth = (lower / 10) | 0;
        digits[count++] = 48 + lower - 10 * tenth;
        lower = tenth;
      }
      rest = upper;
    }
    let lower = rest | 0;
    do {
      const tenth = (lower / 10) | 0;
      digits[count++] = 48 + lower - 10 * tenth;
      lower = tenth;
    } while (lower > 0);
    const at = this.#reserve(count);
    for (let offset = 0; offset < count; offset += 1) this.#buffer[at + offset] = digits[count - 1 - offset] as number;
  }

  /** Text without a length, of characters of one byte. */
  ascii(value: string): void {
    const at = this.#reserve(value.length);
    const buffer = this.#buffer;
    for (let offset = 0; offset < value.length; offset += 1) buffer[at + offset] = value.charCodeAt(offset);
  }

  /** Text without a length, as UTF-8. */
  raw(value: string): void {
    const byteCount = Buffer.byteLength(value);
    const at = this.#reserve(byteCount);
    this.#buffer.write(value, at, 'utf8');
  }

  /** Forget what was written behind the first `length` bytes. */
  cutTo(length: number): void {
    this.#length = length;
  }

  /** Forget what was written, keep the memory. Views of `peek` are then no longer valid. */
  clear(): void {
    this.#length = 0;
  }

  /** Length, then UTF-8. */
  text(value: string): void {
    const byteCount = Buffer.byteLength(value);
    this.varint(byteCount);
    const at = this.#reserve(byteCount);
    this.#buffer.write(value, at, 'utf8');
  }

  /** As `text`, for texts of which there are few: names of tables, instructions, accounts. */
  name(value: string): void {
    this.bytes(encodedNames.get(value) ?? rememberedName(value));
  }

  /** Bytes that a FixedString column takes: their number must be right. */
  fixed(value: Uint8Array, byteCount: number): void {
    if (value.length !== byteCount) wrongLength(value.length, byteCount);
    this.bytes(value);
  }

  #reserve(byteCount: number): number {
    const at = this.#length;
    this.#length += byteCount;
    if (this.#length > this.#buffer.length) this.#grow();
    return at;
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(Math.max(FIRST_BYTES, 2 * this.#buffer.length, this.#length));
    larger.set(this.#buffer);
    this.#buffer = larger;
    this.#view = dataViewOf(larger);
  }
}

/** Names with their length in front. The bound keeps hostile names from filling memory. */
const encodedNames = new Map<string, Uint8Array>();
const MAX_ENCODED_NAMES = 16_384;

function rememberedName(value: string): Uint8Array {
  if (encodedNames.size >= MAX_ENCODED_NAMES) encodedNames.clear();
  const writer = new ByteWriter();
  writer.text(value);
  const encoded = writer.copy();
  encodedNames.set(value, encoded);
  return encoded;
}

function dataViewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Half the time of `subarray` where that is a Buffer's (Node 20). */
function viewOf({ buffer, byteOffset }: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset + start, end - start);
}

function outOfRange(value: number | bigint, type: string): never {
  throw new InvariantError('BATCH__OUT_OF_RANGE', `${value} does not fit ${type}`, { value, type });
}

function wrongLength(got: number, byteCount: number): never {
  const column = `FixedString(${byteCount})`;
  throw new InvariantError('BATCH__WRONG_VALUE', `A ${column} column got ${got} bytes`, { column, got });
}
