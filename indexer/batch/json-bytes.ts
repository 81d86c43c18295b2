/**
 * Canonical JSON straight from Borsh bytes: the text that `canonical-json.ts` makes of the decoded value, with no value and
 * no string in between. Looks at the bytes as strictly as the compiled decoders do, and gives up where they would refuse
 * them, or where it does not know what they would do.
 * @module
 */
import { isUtf8 } from 'node:buffer';
import {
  type EnumLayout,
  fixedSize,
  INTEGER_BYTES,
  type Layout,
  partsOf,
  type StructLayout,
} from '../decode/layout.ts';
import { toBase58 } from '../domain/base58.ts';
import { ByteSource } from './byte-source.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Writes what stands at an offset; the offset behind it, or `GIVEN_UP`. */
export type BytesStep = (writer: ByteWriter, from: ByteSource, at: number, end: number) => number;

export const GIVEN_UP = -1;

/** Values nested deeper are left to the decoder, which has a bound of its own. */
const MAX_DEPTH = 30;

const known = new WeakMap<Layout, BytesStep>();
let depth = 0;

/** The step of a layout; `null` for what has floats in it. */
export function jsonStep(layout: Layout): BytesStep | null {
  return hasFloat(layout, new Set()) ? null : stepOf(layout);
}

export function hasFloat(layout: Layout, seen: Set<Layout>): boolean {
  if (layout.kind === 'float') return true;
  if (seen.has(layout)) return false;
  seen.add(layout);
  return partsOf(layout).some((part) => hasFloat(part, seen));
}

function stepOf(layout: Layout): BytesStep {
  const step = known.get(layout);
  if (step !== undefined) return step;
  // Stands there while the step is made: a layout that contains itself finds itself.
  known.set(layout, (...call) => (known.get(layout) as BytesStep)(...call));
  const made = makeStep(layout);
  known.set(layout, made);
  return made;
}

function makeStep(layout: Layout): BytesStep {
  switch (layout.kind) {
    case 'bool':
      return boolStep;
    case 'integer':
      return integerStep(INTEGER_BYTES[layout.type], layout.type.startsWith('i'));
    case 'string':
      return textStep;
    case 'pubkey':
      return keyStep;
    case 'bytes':
      return hexStep(layout.size);
    case 'option':
      return optionStep(stepOf(layout.inner), 1, 0);
    case 'coption':
      return optionStep(stepOf(layout.inner), 4, fixedSize(layout.inner) ?? 0);
    case 'vec':
      return listStep(stepOf(layout.item), null);
    case 'array':
      return listStep(stepOf(layout.item), layout.length);
    case 'struct':
      return structStep(layout);
    case 'enum':
      return enumStep(layout);
    default:
      return () => GIVEN_UP;
  }
}

const boolStep: BytesStep = (writer, { bytes }, at, end) => {
  const byte = bytes[at] as number;
  if (at >= end || byte > 1) return GIVEN_UP;
  writer.ascii(byte === 1 ? 'true' : 'false');
  return at + 1;
};

function integerStep(size: number, isSigned: boolean): BytesStep {
  if (size <= 4) return smallStep(size, isSigned);
  return (writer, { view }, at, end) => {
    if (at + size > end) return GIVEN_UP;
    writer.uint8(QUOTE);
    const low = view.getUint32(at, true);
    const high = view.getUint32(at + 4, true);
    if (high < 2 ** 21 && isZero(view, at + 8, at + size)) writer.decimal(high * 2 ** 32 + low);
    else writer.ascii(wideText(view, at, size, isSigned));
    writer.uint8(QUOTE);
    return at + size;
  };
}

function smallStep(size: number, isSigned: boolean): BytesStep {
  const unused = 8 * (4 - size);
  return (writer, { bytes }, at, end) => {
    if (at + size > end) return GIVEN_UP;
    let value = 0;
    for (let offset = 0; offset < size; offset += 1) value |= (bytes[at + offset] as number) << (8 * offset);
    if (!isSigned) writer.decimal(value >>> 0);
    else {
      value = (value << unused) >> unused;
      if (value < 0) writer.uint8(MINUS);
      writer.decimal(Math.abs(value));
    }
    return at + size;
  };
}

function isZero(view: DataView, start: number, end: number): boolean {
  for (let at = start; at < end; at += 4) if (view.getInt32(at, true) !== 0) return false;
  return true;
}

function wideText(view: DataView, at: number, size: number, isSigned: boolean): string {
  let value = 0n;
  for (let offset = size - 8; offset >= 0; offset -= 8) value = (value << 64n) | view.getBigUint64(at + offset, true);
  return String(isSigned ? BigInt.asIntN(8 * size, value) : value);
}

const textStep: BytesStep = (writer, from, at, end) => {
  const start = at + 4;
  if (start > end) return GIVEN_UP;
  const next = start + from.view.getUint32(at, true);
  if (next > end) return GIVEN_UP;
  writer.uint8(QUOTE);
  if (isPlain(from.bytes, start, next)) writer.copyFrom(from, start, next);
  else {
    const text = from.bytes.subarray(start, next);
    if (!isUtf8(text)) return GIVEN_UP;
    writer.raw(JSON.stringify(Buffer.prototype.utf8Slice.call(text, 0, text.length)).slice(1, -1));
  }
  writer.uint8(QUOTE);
  return next;
};

/** True for text of which JSON is the same bytes: printable ASCII without quotes and backslashes, and two-byte characters. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) {
      at += 1;
      if (byte < 0xc2 || byte > 0xdf || at >= end || ((bytes[at] as number) & 0xc0) !== 0x80) return false;
    } else if (byte < 0x20 || byte === QUOTE || byte === BACKSLASH) return false;
  }
  return true;
}

const keyStep: BytesStep = (writer, { bytes }, at, end) => {
  if (at + 32 > end) return GIVEN_UP;
  writer.uint8(QUOTE);
  writer.ascii(toBase58(bytes.subarray(at, at + 32)));
  writer.uint8(QUOTE);
  return at + 32;
};

/** @param size `null` where a u32 length stands in front */
function hexStep(size: number | null): BytesStep {
  return (writer, { bytes, view }, at, end) => {
    if (size === null && at + 4 > end) return GIVEN_UP;
    const start = size === null ? at + 4 : at;
    const next = start + (size ?? view.getUint32(at, true));
    if (next > end) return GIVEN_UP;
    writer.uint8(QUOTE);
    for (let offset = start; offset < next; offset += 1) {
      writer.uint16(HEX_DIGITS[bytes[offset] as number] as number);
    }
    writer.uint8(QUOTE);
    return next;
  };
}

function optionStep(inner: BytesStep, flagBytes: 1 | 4, absentBytes: number): BytesStep {
  return (writer, from, at, end) => {
    if (at + flagBytes > end) return GIVEN_UP;
    const flag = flagBytes === 1 ? (from.bytes[at] as number) : from.view.getUint32(at, true);
    if (flag > 1) return GIVEN_UP;
    if (flag === 1) return inner(writer, from, at + flagBytes, end);
    writer.ascii('null');
    return at + flagBytes + absentBytes > end ? GIVEN_UP : at + flagBytes + absentBytes;
  };
}

/** @param length `null` where a u32 count stands in front */
function listStep(item: BytesStep, length: number | null): BytesStep {
  return (writer, from, at, end) => {
    if (length === null && at + 4 > end) return GIVEN_UP;
    const count = length ?? from.view.getUint32(at, true);
    let next = length === null ? at + 4 : at;
    // Items may have no bytes at all, and then only the decoder knows how many are too many.
    if (count > end - next) return GIVEN_UP;
    writer.uint8(LIST_OPEN);
    for (let index = 0; index < count; index += 1) {
      if (index > 0) writer.uint8(COMMA);
      next = item(writer, from, next, end);
      if (next < 0) return GIVEN_UP;
    }
    writer.uint8(LIST_CLOSE);
    return next;
  };
}

function structStep({ fields }: StructLayout): BytesStep {
  const members = fields.map(({ name, layout }, index) => ({
    start: new ByteSource(Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(name)}:`)),
    step: stepOf(layout),
  }));
  return (writer, from, at, end) => {
    if (depth >= MAX_DEPTH) return GIVEN_UP;
    depth += 1;
    writer.uint8(OBJECT_OPEN);
    let next = at;
    for (const { start, step } of members) {
      writer.copyFrom(start, 0, start.bytes.length);
      next = step(writer, from, next, end);
      if (next < 0) break;
    }
    writer.uint8(OBJECT_CLOSE);
    depth -= 1;
    return next;
  };
}

function enumStep({ variants }: EnumLayout): BytesStep {
  const members = variants.map((variant) => ({
    start: new ByteSource(Buffer.from(`{${JSON.stringify(variant.name)}:`)),
    step: stepOf(variant),
  }));
  return (writer, from, at, end) => {
    const member = at < end ? members[from.bytes[at] as number] : undefined;
    if (member === undefined) return GIVEN_UP;
    writer.copyFrom(member.start, 0, member.start.bytes.length);
    const next = member.step(writer, from, at + 1, end);
    writer.uint8(OBJECT_CLOSE);
    return next;
  };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const COMMA = 0x2c;
const LIST_OPEN = 0x5b;
const LIST_CLOSE = 0x5d;
const OBJECT_OPEN = 0x7b;
const OBJECT_CLOSE = 0x7d;
/** The two digits of a byte, the first one in the lower half. */
const HEX_DIGITS = Uint16Array.from({ length: 256 }, (_, byte) => {
  const text = byte.toString(16).padStart(2, '0');
  return text.charCodeAt(0) | (text.charCodeAt(1) << 8);
});
