/**
 * Bytes to copy and read numbers from, with the view over them made once.
 * @module
 */
import { isUtf8 } from 'node:buffer';

export class ByteSource {
  readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

const EMPTY = new ByteSource(new Uint8Array(0));

/** The source of these bytes, made anew only where they are not those of the last call. */
export function latestSource(): (bytes: Uint8Array) => ByteSource {
  let last = EMPTY;
  return (bytes) => {
    if (last.bytes !== bytes) last = new ByteSource(bytes);
    return last;
  };
}

/** True for bytes between two offsets that are UTF-8, as strictly as a decoder of text that refuses what is none. */
export function isText({ bytes }: ByteSource, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80) continue;
    if (byte < 0xc2 || byte > 0xdf) return isUtf8(bytes.subarray(at, end));
    // Two bytes are one character: nearly all that is not ASCII.
    at += 1;
    if (at === end || ((bytes[at] as number) & 0xc0) !== 0x80) return false;
  }
  return true;
}

/** True when `length` bytes at two places are the same. */
export function isSame(left: ByteSource, leftAt: number, right: ByteSource, rightAt: number, length: number): boolean {
  if (leftAt + length > left.bytes.length || rightAt + length > right.bytes.length) return false;
  const leftView = left.view;
  const rightView = right.view;
  let offset = 0;
  for (; offset + 4 <= length; offset += 4) {
    if (leftView.getInt32(leftAt + offset, true) !== rightView.getInt32(rightAt + offset, true)) return false;
  }
  for (; offset < length; offset += 1) if (left.bytes[leftAt + offset] !== right.bytes[rightAt + offset]) return false;
  return true;
}
