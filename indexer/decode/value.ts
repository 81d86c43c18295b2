/**
 * Values of decoded fields. 64-bit and wider integers are `bigint`, narrower ones `number`, public keys 32 raw bytes.
 * Names are those of the IDL, in snake_case, in declared order.
 * @module
 */

export type DecodedValue =
  | boolean
  | number
  | bigint
  | string
  | null
  /** A public key or a byte array (`bytes`, `[u8; n]`). */
  | Uint8Array
  | readonly DecodedValue[]
  | { readonly [field: string]: DecodedValue };

export type DecodedFields = { readonly [field: string]: DecodedValue };
