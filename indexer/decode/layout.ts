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

/** True for integers that do not fit a double: they are `bigint` when decoded and text in JSON. */
export function isWideInteger(type: IntegerName): boolean {
  return INTEGER_BYTES[type] >= 8;
}

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
/** What a type inside itself counts as: no value ends there, so an enum or option takes its other way. */
const INSIDE_ITSELF: Size = { least: Number.POSITIVE_INFINITY, fixed: false };

function sizeOf(layout: Layout, open: Set<object> = new Set()): Size {
  const cached = known.get(layout);
  if (cached !== undefined) return cached;
  if (open.has(layout)) return INSIDE_ITSELF;
  open.add(layout);
  const size = measure(layout, open);
  open.delete(layout);
  // Inside an open type the answer may lean on INSIDE_ITSELF, so only a complete one is kept.
  if (open.size === 0) known.set(layout, size);
  return size;
}

function measure(layout: Layout, open: Set<object>): Size {
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
      return { least: 4 + sizeOf(layout.inner, open).least, fixed: sizeOf(layout.inner, open).fixed };
    case 'array': {
      const item = sizeOf(layout.item, open);
      return { least: layout.length === 0 ? 0 : item.least * layout.length, fixed: layout.length === 0 || item.fixed };
    }
    case 'struct':
      return sum(layout.fields.map((field) => sizeOf(field.layout, open)));
    case 'enum': {
      const variants = layout.variants.map((variant) => sizeOf(variant, open));
      const least = 1 + Math.min(...variants.map((variant) => variant.least));
      return { least, fixed: variants.every((variant) => variant.fixed && variant.least === least - 1) };
    }
  }
}

function sum(sizes: readonly Size[]): Size {
  return {
    least: sizes.reduce((total, size) => total + size.least, 0),
    fixed: sizes.every((size) => size.fixed),
  };
}
