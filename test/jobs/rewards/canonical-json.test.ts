import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CanonicalPart, canonicalJson } from '../../../jobs/rewards/compute/canonical-json.ts';

it('is the same text whatever the order of keys', () => {
  const object = fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.string(), fc.boolean()));
  fc.assert(
    fc.property(object, (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual({ ...value });
    }),
  );
});

it('writes amounts as text, bytes as hex, and one entry of a list per line', () => {
  const value = {
    leaves: [
      { usdc: 2n, pool: Uint8Array.of(1, 255) },
      { usdc: 3n, pool: Uint8Array.of(2) },
    ],
    epoch: 1,
  };
  expect(canonicalJson(value)).toBe(
    '{\n"epoch":1,\n"leaves":[\n{"pool":"01ff","usdc":"2"},\n{"pool":"02","usdc":"3"}\n]\n}\n',
  );
});

it('sorts keys by code unit and never by a locale', () => {
  expect(canonicalJson({ ä: 1, z: 2, B: 3, a: 4 })).toBe('{\n"B":3,\n"a":4,\n"z":2,\n"ä":1\n}\n');
});

it('refuses numbers that are no integers', () => {
  expect(() => canonicalJson({ value: 0.5 })).toThrow(expect.objectContaining({ code: 'REWARDS__NOT_CANONICAL' }));
});

it('a part that was written before gives the same text as its value', () => {
  const row = fc.dictionary(fc.string(), fc.oneof(fc.bigInt(), fc.string(), fc.uint8Array(), fc.constant(null)));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(row, fc.array(row))), (value) => {
      const written = Object.entries(value).map(([key, each]) => [key, new CanonicalPart(each)] as const);
      expect(canonicalJson(Object.fromEntries(written))).toBe(canonicalJson(value));
    }),
  );
});
