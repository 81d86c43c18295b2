/**
 * Reading untrusted JSON of an IDL with errors that name the place, and the limits that keep a hostile one small.
 * @module
 */
import { InputError } from '../domain/errors.ts';

export type Json = unknown;
/** Where in the IDL, as `types[3].type.fields[0]`. */
export type Place = string;

/** Nesting of types and account groups; far above what any compiler writes. */
export const MAX_NESTING = 32;
const MAX_LIST_LENGTH = 4096;
const MAX_NAME_LENGTH = 128;

export function fail(code: string, place: Place, reason: string): never {
  throw new InputError(code, `IDL, ${place}: ${reason}`, { place });
}

export function asObject(json: Json, place: Place): { readonly [key: string]: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    fail('IDL__BAD_SHAPE', place, 'must be an object');
  return json as { readonly [key: string]: Json };
}

export function asList(json: Json, place: Place): readonly Json[] {
  if (!Array.isArray(json)) return fail('IDL__BAD_SHAPE', place, 'must be a list');
  if (json.length > MAX_LIST_LENGTH) fail('IDL__TOO_LARGE', place, `has more than ${MAX_LIST_LENGTH} entries`);
  return json;
}

export function asOptionalText(json: Json, place: Place): string | null {
  if (json === undefined || json === null) return null;
  if (typeof json !== 'string') fail('IDL__BAD_SHAPE', place, 'must be text');
  return json as string;
}

/** A Rust identifier. `__proto__` is one, and would set an object's prototype. */
export function nameAt(json: { readonly [key: string]: Json }, place: Place): string {
  return checkName(json['name'], place, /^(?:r#)?[A-Za-z_][A-Za-z0-9_]*$/);
}

/** A type's name may be a path, `module::Name`. */
export function typeNameAt(json: { readonly [key: string]: Json }, place: Place): string {
  return checkName(json['name'], place, TYPE_NAME);
}

const TYPE_NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*$/;

export function checkTypeName(json: Json, place: Place): string {
  return checkName(json, place, TYPE_NAME);
}

function checkName(name: Json, place: Place, pattern: RegExp): string {
  const isSound =
    typeof name === 'string' && name.length <= MAX_NAME_LENGTH && pattern.test(name) && !name.includes('__proto__');
  if (!isSound) fail('IDL__BAD_NAME', `${place}.name`, `not a usable name: ${String(name).slice(0, 40)}`);
  return (name as string).replace(/^r#/, '');
}

/** @throws InputError `IDL__DUPLICATE_NAME` */
export function checkUnique(named: readonly { readonly name: string }[], place: Place): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) fail('IDL__DUPLICATE_NAME', place, `${name} stands twice`);
    seen.add(name);
  }
}
