/**
 * Byte strings as map keys. Base58 is for people and costs microseconds; inside the chain a key is its bytes, one
 * character each, which JavaScript compares and hashes natively.
 * @module
 */
import { createHash } from 'node:crypto';

/** A public key or signature as a string of one character per byte. */
export type Key = string;

export function keyOf(bytes: Uint8Array): Key {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

export function bytesOf(key: Key): Buffer {
  return Buffer.from(key, 'latin1');
}

export function sha256(...parts: (Uint8Array | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
