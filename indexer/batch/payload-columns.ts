/**
 * The columns of an event straight from its payload: Borsh and RowBinary are both packed little-endian, so most of an
 * event is one copy; lengths, options and enums are written anew. For payloads that a decoder of the same layout has
 * accepted: nothing is checked again.
 * @module
 */
import { columnsOf } from '../decode/event-tables.ts';
import { type EnumLayout, fixedSize, type Layout, type StructLayout } from '../decode/layout.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { TypedTable } from './chain-tables.ts';

/** Writes what stands at an offset and gives the offset behind it. */
type Step = (writer: ByteWriter, data: Uint8Array, at: number) => number;

/** Writes all columns from the payload that begins at `start`. */
export type PayloadWriter = (writer: ByteWriter, data: Uint8Array, start: number) => void;

/** Above this a fixed byte array is a String; see `event-tables.ts`. */
const FIXED_STRING_MAX_BYTES = 256;

/**
 * The writer of a layout into a table; `null` where the table has other columns (another version's, too) or where a
 * column is not its bytes: JSON, and floats, whose NaN would not come out as a decoder gives it.
 */
export function payloadWriter(layout: StructLayout, table: TypedTable): PayloadWriter | null {
  if (!hasColumnsOf(layout, table)) return null;
  const steps = stepsOf(layout);
  if (steps === null) return null;
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return only;
  return (writer, data, start) => {
    let at = start;
    for (const step of steps) at = step(writer, data, at);
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
function stepsOf(layout: StructLayout): Step[] | null {
  const steps: Step[] = [];
  let copied = 0;
  const flush = () => {
    if (copied > 0) steps.push(copyStep(copied));
    copied = 0;
  };
  for (const leaf of leavesOf(layout, new Set())) {
    const size = copySize(leaf);
    const step = size === null ? stepOf(leaf, true) : null;
    if (size !== null) copied += size;
    else if (step === null) return null;
    else {
      flush();
      steps.push(step);
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

function stepOf(layout: Layout, isColumn: boolean): Step | null {
  const size = copySize(layout);
  if (size !== null) return copyStep(size);
  switch (layout.kind) {
    case 'string':
      return textStep;
    case 'bytes':
      return layout.size === null ? textStep : listStep(copyStep(1), 1, layout.size);
    case 'option':
      return optionStep(nullableStep(layout.inner), 1, 0);
    case 'coption':
      return optionStep(nullableStep(layout.inner), 4, fixedSize(layout.inner) ?? 0);
    case 'vec':
    case 'array':
      return listStep(stepOf(layout.item, false), copySize(layout.item), layout.kind === 'vec' ? null : layout.length);
    case 'enum':
      return isColumn ? enumStep(layout) : null;
    default:
      return null;
  }
}

/** A list or another option inside an option has no column of its own kind: it is JSON. */
function nullableStep(layout: Layout): Step | null {
  const isNested = ['option', 'coption', 'vec', 'array'].includes(layout.kind);
  return isNested ? null : stepOf(layout, false);
}

function copyStep(size: number): Step {
  return (writer, data, at) => {
    writer.slice(data, at, at + size);
    return at + size;
  };
}

const textStep: Step = (writer, data, at) => {
  const end = at + 4 + lengthAt(data, at);
  writer.varint(end - at - 4);
  writer.slice(data, at + 4, end);
  return end;
};

/** @param absentBytes room that stands there for an absent value */
function optionStep(inner: Step | null, flagBytes: 1 | 4, absentBytes: number): Step | null {
  if (inner === null) return null;
  return (writer, data, at) => {
    const isPresent = data[at] === 1;
    writer.uint8(isPresent ? 0 : 1);
    return isPresent ? inner(writer, data, at + flagBytes) : at + flagBytes + absentBytes;
  };
}

function listStep(item: Step | null, itemSize: number | null, length: number | null): Step | null {
  if (item === null) return null;
  return (writer, data, at) => {
    const count = length ?? lengthAt(data, at);
    let next = length === null ? at + 4 : at;
    writer.varint(count);
    if (itemSize !== null) {
      writer.slice(data, next, next + count * itemSize);
      return next + count * itemSize;
    }
    for (let index = 0; index < count; index += 1) next = item(writer, data, next);
    return next;
  };
}

function enumStep({ variants }: EnumLayout): Step | null {
  if (variants.some(({ fields }) => fields.length > 0)) return null;
  const names = variants.map(({ name }) => name);
  return (writer, data, at) => {
    writer.name(names[data[at] ?? 0] ?? '');
    return at + 1;
  };
}

function lengthAt(data: Uint8Array, at: number): number {
  return (
    ((data[at] as number) |
      ((data[at + 1] as number) << 8) |
      ((data[at + 2] as number) << 16) |
      ((data[at + 3] as number) << 24)) >>>
    0
  );
}
