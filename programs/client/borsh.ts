/**
 * Borsh, as far as Anchor IDLs use it: a growing writer and a reader that never runs past its input.
 *
 * The generated clients are written over these two classes. Integers of 64 and more bits are `bigint`, public keys are
 * kit's `Address`. Format: https://borsh.io (little endian, u32 lengths, one byte for an option's tag).
 * @module
 */
import { type Address, getAddressEncoder } from '@solana/kit';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput, InputError } from '../../indexer/domain/errors.ts';

const INITIAL_BYTES = 256;
const KEY_BYTES = 32;
const addressEncoder = getAddressEncoder();
const textEncoder = new TextEncoder();
const textDecoder = new TextDecoder('utf-8', { fatal: true });

function checkRange(value: bigint, min: bigint, max: bigint, type: string): void {
  checkInput(value >= min && value <= max, 'CLIENT__OUT_OF_RANGE', `${value} does not fit ${type}`, { value, type });
}

/** Appends values; `bytes()` gives what was written so far. @throws InputError `CLIENT__OUT_OF_RANGE` from every integer. */
export class BorshWriter {
  #buffer = new Uint8Array(INITIAL_BYTES);
  #length = 0;

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  u8(value: number): void {
    this.#unsigned(BigInt(value), 1, 'u8');
  }

  u16(value: number): void {
    this.#unsigned(BigInt(value), 2, 'u16');
  }

  u32(value: number): void {
    this.#unsigned(BigInt(value), 4, 'u32');
  }

  u64(value: bigint): void {
    this.#unsigned(value, 8, 'u64');
  }

  u128(value: bigint): void {
    this.#unsigned(value, 16, 'u128');
  }

  i64(value: bigint): void {
    this.#signed(value, 8, 'i64');
  }

  i128(value: bigint): void {
    this.#signed(value, 16, 'i128');
  }

  bool(value: boolean): void {
    this.u8(value ? 1 : 0);
  }

  string(value: string): void {
    const bytes = textEncoder.encode(value);
    this.u32(bytes.length);
    this.raw(bytes);
  }

  pubkey(value: Address): void {
    this.raw(addressEncoder.encode(value));
  }

  /** `[u8; length]`. @throws InputError `CLIENT__BAD_LENGTH` */
  fixedBytes(value: ArrayLike<number>, length: number): void {
    checkInput(value.length === length, 'CLIENT__BAD_LENGTH', `Expected ${length} bytes, got ${value.length}`, {
      length,
    });
    this.raw(value);
  }

  option<T>(value: T | null, write: (value: T) => void): void {
    this.bool(value !== null);
    if (value !== null) write(value);
  }

  vec<T>(values: readonly T[], write: (value: T) => void): void {
    this.u32(values.length);
    values.forEach(write);
  }

  /** `[T; length]`. @throws InputError `CLIENT__BAD_LENGTH` */
  array<T>(values: readonly T[], length: number, write: (value: T) => void): void {
    const given = values.length;
    checkInput(given === length, 'CLIENT__BAD_LENGTH', `Expected ${length} items, got ${given}`, { length });
    values.forEach(write);
  }

  raw(bytes: ArrayLike<number>): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #unsigned(value: bigint, size: number, type: string): void {
    checkRange(value, 0n, (1n << BigInt(8 * size)) - 1n, type);
    this.#integer(value, size);
  }

  #signed(value: bigint, size: number, type: string): void {
    const half = 1n << BigInt(8 * size - 1);
    checkRange(value, -half, half - 1n, type);
    this.#integer(BigInt.asUintN(8 * size, value), size);
  }

  #integer(value: bigint, size: number): void {
    this.#reserve(size);
    for (let index = 0; index < size; index += 1) {
      this.#buffer[this.#length + index] = Number((value >> BigInt(8 * index)) & 0xffn);
    }
    this.#length += size;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + size));
    grown.set(this.#buffer);
    this.#buffer = grown;
  }
}

/**
 * Reads values from the front. What is left over (the padding of accounts) is nobody's error.
 * @throws InputError `CLIENT__TRUNCATED` from every method when the input ends too early
 */
export class BorshReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  u8(): number {
    return Number(this.#unsigned(1));
  }

  u16(): number {
    return Number(this.#unsigned(2));
  }

  u32(): number {
    return Number(this.#unsigned(4));
  }

  u64(): bigint {
    return this.#unsigned(8);
  }

  u128(): bigint {
    return this.#unsigned(16);
  }

  i64(): bigint {
    return BigInt.asIntN(64, this.#unsigned(8));
  }

  i128(): bigint {
    return BigInt.asIntN(128, this.#unsigned(16));
  }

  /** @throws InputError `CLIENT__BAD_TAG` for anything but 0 and 1 */
  bool(): boolean {
    const tag = this.u8();
    checkInput(tag < 2, 'CLIENT__BAD_TAG', `Expected 0 or 1 at byte ${this.#offset - 1}, got ${tag}`, { tag });
    return tag === 1;
  }

  /** @throws InputError `CLIENT__BAD_TEXT` for bytes that are not UTF-8 */
  string(): string {
    const bytes = this.fixedBytes(this.u32());
    try {
      return textDecoder.decode(bytes);
    } catch (error) {
      throw new InputError('CLIENT__BAD_TEXT', 'Text is not UTF-8', { length: bytes.length }, error);
    }
  }

  pubkey(): Address {
    return toBase58(this.fixedBytes(KEY_BYTES)) as Address;
  }

  fixedBytes(length: number): Uint8Array {
    const end = this.#offset + length;
    checkInput(end <= this.#bytes.length, 'CLIENT__TRUNCATED', `Needs ${end} bytes, has ${this.#bytes.length}`, {
      needed: end,
      length: this.#bytes.length,
    });
    const bytes = this.#bytes.slice(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  option<T>(read: () => T): T | null {
    return this.bool() ? read() : null;
  }

  vec<T>(read: () => T): T[] {
    return this.#items(this.u32(), read);
  }

  array<T>(length: number, read: () => T): T[] {
    return this.#items(length, read);
  }

  /** A hostile length fails at the first item that is not there, before anything of that size is allocated. */
  #items<T>(length: number, read: () => T): T[] {
    const items: T[] = [];
    for (let index = 0; index < length; index += 1) items.push(read());
    return items;
  }

  #unsigned(size: number): bigint {
    let value = 0n;
    this.fixedBytes(size).forEach((byte, index) => {
      value |= BigInt(byte) << BigInt(8 * index);
    });
    return value;
  }
}
