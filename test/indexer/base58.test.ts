import bs58 from 'bs58';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase58, toBase58 } from '../../indexer/domain/base58.ts';

const KEY_BYTES = 32;
/** Random bytes between zeros or ones, where digits are carried and left out. */
const key = fc
  .tuple(fc.nat(KEY_BYTES), fc.constantFrom(0, 0xff), fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES }))
  .map(([count, byte, bytes]) => Uint8Array.from(bytes, (random, index) => (index < count ? byte : random)));

it('the text of a key is that of another implementation, and gives the key back', () => {
  fc.assert(
    fc.property(key, (bytes) => {
      const text = toBase58(bytes);
      expect(text).toBe(bs58.encode(bytes));
      expect([...fromBase58(text)]).toEqual([...bytes]);
    }),
    { numRuns: 5_000 },
  );
});

it.each([0, 0xff])('a key of 32 times %i has a text', (byte) => {
  const bytes = new Uint8Array(KEY_BYTES).fill(byte);
  expect(toBase58(bytes)).toBe(bs58.encode(bytes));
});

it('bytes of another length have a text too', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
    expect(toBase58(bytes)).toBe(bs58.encode(bytes));
  });
  fc.assert(property);
});
