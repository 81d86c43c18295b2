/**
 * Decoded fields as JSON text, one text for one value: fields in declared order, no spaces, integers of 64 bits and
 * more as decimal text, 32 bytes (keys, hashes, roots) as base58 and other bytes as lower-case hex.
 * @module
 */
import type { DecodedFields, DecodedValue } from '../decode/value.ts';
import { toBase58 } from '../domain/base58.ts';
import { PUBLIC_KEY_BYTES } from '../domain/units.ts';

export function canonicalJson(fields: DecodedFields): string {
  return textOf(fields);
}

function textOf(value: DecodedValue): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `"${bytesText(value)}"`;
  if (isList(value)) return `[${value.map(textOf).join(',')}]`;
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${textOf(each)}`)
    .join(',')}}`;
}

function bytesText(bytes: Uint8Array): string {
  if (bytes.length === PUBLIC_KEY_BYTES) return toBase58(bytes);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

function isList(value: DecodedValue): value is readonly DecodedValue[] {
  return Array.isArray(value);
}
