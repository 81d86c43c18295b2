/**
 * Reads what `ByteWriter` writes and what ClickHouse answers in RowBinary. Never reads past the end.
 * @module
 */
import { InvariantError } from '../domain/errors.ts';

export class ByteReader {
  readonly #buffer: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#buffer.length;
  }

  get offset(): number {
    return this.#at;
  }

  unsigned(byteCount: 1 | 2 | 4): number {
    const at = this.#take(byteCount);
    if (byteCount === 1) return this.#view.getUint8(at);
    return byteCount === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  signed(byteCount: 1 | 2 | 4): number {
    const at = this.#take(byteCount);
    if (byteCount === 1) return this.#view.getInt8(at);
    return byteCount === 2 ? this.#view.getInt16(at, true) : this.#view.getInt32(at, true);
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true);
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8), true);
  }

  wide(byteCount: 16 | 32, isSigned: boolean): bigint {
    const at = this.#take(byteCount);
    let value = 0n;
    for (let offset = byteCount - 8; offset >= 0; offset -= 8) {
      value = (value << 64n) | this.#view.getBigUint64(at + offset, true);
    }
    return isSigned ? BigInt.asIntN(8 * byteCount, value) : value;
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8), true);
  }

  float32(): number {
    return this.#view.getFloat32(this.#take(4), true);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.unsigned(1);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** A view into the answer, not a copy. */
  bytes(byteCount: number): Buffer {
    const at = this.#take(byteCount);
    return this.#buffer.subarray(at, at + byteCount);
  }

  /** Bytes as a text of as many characters, to look something up by. */
  latin1(byteCount: number): string {
    const at = this.#take(byteCount);
    return this.#buffer.toString('latin1', at, at + byteCount);
  }

  text(): string {
    const byteCount = this.varint();
    const at = this.#take(byteCount);
    return this.#buffer.toString('utf8', at, at + byteCount);
  }

  #take(byteCount: number): number {
    const at = this.#at;
    const end = at + byteCount;
    // Checked for each value: what an error would say is put together only when there is one.
    if (end > this.#buffer.length) cut(at, byteCount, this.#buffer.length);
    this.#at = end;
    return at;
  }
}

function cut(offset: number, byteCount: number, length: number): never {
  const context = { offset, byteCount, length };
  throw new InvariantError('BATCH__ROW_CUT', 'A RowBinary answer ends inside a row', context);
}
