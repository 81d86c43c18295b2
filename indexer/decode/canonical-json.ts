/**
 * One JSON text per decoded value, the form of the `args` and `fields` columns.
 *
 * Fields in declared order, no spaces. Integers of 64 bits and more are decimal text, narrower ones numbers; public
 * keys base58; byte arrays (`bytes`, `vec<u8>`, `[u8; n]`) lower-case hex; an enum is `{"Variant":{fields}}`, a tuple
 * `{"0":…,"1":…}`; an absent option `null`; a float that JSON cannot say is text (`"NaN"`, `"Infinity"`, `"-Infinity"`).
 * A layout becomes a function once: instructions have one text each, and looking at the layout again is most of its cost.
 * @module
 */
import { toBase58 } from '../domain/base58.ts';
import type { EnumLayout, Layout, StructLayout } from './layout.ts';
import type { DecodedFields, DecodedValue } from './value.ts';

export type JsonWriter = (value: DecodedValue) => string;

/** Canonical JSON of a value that was decoded by `layout`. */
export function canonicalJson(layout: Layout, value: DecodedValue): string {
  return jsonWriter(layout)(value);
}

const writers = new WeakMap<Layout, JsonWriter>();

/** `canonicalJson` of one layout. */
export function jsonWriter(layout: Layout): JsonWriter {
  const known = writers.get(layout);
  if (known !== undefined) return known;
  // Stands there while the writer is made: a layout that contains itself finds itself.
  writers.set(layout, (value) => (writers.get(layout) as JsonWriter)(value));
  const made = makeWriter(layout);
  writers.set(layout, made);
  return made;
}

function makeWriter(layout: Layout): JsonWriter {
  switch (layout.kind) {
    case 'bool':
      return (value) => (value === true ? 'true' : 'false');
    case 'integer':
      return (value) => (typeof value === 'bigint' ? `"${value}"` : `${value as number}`);
    case 'float':
      return (value) => floatJson(value as number);
    case 'string':
      return (value) => JSON.stringify(value);
    case 'pubkey':
      return (value) => `"${toBase58(value as Uint8Array)}"`;
    case 'bytes':
      return (value) => `"${hexOf(value as Uint8Array)}"`;
    case 'option':
    case 'coption':
      return optionWriter(jsonWriter(layout.inner));
    case 'vec':
    case 'array':
      return listWriter(jsonWriter(layout.item));
    case 'struct':
      return structWriter(layout);
    case 'enum':
      return enumWriter(layout);
  }
}

function optionWriter(inner: JsonWriter): JsonWriter {
  return (value) => (value === null ? 'null' : inner(value));
}

function listWriter(item: JsonWriter): JsonWriter {
  return (value) => {
    let text = '';
    for (const each of value as readonly DecodedValue[]) text += text === '' ? item(each) : `,${item(each)}`;
    return `[${text}]`;
  };
}

function structWriter({ fields }: StructLayout): JsonWriter {
  const members = fields.map(({ name, layout }) => ({
    name,
    start: `${JSON.stringify(name)}:`,
    write: jsonWriter(layout),
  }));
  return (value) => {
    let text = '';
    for (const { name, start, write } of members) {
      const member = start + write((value as DecodedFields)[name] as DecodedValue);
      text += text === '' ? member : `,${member}`;
    }
    return `{${text}}`;
  };
}

function enumWriter({ variants }: EnumLayout): JsonWriter {
  const members = variants.map((variant) => ({
    name: variant.name,
    start: `{${JSON.stringify(variant.name)}:`,
    write: jsonWriter(variant),
  }));
  return (value) => {
    const member = members.find(({ name }) => Object.hasOwn(value as DecodedFields, name));
    if (member === undefined) return '{}';
    return `${member.start}${member.write((value as DecodedFields)[member.name] as DecodedValue)}}`;
  };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.prototype.hexSlice.call(bytes, 0, bytes.length);
}

function floatJson(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
