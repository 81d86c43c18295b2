/** Types that Anchor's own coder does not have: what Borsh, and SPL's Pack for `coption`, write is what is read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventTableShape, type TypedTable } from '../../../indexer/batch/chain-tables.ts';
import { canonicalJson } from '../../../indexer/decode/canonical-json.ts';
import { compileDecoder } from '../../../indexer/decode/compile-decoder.ts';
import { parseIdl } from '../../../indexer/decode/parse-idl.ts';
import { buildRegistry } from '../../../indexer/decode/registry.ts';
import { layoutResolver } from '../../../indexer/decode/resolve-layout.ts';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
const text = (value: string) => Buffer.concat([u32(Buffer.byteLength(value)), Buffer.from(value)]);

/** Decoders of one field of a type, by the newer form of an IDL and by the older one. */
function decodersOf(type: unknown) {
  const fields = [{ name: 'value', type }];
  const newer = parseIdl({
    metadata: { name: 'some', version: '0.1.0', spec: '0.1.0' },
    events: [{ name: 'Event', discriminator: [1] }],
    types: [{ name: 'Event', type: { kind: 'struct', fields } }],
  });
  const older = parseIdl({ version: '0.1.0', name: 'some', instructions: [], events: [{ name: 'Event', fields }] });
  return [newer, older].map((idl) => compileDecoder(layoutResolver(idl).named('Event')));
}

function expectValue(type: unknown, bytes: Buffer, value: unknown): void {
  for (const decoder of decodersOf(type)) {
    expect(decoder.decodeExact(bytes, 0)).toEqual({ value });
    expect(decoder.decodeExact(bytes.subarray(0, -1), 0)).toBe('length_mismatch');
    const longer = Buffer.concat([bytes, Buffer.alloc(1)]);
    expect(['trailing_bytes', 'length_mismatch']).toContain(decoder.decodeExact(longer, 0));
  }
}

const number64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('types of other generators', () => {
  test.each(['hashMap', 'bTreeMap'])('a %s is a list of pairs', (kind) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 8 }), number64), { maxLength: 5 }), (pairs) => {
        const bytes = Buffer.concat([u32(pairs.length), ...pairs.flatMap(([key, value]) => [text(key), u64(value)])]);
        expectValue(
          { [kind]: ['string', 'u64'] },
          bytes,
          pairs.map(([key, value]) => ({ 0: key, 1: value })),
        );
      }),
      { numRuns: 50 },
    );
  });

  test.each(['hashSet', 'bTreeSet'])('a %s is a list', (kind) => {
    fc.assert(
      fc.property(fc.array(number64, { maxLength: 5 }), (items) => {
        expectValue({ [kind]: 'u64' }, Buffer.concat([u32(items.length), ...items.map(u64)]), items);
      }),
      { numRuns: 50 },
    );
  });

  test('a tuple is its fields in their order, in whatever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), number64), { maxLength: 4 }), (tuples) => {
        const items = tuples.map(([flag, value]) => Buffer.concat([Buffer.from([flag ? 1 : 0]), u64(value)]));
        const values = tuples.map(([flag, value]) => ({ 0: flag, 1: value }));
        expectValue({ vec: { tuple: ['bool', 'u64'] } }, Buffer.concat([u32(items.length), ...items]), values);
      }),
      { numRuns: 50 },
    );
  });

  test('a coption has four bytes of tag, and room for its value whether it is there or not', () => {
    fc.assert(
      fc.property(fc.option(number64), (value) => {
        const bytes = Buffer.concat([u32(value === null ? 0 : 1), u64(value ?? 7n)]);
        expectValue({ coption: 'u64' }, bytes, value);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a map of one type', { hashMap: ['u8'] }],
    ['a map of three', { bTreeMap: ['u8', 'u8', 'u8'] }],
    ['a type that nobody knows', { hashBag: 'u8' }],
  ])('%s is refused by its place', (_, type) => {
    expect(() => decodersOf(type)).toThrow(expect.objectContaining({ code: 'IDL__BAD_TYPE' }));
  });

  test('an event that has them has its table, where they stand as canonical JSON', () => {
    const type = { hashMap: ['string', { tuple: ['u64', 'bool'] }] };
    const idl = parseIdl({
      version: '0.1.0',
      name: 'some',
      events: [{ name: 'Event', fields: [{ name: 'map', type }] }],
    });
    const programId = '11111111111111111111111111111111';
    const [table] = buildRegistry([{ programId, prefix: 'some', idl, validFromSlot: 0n }]).tables;
    const { columns } = eventTableShape(table as TypedTable);
    expect(columns.find(({ name }) => name === 'map')?.type).toBe('String');
    const [event] = idl.events;
    const decoder = compileDecoder(layoutResolver(idl).named(event?.typeName ?? ''));
    const bytes = Buffer.concat([u32(1), text('key'), u64(2n ** 63n), Buffer.from([1])]);
    const fields = decoder.decodeExact(bytes, 0);
    expect(typeof fields === 'string' ? fields : canonicalJson(decoder.layout, fields)).toBe(
      '{"map":[{"0":"key","1":{"0":"9223372036854775808","1":true}}]}',
    );
  });

  test('a set of what takes no bytes would cost time without end, and is refused', () => {
    expect(() => decodersOf({ hashSet: { array: ['u16', 0] } })).toThrow(
      expect.objectContaining({ code: 'IDL__UNSUPPORTED_LAYOUT' }),
    );
  });
});
