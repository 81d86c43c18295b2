import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ByteReader } from '../../../indexer/batch/byte-reader.ts';
import { ByteWriter } from '../../../indexer/batch/byte-writer.ts';
import { codecOf } from '../../../indexer/batch/column-codec.ts';
import type { ColumnValue } from '../../../indexer/decode/event-tables.ts';
import { readSettings } from '../../../indexer/domain/settings.ts';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';

const signed = (bits: number) => ({ min: -(1n << BigInt(bits - 1)), max: (1n << BigInt(bits - 1)) - 1n });
const unsigned = (bits: number) => ({ min: 0n, max: (1n << BigInt(bits)) - 1n });
const small = ({ min, max }: { min: bigint; max: bigint }) => fc.integer({ min: Number(min), max: Number(max) });
const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((each) => Buffer.from(each));
const text = fc.string({ unit: 'binary', maxLength: 300 });

/** A value of every type that a column can have. */
const valuesByType: Readonly<Record<string, fc.Arbitrary<ColumnValue>>> = {
  UInt8: small(unsigned(8)),
  UInt16: small(unsigned(16)),
  UInt32: small(unsigned(32)),
  Int8: small(signed(8)),
  Int16: small(signed(16)),
  Int32: small(signed(32)),
  UInt64: fc.bigInt(unsigned(64)),
  UInt128: fc.bigInt(unsigned(128)),
  UInt256: fc.bigInt(unsigned(256)),
  Int64: fc.bigInt(signed(64)),
  Int128: fc.bigInt(signed(128)),
  Int256: fc.bigInt(signed(256)),
  Bool: fc.boolean(),
  Float32: fc.float({ noNaN: true }),
  Float64: fc.double({ noNaN: true }),
  String: text,
  'FixedString(3)': bytes(3),
  'FixedString(32)': bytes(32),
  'LowCardinality(String)': text,
  'Nullable(UInt64)': fc.option(fc.bigInt(unsigned(64))),
  'Nullable(FixedString(32))': fc.option(bytes(32)),
  'LowCardinality(Nullable(String))': fc.option(text),
  'Array(UInt16)': fc.array(small(unsigned(16)), { maxLength: 200 }),
  'Array(Array(Int128))': fc.array(fc.array(fc.bigInt(signed(128)), { maxLength: 3 }), { maxLength: 3 }),
  'Array(FixedString(32))': fc.array(bytes(32), { maxLength: 5 }),
  'Array(Nullable(String))': fc.array(fc.option(text), { maxLength: 5 }),
};
const types = Object.keys(valuesByType);
const row = fc.tuple(...types.map((type) => valuesByType[type] as fc.Arbitrary<ColumnValue>));

let server: RunningClickHouse;
let client: StoreClient;
beforeAll(async () => {
  server = await startEmbeddedClickHouse();
  client = createStoreClient(readSettings({ CLICKHOUSE_URL: server.url, CLICKHOUSE_DATABASE: 'default' }));
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

describe('codecs', () => {
  it('read back what they wrote, to the last byte', () => {
    const codecs = types.map((type) => codecOf(type));
    fc.assert(
      fc.property(row, (values) => {
        const writer = new ByteWriter();
        for (const [index, codec] of codecs.entries()) codec.write(writer, values[index] as ColumnValue);
        const reader = new ByteReader(writer.copy());
        expect(codecs.map((codec) => codec.read(reader))).toEqual(values);
        expect(reader.isAtEnd).toBe(true);
      }),
    );
  });

  it('speak as ClickHouse does, in both directions', async () => {
    const columnNames = types.map((_, index) => `c${index}`);
    const declared = types.map((type, index) => `c${index} ${type}`).join(', ');
    await client.command(`CREATE TABLE every_type (n UInt32, ${declared}) ENGINE = MergeTree ORDER BY n
SETTINGS allow_nullable_key = 1`);
    const written = fc.sample(row, { numRuns: 200, seed: 7 });
    const writer = new ByteWriter();
    for (const [n, values] of written.entries()) {
      writer.unsigned(n, 4);
      for (const [index, type] of types.entries()) codecOf(type).write(writer, values[index] as ColumnValue);
    }
    await client.insert({
      table: 'every_type',
      columnNames: ['n', ...columnNames],
      rowCount: written.length,
      bytes: writer.copy(),
    });
    const found = await rows<Record<string, ColumnValue>>(
      client,
      `SELECT ${columnNames.join(', ')} FROM every_type ORDER BY n`,
    );
    expect(found.map((each) => Object.values(each))).toEqual(written);
  });

  it('hold what ClickHouse itself makes of a value', async () => {
    const [found] = await rows<Record<string, ColumnValue>>(
      client,
      `SELECT toInt256('-57896044618658097711785492504343953926634992332820282019728792003956564819968') AS least,
  toUInt128('340282366920938463463374607431768211455') AS most, -5::Int16 AS five, 1.5::Float32 AS half,
  unhex('ff00')::FixedString(2) AS raw, [toUInt64(18446744073709551615)] AS list`,
    );
    expect(found).toEqual({
      least: -(1n << 255n),
      most: (1n << 128n) - 1n,
      five: -5,
      half: 1.5,
      raw: Buffer.from('ff00', 'hex'),
      list: [18_446_744_073_709_551_615n],
    });
  });

  it('refuse what does not fit instead of wrapping it', () => {
    const writer = new ByteWriter();
    const tooLarge: [string, ColumnValue][] = [
      ['UInt8', 256],
      ['UInt32', -1],
      ['Int8', 128],
      ['UInt16', 1.5],
      ['UInt64', 1n << 64n],
      ['UInt64', -1n],
      ['Int64', 1n << 63n],
      ['UInt128', 1n << 128n],
      ['Int256', 1n << 255n],
    ];
    for (const [type, value] of tooLarge) {
      expect(() => codecOf(type).write(writer, value), type).toThrowError(
        expect.objectContaining({ code: 'BATCH__OUT_OF_RANGE' }),
      );
    }
    const wrong: [string, ColumnValue][] = [
      ['UInt64', 5],
      ['UInt8', 5n],
      ['FixedString(32)', new Uint8Array(31)],
      ['String', 5],
      ['Array(UInt8)', 'text'],
    ];
    for (const [type, value] of wrong) {
      expect(() => codecOf(type).write(writer, value), type).toThrowError(
        expect.objectContaining({ code: 'BATCH__WRONG_VALUE' }),
      );
    }
    expect(writer.length).toBe(0);
  });

  it('exist for no type that is not understood', () => {
    for (const type of ['Map(String, String)', 'UInt7', 'FixedString(0)', '', 'String) ENGINE = Null --', 'Array(']) {
      expect(() => codecOf(type), type).toThrowError(expect.objectContaining({ code: 'BATCH__UNKNOWN_TYPE' }));
    }
  });

  it('never read past the end of an answer', () => {
    const writer = new ByteWriter();
    codecOf('Array(String)').write(writer, ['one', 'two']);
    for (let length = 0; length < writer.length; length++) {
      const cut = new ByteReader(writer.copy().subarray(0, length));
      expect(() => codecOf('Array(String)').read(cut)).toThrowError(
        expect.objectContaining({ code: 'BATCH__ROW_CUT' }),
      );
    }
  });
});
