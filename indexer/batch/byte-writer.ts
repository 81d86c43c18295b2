/**
 * A growing buffer that rows are written into in ClickHouse's RowBinary encoding: little-endian integers of fixed
 * width, LEB128 lengths before texts and arrays. Values out of range throw instead of wrapping.
 * Source: https://clickhouse.com/docs/interfaces/formats/RowBinary
 * @module
 */
import { InvariantError } from '../domain/errors.ts';
import { U64_MAX } from '../domain/units.ts';

const FIRST_BYTES = 16 * 1024;
const I64_MIN = -(1n << 63n);
const I64_MAX = (1n << 63n) - 1n;

export class ByteWriter {
  #buffer = Buffer.alloc(0);
  #view = viewOf(this.#buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A copy of what was written from `start` on; later writes do not change it. */
  copy(start = 0): Buffer {
    return Buffer.from(this.#buffer.subarray(start, this.#length));
  }

  /** What was written from `start` on, valid until the next write. */
  peek(start = 0): Buffer {
    return this.#buffer.subarray(start, this.#length);
  }

  /** Unsigned integer of 1, 2 or 4 bytes. */
  unsigned(value: number, byteCount: 1 | 2 | 4): void {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * byteCount))
      outOfRange(value, `UInt${8 * byteCount}`);
    const at = this.#reserve(byteCount);
    if (byteCount === 1) this.#view.setUint8(at, value);
    else if (byteCount === 2) this.#view.setUint16(at, value, true);
    else this.#view.setUint32(at, value, true);
  }

  /** Two's complement integer of 1, 2 or 4 bytes. */
  signed(value: number, byteCount: 1 | 2 | 4): void {
    const half = 2 ** (8 * byteCount - 1);
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

  /** Length, then UTF-8. */
  text(value: string): void {
    const byteCount = Buffer.byteLength(value);
    this.varint(byteCount);
    const at = this.#reserve(byteCount);
    this.#buffer.write(value, at, 'utf8');
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
    this.#view = viewOf(larger);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function outOfRange(value: number | bigint, type: string): never {
  throw new InvariantError('BATCH__OUT_OF_RANGE', `${value} does not fit ${type}`, { value, type });
}
