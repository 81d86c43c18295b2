/**
 * From the name of a ClickHouse type to the functions that write and read one value of it in RowBinary.
 *
 * 64-bit and wider integers are `bigint`, narrower ones `number`; `FixedString` is bytes; `String` takes text or bytes
 * and reads as text unless bytes are asked for. `LowCardinality` is invisible in RowBinary.
 * @module
 */
import type { ColumnValue } from '../decode/event-tables.ts';
import { checkInput, InputError, InvariantError } from '../domain/errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

export interface ColumnCodec {
  write(writer: ByteWriter, value: ColumnValue): void;
  read(reader: ByteReader): ColumnValue;
}

const SMALL_BYTES = { 8: 1, 16: 2, 32: 4 } as const;
const WIDE_BYTES = { 128: 16, 256: 32 } as const;

/**
 * The codec of a type such as `Array(LowCardinality(String))`.
 * @param stringsAs whether `String` is read as text or as raw bytes
 * @throws InputError `BATCH__UNKNOWN_TYPE`
 */
export function codecOf(type: string, stringsAs: 'text' | 'bytes' = 'text'): ColumnCodec {
  const wrapped = /^(Array|Nullable|LowCardinality)\((.*)\)$/s.exec(type);
  if (wrapped !== null) return wrap(wrapped[1] as string, codecOf(wrapped[2] as string, stringsAs));
  const integer = /^(U?)Int(8|16|32|64|128|256)$/.exec(type);
  if (integer !== null) return integerCodec(integer[1] === '', Number(integer[2]) as 8);
  const fixed = /^FixedString\((\d+)\)$/.exec(type);
  if (fixed !== null) return fixedStringCodec(Number(fixed[1]));
  if (type === 'String') return stringsAs === 'text' ? textCodec : bytesCodec;
  const simple = simpleCodecs.get(type) ?? (/^DateTime64\(/.test(type) ? int64Codec : undefined);
  if (simple === undefined)
    throw new InputError('BATCH__UNKNOWN_TYPE', `Columns of type ${type} are not supported`, { type });
  return simple;
}

const int64Codec: ColumnCodec = { write: (to, value) => to.int64(asBigInt(value)), read: (from) => from.int64() };

const uint64Codec: ColumnCodec = { write: (to, value) => to.uint64(asBigInt(value)), read: (from) => from.uint64() };

const bytesCodec: ColumnCodec = {
  write(to, value) {
    if (typeof value === 'string') to.text(value);
    else {
      if (!(value instanceof Uint8Array)) wrongValue('String', value);
      to.varint(value.length);
      to.bytes(value);
    }
  },
  read: (from) => from.bytes(from.varint()),
};

const textCodec: ColumnCodec = { write: bytesCodec.write, read: (from) => from.text() };

const simpleCodecs: ReadonlyMap<string, ColumnCodec> = new Map<string, ColumnCodec>([
  ['Bool', { write: (to, value) => to.unsigned(value === true ? 1 : 0, 1), read: (from) => from.unsigned(1) === 1 }],
  ['Float64', { write: (to, value) => to.float64(asNumber(value)), read: (from) => from.float64() }],
  ['Float32', { write: (to, value) => to.float32(asNumber(value)), read: (from) => from.float32() }],
  ['DateTime', { write: (to, value) => to.unsigned(asNumber(value), 4), read: (from) => from.unsigned(4) }],
]);

function integerCodec(isSigned: boolean, bitCount: 8 | 16 | 32 | 64 | 128 | 256): ColumnCodec {
  if (bitCount === 64) return isSigned ? int64Codec : uint64Codec;
  if (bitCount === 128 || bitCount === 256) {
    const byteCount = WIDE_BYTES[bitCount];
    return {
      write: (to, value) => to.wide(asBigInt(value), byteCount, isSigned),
      read: (from) => from.wide(byteCount, isSigned),
    };
  }
  const byteCount = SMALL_BYTES[bitCount];
  return isSigned
    ? { write: (to, value) => to.signed(asNumber(value), byteCount), read: (from) => from.signed(byteCount) }
    : { write: (to, value) => to.unsigned(asNumber(value), byteCount), read: (from) => from.unsigned(byteCount) };
}

function fixedStringCodec(byteCount: number): ColumnCodec {
  checkInput(byteCount > 0, 'BATCH__UNKNOWN_TYPE', 'FixedString needs a length above 0');
  return {
    write(to, value) {
      if (!(value instanceof Uint8Array) || value.length !== byteCount) wrongValue(`FixedString(${byteCount})`, value);
      to.bytes(value);
    },
    read: (from) => from.bytes(byteCount),
  };
}

function wrap(kind: string, inner: ColumnCodec): ColumnCodec {
  if (kind === 'LowCardinality') return inner;
  if (kind === 'Nullable') {
    return {
      write(to, value) {
        to.unsigned(value === null ? 1 : 0, 1);
        if (value !== null) inner.write(to, value);
      },
      read: (from) => (from.unsigned(1) === 1 ? null : inner.read(from)),
    };
  }
  return {
    write(to, value) {
      if (!Array.isArray(value)) wrongValue('Array', value);
      to.varint(value.length);
      for (const each of value as readonly ColumnValue[]) inner.write(to, each);
    },
    read: (from) => Array.from({ length: from.varint() }, () => inner.read(from)),
  };
}

function asNumber(value: ColumnValue): number {
  if (typeof value !== 'number') wrongValue('number', value);
  return value;
}

function asBigInt(value: ColumnValue): bigint {
  if (typeof value !== 'bigint') wrongValue('64-bit or wider', value);
  return value;
}

function wrongValue(column: string, value: ColumnValue): never {
  const got = value instanceof Uint8Array ? `${value.length} bytes` : value === null ? 'null' : typeof value;
  throw new InvariantError('BATCH__WRONG_VALUE', `A ${column} column got ${got}`, { column, got });
}
