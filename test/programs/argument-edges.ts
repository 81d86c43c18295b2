/**
 * Every integer in the arguments of an instruction, brought to the edges of its type.
 *
 * In: the IDL and the data of a valid instruction. Out: the same data with one integer changed. Lengths of vectors and
 * texts, tags of options and booleans are not integers here: other tests cut arguments short.
 * @module
 */
import type { Idl, IdlInstruction, IdlType } from '../../programs/build/idl.ts';

export interface Edge {
  /** Field and value, for messages: `args.amount = ff…`. */
  readonly label: string;
  readonly data: Uint8Array;
}

interface Place {
  readonly path: string;
  readonly at: number;
  readonly size: number;
}

const TAG_BYTES = 8;
const LENGTH_BYTES = 4;
const ADDRESS_BYTES = 32;
const INTEGER_BYTES: Readonly<Record<string, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  i64: 8,
  u128: 16,
  i128: 16,
};

/** @throws Error when the data are longer or shorter than the arguments of the interface */
export function edgesOf(idl: Idl, definition: IdlInstruction, data: Uint8Array): Edge[] {
  const places: Place[] = [];
  let at = TAG_BYTES;
  for (const { name, type } of definition.args) at = walk(idl, type, data, { path: name, at }, places);
  if (at !== data.length) throw new Error(`${definition.name}: arguments end at ${at} of ${data.length}`);
  return places.flatMap((place) => variants(place.size).map((bytes) => edgeAt(data, place, bytes)));
}

/** Nothing, one, the largest and smallest signed, the largest unsigned: low byte first. */
function variants(size: number): Uint8Array[] {
  const filled = (low: number, high: number) => {
    const bytes = new Uint8Array(size).fill(low);
    bytes[size - 1] = high;
    return bytes;
  };
  const one = new Uint8Array(size);
  one[0] = 1;
  return [new Uint8Array(size), one, filled(0xff, 0x7f), filled(0, 0x80), filled(0xff, 0xff)];
}

function edgeAt(data: Uint8Array, { path, at }: Place, bytes: Uint8Array): Edge {
  const changed = data.slice();
  changed.set(bytes, at);
  return { label: `${path} = ${Buffer.from(bytes).reverse().toString('hex')}`, data: changed };
}

/** Collects the integers of a value that begins at `here`; gives where it ends. */
function walk(idl: Idl, type: IdlType, data: Uint8Array, here: { path: string; at: number }, found: Place[]): number {
  const { path, at } = here;
  if (typeof type === 'string') {
    const size = INTEGER_BYTES[type];
    if (size !== undefined) found.push({ path, at, size });
    if (size !== undefined) return at + size;
    if (type === 'string') return at + LENGTH_BYTES + lengthAt(data, at);
    return at + (type === 'pubkey' ? ADDRESS_BYTES : 1);
  }
  if ('option' in type) {
    return data[at] === 0 ? at + 1 : walk(idl, type.option, data, { path, at: at + 1 }, found);
  }
  if ('defined' in type) {
    const fields = idl.types.find(({ name }) => name === type.defined.name)?.type.fields ?? [];
    return fields.reduce(
      (next, field) => walk(idl, field.type, data, { path: `${path}.${field.name}`, at: next }, found),
      at,
    );
  }
  const [item, count, start] =
    'vec' in type ? [type.vec, lengthAt(data, at), at + LENGTH_BYTES] : [type.array[0], type.array[1], at];
  let next = start;
  for (let index = 0; index < count; index += 1) {
    next = walk(idl, item, data, { path: `${path}[${index}]`, at: next }, isBytes(item) ? [] : found);
  }
  return next;
}

/** Hashes and names: bytes that stand for no number. */
function isBytes(type: IdlType): boolean {
  return type === 'u8';
}

function lengthAt(data: Uint8Array, at: number): number {
  return new DataView(data.buffer, data.byteOffset).getUint32(at, true);
}
