/**
 * The typed table of every event: its columns in order, their ClickHouse types, and how to read each from decoded
 * fields. Made from the layouts alone, so that an IDL is all that a new event needs.
 *
 * Nested structs are flattened (`a.b` becomes `a_b`), an enum is its variant's name (with `_fields`, canonical JSON,
 * where a variant carries any), `option` is Nullable, lists are Array; what has no column form is canonical JSON.
 * @module
 */
import { InputError } from '../domain/errors.ts';
import { canonicalJson } from './canonical-json.ts';
import { INTEGER_BYTES, type Layout, type StructLayout } from './layout.ts';
import type { DecodedFields, DecodedValue } from './value.ts';

/** What a column holds: `bigint` for 64 bits and more, `Uint8Array` for FixedString and byte Strings. */
export type ColumnValue = boolean | number | bigint | string | null | Uint8Array | readonly ColumnValue[];

export interface EventColumn {
  readonly name: string;
  /** ClickHouse type: `UInt8` … `UInt256`, `Int8` … `Int256`, `Float32`, `Float64`, `Bool`, `String`, `FixedString(n)`, `Array(…)`, `Nullable(…)`. */
  readonly type: string;
  /** Value for a row; the type's zero value where this version of the event does not have the field. */
  readonly read: (fields: DecodedFields) => ColumnValue;
}

export interface EventTable {
  /** `staking_accrue_reward`. */
  readonly table: string;
  readonly programId: Uint8Array;
  /** As in the IDL, `AccrueRewardEvent`. */
  readonly eventName: string;
  readonly columns: readonly EventColumn[];
}

/** Columns of the envelope; a field with one of these names becomes `field_<name>`. */
export const ENVELOPE_COLUMNS: ReadonlySet<string> = new Set([
  'slot',
  'bank',
  'blockhash',
  'block_time',
  'tx_index',
  'ix_path',
  'ordinal',
  'position',
  'signature',
  'program',
  'name',
  'typed_table',
  'transport',
  'data',
  'sign',
  'generation',
]);

/** ClickHouse works with thousands of columns; an event needs tens. */
const MAX_COLUMNS = 1000;
/** Structs inside structs of one event: many that hold nothing make no column, and take time all the same. */
const MAX_STRUCTS = 4000;
/** Above this a fixed byte array is a String: ClickHouse advises against wide FixedString. */
const FIXED_STRING_MAX_BYTES = 256;

/**
 * Columns of one event layout.
 * @throws InputError `IDL__COLUMN_COLLISION` when two fields flatten to one name, `IDL__TOO_LARGE`
 */
export function columnsOf(layout: StructLayout): EventColumn[] {
  const columns: EventColumn[] = [];
  flatten(layout, [], new Set(), { columns, structCount: 0 });
  const names = new Set<string>();
  for (const column of columns) {
    if (names.has(column.name)) {
      throw new InputError('IDL__COLUMN_COLLISION', `Two fields of ${layout.name} become column ${column.name}`, {
        event: layout.name,
        column: column.name,
      });
    }
    names.add(column.name);
  }
  return columns;
}

/**
 * Columns of an event over several versions of its IDL: each version only adds.
 * @returns `null` when a column has another type in `newer`, so that the two cannot share a table
 */
export function mergeColumns(older: readonly EventColumn[], newer: readonly EventColumn[]): EventColumn[] | null {
  const byName = new Map(older.map((column) => [column.name, column]));
  for (const column of newer) {
    const present = byName.get(column.name);
    if (present !== undefined && present.type !== column.type) return null;
    if (present === undefined) byName.set(column.name, column);
  }
  return [...byName.values()];
}

interface Flattened {
  readonly columns: EventColumn[];
  structCount: number;
}

function flatten(layout: StructLayout, path: readonly string[], open: ReadonlySet<object>, into: Flattened): void {
  into.structCount += 1;
  const inside = new Set([...open, layout]);
  for (const field of layout.fields) {
    const at = [...path, field.name];
    if (field.layout.kind === 'struct' && !inside.has(field.layout)) flatten(field.layout, at, inside, into);
    else into.columns.push(...columnsOfField(field.layout, at));
    if (into.columns.length > MAX_COLUMNS || into.structCount > MAX_STRUCTS) {
      const message = `An event has more than ${MAX_COLUMNS} columns or ${MAX_STRUCTS} structs`;
      throw new InputError('IDL__TOO_LARGE', message, { type: layout.name });
    }
  }
}

function columnsOfField(layout: Layout, path: readonly string[]): EventColumn[] {
  if (layout.kind === 'enum') return enumColumns(layout, path);
  const scalar = scalarType(layout);
  return scalar === null ? [jsonColumn(path, layout)] : [column(path, scalar.type, scalar.zero)];
}

function enumColumns(layout: Layout & { kind: 'enum' }, path: readonly string[]): EventColumn[] {
  const variant: EventColumn = {
    ...column(path, 'String', ''),
    read: (fields) => variantOf(at(fields, path)),
  };
  if (layout.variants.every(({ fields }) => fields.length === 0)) return [variant];
  const json: EventColumn = {
    name: `${nameOf(path)}_fields`,
    type: 'String',
    read: (fields) => {
      const value = at(fields, path) as DecodedFields | undefined;
      if (value === undefined) return '';
      const [name, inner] = Object.entries(value)[0] ?? ['', {}];
      const chosen = layout.variants.find((each) => each.name === name);
      return chosen === undefined ? '' : canonicalJson(chosen, inner);
    },
  };
  return [variant, json];
}

function variantOf(value: DecodedValue | undefined): string {
  return value === undefined ? '' : (Object.keys(value as DecodedFields)[0] ?? '');
}

function column(path: readonly string[], type: string, zero: ColumnValue): EventColumn {
  const [first = '', second] = path;
  const read =
    second === undefined
      ? (fields: DecodedFields) => (Object.hasOwn(fields, first) ? (fields[first] as ColumnValue) : zero)
      : (fields: DecodedFields) => {
          const value = at(fields, path);
          return (value === undefined ? zero : value) as ColumnValue;
        };
  return { name: nameOf(path), type, read };
}

function jsonColumn(path: readonly string[], layout: Layout): EventColumn {
  return {
    name: nameOf(path),
    type: 'String',
    read: (fields) => {
      const value = at(fields, path);
      return value === undefined ? '' : canonicalJson(layout, value);
    },
  };
}

/** The value at a path; `undefined` where this version of the event has no such field. */
function at(fields: DecodedFields, path: readonly string[]): DecodedValue | undefined {
  let value: DecodedValue | undefined = fields;
  for (const name of path) {
    if (value === undefined || !Object.hasOwn(value as DecodedFields, name)) return undefined;
    value = (value as DecodedFields)[name];
  }
  return value;
}

function nameOf(path: readonly string[]): string {
  const name = path.join('_').replace(/\W/g, '_');
  return ENVELOPE_COLUMNS.has(name) || /^\d/.test(name) ? `field_${name}` : name;
}

/** Type of a value that fits one column, `null` where it does not. */
function scalarType(layout: Layout): { readonly type: string; readonly zero: ColumnValue } | null {
  switch (layout.kind) {
    case 'bool':
      return { type: 'Bool', zero: false };
    case 'integer':
      return integerType(layout.type);
    case 'float':
      return { type: layout.type === 'f32' ? 'Float32' : 'Float64', zero: 0 };
    case 'string':
      return { type: 'String', zero: '' };
    case 'pubkey':
      return { type: 'FixedString(32)', zero: new Uint8Array(32) };
    case 'bytes':
      return bytesType(layout.size);
    case 'option':
    case 'coption':
      return nullable(layout.inner);
    case 'vec':
    case 'array': {
      const item = scalarType(layout.item);
      return item === null ? null : { type: `Array(${item.type})`, zero: [] };
    }
    default:
      return null;
  }
}

function integerType(type: keyof typeof INTEGER_BYTES): { readonly type: string; readonly zero: ColumnValue } {
  const bytes = INTEGER_BYTES[type];
  return { type: `${type.startsWith('u') ? 'UInt' : 'Int'}${bytes * 8}`, zero: bytes >= 8 ? 0n : 0 };
}

function bytesType(size: number | null): { readonly type: string; readonly zero: ColumnValue } {
  const isFixed = size !== null && size > 0 && size <= FIXED_STRING_MAX_BYTES;
  return isFixed
    ? { type: `FixedString(${size})`, zero: new Uint8Array(size) }
    : { type: 'String', zero: new Uint8Array(0) };
}

function nullable(inner: Layout): { readonly type: string; readonly zero: ColumnValue } | null {
  if (inner.kind === 'option' || inner.kind === 'coption' || inner.kind === 'vec' || inner.kind === 'array')
    return null;
  const type = scalarType(inner);
  return type === null ? null : { type: `Nullable(${type.type})`, zero: null };
}
