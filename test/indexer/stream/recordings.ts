/**
 * The recorded streams of a real validator: raw messages, and what comes out of them.
 * Source: fixtures/yellowstone of the shared material; absent there, the tests that need them are skipped.
 * @module
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readUpdate } from '../../../indexer/stream/raw-update.ts';
import type { Update } from '../../../indexer/stream/update.ts';
import { sharedPath } from '../../conformance/shared-data.ts';

export type RecordingName = 'confirmed' | 'processed' | 'replay' | 'filtered-blocks';
export const RECORDING_NAMES: readonly RecordingName[] = ['confirmed', 'processed', 'replay', 'filtered-blocks'];

export function recordedMessages(name: RecordingName): Buffer[] {
  return splitFrames(gunzipSync(readFileSync(sharedPath(`fixtures/yellowstone/${name}.bin.gz`))));
}

export function recordedUpdates(name: RecordingName): Update[] {
  return recordedMessages(name)
    .map(readUpdate)
    .filter((each) => each !== null);
}

/** Messages of a recording: a big-endian u32 length before each. */
function splitFrames(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    frames.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return frames;
}

/** Any value as text that is equal exactly when the values are: byte arrays of every kind as hex, fields by name. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, each]) => `${name}:${canonicalText(each)}`).join(',')}}`;
}
