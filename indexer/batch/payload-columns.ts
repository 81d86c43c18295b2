/**
 * The columns of an event straight from its payload: Borsh and RowBinary are both packed little-endian, so most of an
 * event is one copy; lengths, options, enums and JSON are written anew. The bytes are looked at as strictly as a decoder
 * does; what one would refuse is given up.
 * @module
 */
import { columnsOf } from '../decode/event-tables.ts';
import { type EnumLayout, fixedSize, type Layout, type StructLayout } from '../decode/layout.ts';
import { type ByteSource, isText } from './byte-source.ts';
import { ByteWriter } from './byte-writer.ts';
import type { TypedTable } from './chain-tables.ts';
import { type BytesStep, GIVEN_UP, hasFloat, jsonStep } from './json-bytes.ts';

/**
 * Writes all columns from the payload between two offsets, which it must fill. False for bytes that are no value of the
 * layout: what was written then has to be cut off again.
 */
export type PayloadWriter = (writer: ByteWriter, from: ByteSource, start: number, end: number) => boolean;

/** Above this a fixed byte array is a String; see `event-tables.ts`. */
const FIXED_STRING_MAX_BYTES = 256;

/**
 * The writer of a layout into a table; `null` where the table has other columns (another version's, too) or where there
 * are floats, whose NaN would not come out as a decoder gives it.
 */
export function payloadWriter(layout: StructLayout, table: TypedTable): PayloadWriter | null {
  if (!hasColumnsOf(layout, table) || hasFloat(layout, new Set())) return null;
  const steps = stepsOf(layout);
  return (writer, from, start, end) => {
    let at = start;
    for (const step of steps) {
      at = step(writer, from, at, end);
      if (at < 0) return false;
    }
    return at === end;
  };
}

function hasColumnsOf(layout: StructLayout, { columns }: TypedTable): boolean {
  const own = columnsOf(layout);
  return (
    own.length === columns.length &&
    own.every(({ name, type }, index) => name === columns[index]?.name && type === columns[index]?.type)
  );
}

/** Steps of a struct, copies that follow one another as one. */
function stepsOf(layout: StructLayout): BytesStep[] {
  const steps: BytesStep[] = [];
  let run: Layout[] = [];
  const flush = () => {
    if (run.length > 0) steps.push(copyStep(run));
    run = [];
  };
  for (const leaf of leavesOf(layout, new Set())) {
    if (copySize(leaf) !== null) run.push(leaf);
    else {
      flush();
      steps.push(columnStep(leaf));
    }
  }
  flush();
  return steps;
}

/** Fields in the order of the columns; a struct that contains itself is a column of its own. */
function leavesOf(layout: StructLayout, open: ReadonlySet<Layout>): Layout[] {
  const inside = new Set([...open, layout]);
  return layout.fields.flatMap(({ layout: field }) =>
    field.kind === 'struct' && !inside.has(field) ? leavesOf(field, inside) : [field],
  );
}

/** Bytes of a value that is the same in both encodings; `null` for the others. */
function copySize(layout: Layout): number | null {
  if (layout.kind === 'bool' || layout.kind === 'integer' || layout.kind === 'pubkey') return fixedSize(layout);
  if (layout.kind !== 'bytes' || layout.size === null) return null;
  return layout.size > 0 && layout.size <= FIXED_STRING_MAX_BYTES ? layout.size : null;
}

function columnStep(layout: Layout): BytesStep {
  if (layout.kind === 'enum') return enumStep(layout);
  return scalarStep(layout) ?? jsonColumn(layout);
}

/** The step of a value that is one column or an item of one; `null` where that is JSON. */
function scalarStep(layout: Layout): BytesStep | null {
  if (copySize(layout) !== null) return copyStep([layout]);
  switch (layout.kind) {
    case 'string':
      return textStep;
    case 'bytes':
      return bytesStep(layout.size);
    case 'option':
      return optionStep(nullableStep(layout.inner), 1, 0);
    case 'coption':
      return optionStep(nullableStep(layout.inner), 4, fixedSize(layout.inner) ?? 0);
    case 'vec':
    case 'array':
      return listStep(scalarStep(layout.item), layout.kind === 'vec' ? null : layout.length);
    default:
      return null;
  }
}

/** A list or another option inside an option has no column of its own kind: it is JSON. */
function nullableStep(layout: Layout): BytesStep | null {
  const isNested = ['option', 'coption', 'vec', 'array'].includes(layout.kind);
  return isNested ? null : scalarStep(layout);
}

/** Values that follow one another and are the same in both encodings. */
function copyStep(run: readonly Layout[]): BytesStep {
  const flags: number[] = [];
  let size = 0;
  for (const layout of run) {
    if (layout.kind === 'bool') flags.push(size);
    size += copySize(layout) ?? 0;
  }
  return (writer, from, at, end) => {
    if (at + size > end) return GIVEN_UP;
    for (const flag of flags) if ((from.bytes[at + flag] as number) > 1) return GIVEN_UP;
    writer.copyFrom(from, at, at + size);
    return at + size;
  };
}

const textStep: BytesStep = (writer, from, at, end) => {
  if (at + 4 > end) return GIVEN_UP;
  const length = from.view.getUint32(at, true);
  const next = at + 4 + length;
  if (next > end || !isText(from, at + 4, next)) return GIVEN_UP;
  writer.varint(length);
  writer.copyFrom(from, at + 4, next);
  return next;
};

/** @param size `null` where a u32 length stands in front */
function bytesStep(size: number | null): BytesStep {
  return (writer, from, at, end) => {
    if (size === null && at + 4 > end) return GIVEN_UP;
    const length = size ?? from.view.getUint32(at, true);
    const start = size === null ? at + 4 : at;
    if (start + length > end) return GIVEN_UP;
    writer.varint(length);
    writer.copyFrom(from, start, start + length);
    return start + length;
  };
}

/** @param absentBytes room that stands there for an absent value */
function optionStep(inner: BytesStep | null, flagBytes: 1 | 4, absentBytes: number): BytesStep | null {
  if (inner === null) return null;
  return (writer, from, at, end) => {
    if (at + flagBytes > end) return GIVEN_UP;
    const flag = flagBytes === 1 ? (from.bytes[at] as number) : from.view.getUint32(at, true);
    if (flag > 1) return GIVEN_UP;
    writer.uint8(1 - flag);
    if (flag === 1) return inner(writer, from, at + flagBytes, end);
    return at + flagBytes + absentBytes > end ? GIVEN_UP : at + flagBytes + absentBytes;
  };
}

/** @param length `null` where a u32 count stands in front */
function listStep(item: BytesStep | null, length: number | null): BytesStep | null {
  if (item === null) return null;
  return (writer, from, at, end) => {
    if (length === null && at + 4 > end) return GIVEN_UP;
    const count = length ?? from.view.getUint32(at, true);
    let next = length === null ? at + 4 : at;
    // Items may have no bytes at all, and then only the decoder knows how many are too many.
    if (count > end - next) return GIVEN_UP;
    writer.varint(count);
    for (let index = 0; index < count && next >= 0; index += 1) next = item(writer, from, next, end);
    return next;
  };
}

/** The name of the variant, and where variants have fields, these as JSON in the column behind it. */
function enumStep({ variants }: EnumLayout): BytesStep {
  const hasFields = variants.some(({ fields }) => fields.length > 0);
  const members = variants.map((variant) => ({ name: variant.name, fields: hasFields ? jsonColumn(variant) : null }));
  return (writer, from, at, end) => {
    const member = at < end ? members[from.bytes[at] as number] : undefined;
    if (member === undefined) return GIVEN_UP;
    writer.name(member.name);
    return member.fields === null ? at + 1 : member.fields(writer, from, at + 1, end);
  };
}

const json = new ByteWriter();

function jsonColumn(layout: Layout): BytesStep {
  const step = jsonStep(layout);
  return (writer, from, at, end) => {
    json.clear();
    const next = step === null ? GIVEN_UP : step(json, from, at, end);
    writer.withLength(json);
    return next;
  };
}
