/**
 * Base64 as the runtime writes it, from bytes to bytes.
 * @module
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;

/** Six bits of a character; -1 for what is none. */
const sextets = new Int8Array(256).fill(-1);
for (const [value, character] of [...ALPHABET].entries()) sextets[character.charCodeAt(0)] = value;

/** Bytes that a text of this length has at most. */
export function decodedSizeBytes(length: number): number {
  return 3 * Math.ceil(length / 4);
}

/** Decode one text; the number of bytes, or -1 for anything that is not one text of base64 with its padding. */
export function decodeBase64(from: Uint8Array, at: number, length: number, to: Uint8Array): number {
  if (length === 0 || length % 4 !== 0) return -1;
  const end = at + length;
  const padding = from[end - 1] !== PADDING ? 0 : from[end - 2] !== PADDING ? 1 : 2;
  const wholeEnd = padding === 0 ? end : end - 4;
  let next = 0;
  for (let place = at; place < wholeEnd; place += 4) {
    const bits = bitsOf(from, place, 4);
    if (bits < 0) return -1;
    to[next] = bits >> 16;
    to[next + 1] = bits >> 8;
    to[next + 2] = bits;
    next += 3;
  }
  if (padding === 0) return next;
  const bits = bitsOf(from, wholeEnd, 4 - padding);
  if (bits < 0) return -1;
  to[next] = bits >> 16;
  if (padding === 1) to[next + 1] = bits >> 8;
  return next + 3 - padding;
}

/** The first `count` of four characters, as 24 bits; negative where one of them is none. */
function bitsOf(from: Uint8Array, at: number, count: number): number {
  const first = sextets[from[at] as number] as number;
  const second = sextets[from[at + 1] as number] as number;
  const third = count > 2 ? (sextets[from[at + 2] as number] as number) : 0;
  const fourth = count > 3 ? (sextets[from[at + 3] as number] as number) : 0;
  return (first << 18) | (second << 12) | (third << 6) | fourth;
}
