/**
 * Base58 of keys, hashes and signatures, with typed errors for text from outside.
 * @module
 */
import bs58 from 'bs58';
import { checkInput, InputError } from './errors.ts';
import { PUBLIC_KEY_BYTES } from './units.ts';

export function toBase58(bytes: Uint8Array): string {
  return bs58.encode(bytes);
}

/**
 * Bytes of a base58 text.
 * @param length expected number of bytes; 32 (a public key or hash) unless told otherwise
 * @throws InputError `DOMAIN__BAD_BASE58`
 */
export function fromBase58(text: string, length = PUBLIC_KEY_BYTES): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = bs58.decode(text);
  } catch (error) {
    throw new InputError(
      'DOMAIN__BAD_BASE58',
      `Not base58: ${text.slice(0, 100)}`,
      { text: text.slice(0, 100) },
      error,
    );
  }
  checkInput(
    bytes.length === length,
    'DOMAIN__BAD_BASE58',
    `Expected ${length} bytes, ${text.slice(0, 100)} has ${bytes.length}`,
    {
      text: text.slice(0, 100),
      length,
    },
  );
  return bytes;
}

/** Bytewise order of two keys, the only order used for trees and ties (never a locale's). */
export function compareBytes(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right);
}
