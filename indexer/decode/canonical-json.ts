/**
 * One JSON text per decoded value, the form of the `args` and `fields` columns.
 *
 * Fields in declared order, no spaces. Integers of 64 bits and more are decimal text, narrower ones numbers; public
 * keys base58; byte arrays (`bytes`, `vec<u8>`, `[u8; n]`) lower-case hex; an enum is `{"Variant":{fields}}`, a tuple
 * `{"0":…,"1":…}`; an absent option `null`; a float that JSON cannot say is text (`"NaN"`, `"Infinity"`, `"-Infinity"`).
 * @module
 */
import { toBase58 } from '../domain/base58.ts';
import type { EnumLayout, Layout, StructLayout } from './layout.ts';
import type { DecodedFields, DecodedValue } from './value.ts';

/** Canonical JSON of a value that was decoded by `layout`. */
export function canonicalJson(layout: Layout, value: DecodedValue): string {
  switch (layout.kind) {
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'integer':
      return typeof value === 'bigint' ? `"${value}"` : String(value);
    case 'float':
      return floatJson(value as number);
    case 'string':
      return JSON.stringify(value);
    case 'pubkey':
      return `"${toBase58(value as Uint8Array)}"`;
    case 'bytes':
      return `"${Buffer.from(value as Uint8Array).toString('hex')}"`;
    case 'option':
    case 'coption':
      return value === null ? 'null' : canonicalJson(layout.inner, value);
    case 'vec':
    case 'array':
      return `[${(value as readonly DecodedValue[]).map((item) => canonicalJson(layout.item, item)).join(',')}]`;
    case 'struct':
      return structJson(layout, value as DecodedFields);
    case 'enum':
      return enumJson(layout, value as DecodedFields);
  }
}

function structJson(layout: StructLayout, fields: DecodedFields): string {
  const members = layout.fields.map(({ name, layout: inner }) => {
    return `${JSON.stringify(name)}:${canonicalJson(inner, fields[name] as DecodedValue)}`;
  });
  return `{${members.join(',')}}`;
}

function enumJson(layout: EnumLayout, value: DecodedFields): string {
  const variant = layout.variants.find(({ name }) => Object.hasOwn(value, name));
  if (variant === undefined) return '{}';
  return `{${JSON.stringify(variant.name)}:${structJson(variant, value[variant.name] as DecodedFields)}}`;
}

function floatJson(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}
