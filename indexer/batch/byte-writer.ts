/**
 * A growing buffer that rows are written into in ClickHouse's RowBinary encoding: little-endian integers of fixed
 * width, LEB128 lengths before texts and arrays. Values out of range throw instead of wrapping.
 * Source: https://clickhouse.com/docs/interfaces/formats/RowBinary
 * @module
 */
import { InvariantError } from '../domain/errors.ts';
import { U64_MAX } from '../domain/units.ts';

const FIRST_BYTES = 16 * 1024;
/** A view costs about as much as this many bytes copied one by one (Node 20). */
const LONG_SLICE_BYTES = 16;
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

  /** Bytes from `start` to `end` of another buffer; cheaper than `bytes` of a view made for it when they are few. */
  slice(from: Uint8Array, start: number, end: number): void {
    const at = this.#reserve(end - start);
    const buffer = this.#buffer;
    if (end - start > LONG_SLICE_BYTES) buffer.set(viewOf(from, start, end), at);
    else for (let offset = start; offset < end; offset += 1) buffer[at + offset - start] = from[offset] as number;
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
