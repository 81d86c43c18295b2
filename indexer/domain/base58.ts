/**
 * Base58 of keys, hashes and signatures, with typed errors for text from outside.
 * @module
 */
import bs58 from 'bs58';
import { checkInput, InputError } from './errors.ts';
import { PUBLIC_KEY_BYTES } from './units.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Five digits at a time: the largest power whose products with 16 bits, sixteen of them added up, a number holds exactly. */
const DIGITS_PER_LIMB = 5;
const LIMB_BASE = 58 ** DIGITS_PER_LIMB;
const LIMBS = 9;
const WORD_BITS = 16;
const WORDS = (8 * PUBLIC_KEY_BYTES) / WORD_BITS;
/** Limbs of the value of each word's lowest bit, the most significant word and limb first. */
const wordLimbs = Float64Array.from({ length: WORDS * LIMBS }, (_, index) => {
  const value = 1n << BigInt(WORD_BITS * (WORDS - 1 - Math.floor(index / LIMBS)));
  const below = BigInt(LIMB_BASE) ** BigInt(LIMBS - 1 - (index % LIMBS));
  return Number((value / below) % BigInt(LIMB_BASE));
});
const limbs = new Float64Array(LIMBS);
const digits = Buffer.alloc(LIMBS * DIGITS_PER_LIMB);
const digitCodes = Uint8Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
const ZERO_DIGIT = ALPHABET.charCodeAt(0);

export function toBase58(bytes: Uint8Array): string {
  return bytes.length === PUBLIC_KEY_BYTES ? keyToBase58(bytes) : bs58.encode(bytes);
}

/** An epoch has each of its keys as text several times; four times as fast as digit by digit. */
function keyToBase58(key: Uint8Array): string {
  limbs.fill(0);
  for (let word = 0; word < WORDS; word += 1) {
    const value = ((key[2 * word] as number) << 8) | (key[2 * word + 1] as number);
    for (let limb = 0; limb < LIMBS; limb += 1) {
      limbs[limb] = (limbs[limb] as number) + value * (wordLimbs[word * LIMBS + limb] as number);
    }
  }
  for (let limb = LIMBS - 1; limb >= 0; limb -= 1) {
    const sum = limbs[limb] as number;
    const carry = Math.floor(sum / LIMB_BASE);
    if (limb > 0) limbs[limb - 1] = (limbs[limb - 1] as number) + carry;
    let rest = sum - carry * LIMB_BASE;
    for (let digit = DIGITS_PER_LIMB - 1; digit >= 0; digit -= 1) {
      const above = (rest / 58) | 0;
      digits[limb * DIGITS_PER_LIMB + digit] = digitCodes[rest - 58 * above] as number;
      rest = above;
    }
  }
  // A zero byte at the front is a zero digit; other zero digits at the front are none.
  let zeroBytes = 0;
  while (zeroBytes < PUBLIC_KEY_BYTES && key[zeroBytes] === 0) zeroBytes += 1;
  let first = 0;
  while (first < digits.length && digits[first] === ZERO_DIGIT) first += 1;
  return digits.toString('latin1', first - zeroBytes);
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
