/**
 * The shape of encoded bytes after every name, alias and generic of an IDL is resolved: what decoders, columns and
 * canonical JSON are made from. A layout may contain itself (through a vec, an option or an enum).
 * Source: Borsh specification; SPL's Pack for `coption`.
 * @module
 */

export const INTEGER_BYTES = {
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  u64: 8,
  i64: 8,
  u128: 16,
  i128: 16,
  u256: 32,
  i256: 32,
} as const;

export type IntegerName = keyof typeof INTEGER_BYTES;
export type FloatName = 'f32' | 'f64';

export interface LayoutField {
  /** snake_case; `0`, `1`, … in tuples. */
  readonly name: string;
  readonly layout: Layout;
}

export interface StructLayout {
  readonly kind: 'struct';
  readonly name: string;
  readonly fields: readonly LayoutField[];
}

export interface EnumLayout {
  readonly kind: 'enum';
  readonly name: string;
  /** By tag, from 0. A value is `{ [variant]: fields }`. */
  readonly variants: readonly StructLayout[];
}

export type Layout =
  | { readonly kind: 'bool' }
  | { readonly kind: 'integer'; readonly type: IntegerName }
  | { readonly kind: 'float'; readonly type: FloatName }
  | { readonly kind: 'string' }
  | { readonly kind: 'pubkey' }
  /** `bytes`, `vec<u8>` (size `null`: a u32 length stands in front) and `[u8; n]`. */
  | { readonly kind: 'bytes'; readonly size: number | null }
  | { readonly kind: 'option'; readonly inner: Layout }
  /** A four-byte tag, and room for the value whether it is there or not. */
  | { readonly kind: 'coption'; readonly inner: Layout }
  | { readonly kind: 'vec'; readonly item: Layout }
  | { readonly kind: 'array'; readonly item: Layout; readonly length: number }
  | StructLayout
  | EnumLayout;

/** Bytes that every value of the layout has, or `null` where values differ in size. */
export function fixedSize(layout: Layout): number | null {
  const sizes = sizeOf(layout);
  return sizes.fixed ? sizes.least : null;
}

/** The fewest bytes a value can have. `Infinity` for a type that contains itself without a way out. */
export function leastSize(layout: Layout): number {
  return sizeOf(layout).least;
}

interface Size {
  readonly least: number;
  readonly fixed: boolean;
}

const known = new WeakMap<object, Size>();

/**
 * Sizes of a layout and of all it is made of, as the fixed point of their definitions: every type starts as endless
 * and gets smaller until nothing changes. Linear in the types for a hostile IDL too, where recursion would not be.
 */
function sizeOf(layout: Layout): Size {
  const cached = known.get(layout);
  if (cached !== undefined) return cached;
  const parts = reachableFrom(layout);
  const sizes = new Map<Layout, Size>();
  const look = (part: Layout) => sizes.get(part) ?? known.get(part) ?? { least: Number.POSITIVE_INFINITY, fixed: true };
  for (let isChanging = true; isChanging; ) {
    isChanging = false;
    for (const part of parts) {
      const before = look(part);
      const after = measure(part, look);
      if (before.least !== after.least || before.fixed !== after.fixed) isChanging = true;
      sizes.set(part, after);
    }
  }
  for (const [part, size] of sizes) known.set(part, size);
  return look(layout);
}

/** The layout and its parts, innermost first as far as they do not contain themselves. */
function reachableFrom(layout: Layout): Layout[] {
  const seen = new Set<Layout>();
  const order: Layout[] = [];
  const visit = (part: Layout): void => {
    if (seen.has(part) || known.has(part)) return;
    seen.add(part);
    partsOf(part).forEach(visit);
    order.push(part);
  };
  visit(layout);
  return order;
}

/** What a layout is directly made of. */
export function partsOf(layout: Layout): readonly Layout[] {
  switch (layout.kind) {
    case 'option':
    case 'coption':
      return [layout.inner];
    case 'vec':
    case 'array':
      return [layout.item];
    case 'struct':
      return layout.fields.map((field) => field.layout);
    case 'enum':
      return layout.variants;
    default:
      return [];
  }
}

function measure(layout: Layout, look: (part: Layout) => Size): Size {
  switch (layout.kind) {
    case 'bool':
      return { least: 1, fixed: true };
    case 'integer':
      return { least: INTEGER_BYTES[layout.type], fixed: true };
    case 'float':
      return { least: layout.type === 'f32' ? 4 : 8, fixed: true };
    case 'pubkey':
      return { least: 32, fixed: true };
    case 'bytes':
      return layout.size === null ? { least: 4, fixed: false } : { least: layout.size, fixed: true };
    case 'string':
    case 'vec':
      return { least: 4, fixed: false };
    case 'option':
      return { least: 1, fixed: false };
    case 'coption':
      return { least: 4 + look(layout.inner).least, fixed: look(layout.inner).fixed };
    case 'array':
      return arraySize(look(layout.item), layout.length);
    case 'struct':
      return structSize(layout.fields.map((field) => look(field.layout)));
    case 'enum':
      return enumSize(layout.variants.map(look));
  }
}

function arraySize(item: Size, length: number): Size {
  return length === 0 ? { least: 0, fixed: true } : { least: item.least * length, fixed: item.fixed };
}

function structSize(fields: readonly Size[]): Size {
  return {
    least: fields.reduce((total, size) => total + size.least, 0),
    fixed: fields.every((size) => size.fixed),
  };
}

function enumSize(variants: readonly Size[]): Size {
  const least = variants.reduce((smallest, variant) => Math.min(smallest, variant.least), Number.POSITIVE_INFINITY);
  return { least: 1 + least, fixed: variants.every((variant) => variant.fixed && variant.least === least) };
}
