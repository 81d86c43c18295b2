/**
 * A type expression of an IDL, from untrusted JSON.
 * @module
 */
import type { IdlGenericArgument, IdlLength, IdlType } from './idl.ts';
import { asList, asObject, checkTypeName, fail, type Json, MAX_NESTING, nameAt, type Place } from './idl-json.ts';
import { type FloatName, INTEGER_BYTES, type IntegerName } from './layout.ts';
import { typeCase } from './names.ts';

/** A fixed array longer than this fits no account (10 MiB) and no log. */
const MAX_ARRAY_LENGTH = 10 * 1024 * 1024;

/** @throws InputError `IDL__BAD_TYPE`, `IDL__BAD_NAME`, `IDL__TOO_LARGE` */
export function parseIdlType(json: Json, place: Place, depth = 0): IdlType {
  if (depth > MAX_NESTING) fail('IDL__TOO_LARGE', place, 'types are nested too deep');
  if (typeof json === 'string') return parsePrimitive(json, place);
  const each = asObject(json, place);
  const inside = (key: string) => parseIdlType(each[key], `${place}.${key}`, depth + 1);
  if ('option' in each) return { kind: 'option', inner: inside('option') };
  if ('coption' in each) return { kind: 'coption', inner: inside('coption') };
  if ('vec' in each) return { kind: 'vec', inner: inside('vec') };
  if ('array' in each) return parseArray(each['array'], place, depth);
  if ('defined' in each) return parseDefined(each['defined'], place, depth);
  if ('generic' in each) return { kind: 'generic', name: nameAt({ name: each['generic'] }, place) };
  const collection = parseCollection(each, place, depth);
  return collection ?? fail('IDL__BAD_TYPE', place, `unknown type ${JSON.stringify(json).slice(0, 60)}`);
}

/** Not in the specification, but in IDLs of others: what Borsh writes is a list, of pairs for a map. */
function parseCollection(each: ReturnType<typeof asObject>, place: Place, depth: number): IdlType | null {
  if ('tuple' in each) return parseTuple(each['tuple'], `${place}.tuple`, depth);
  for (const key of ['hashMap', 'bTreeMap']) {
    if (!(key in each)) continue;
    const pair = parseTuple(each[key], `${place}.${key}`, depth + 1);
    if (pair.items.length !== 2) fail('IDL__BAD_TYPE', place, 'a map is [key, value]');
    return { kind: 'vec', inner: pair };
  }
  for (const key of ['hashSet', 'bTreeSet']) {
    if (key in each) return { kind: 'vec', inner: parseIdlType(each[key], `${place}.${key}`, depth + 1) };
  }
  return null;
}

function parseTuple(json: Json, place: Place, depth: number): Extract<IdlType, { kind: 'tuple' }> {
  const items = asList(json, place).map((item, index) => parseIdlType(item, `${place}[${index}]`, depth + 1));
  return { kind: 'tuple', items };
}

function parsePrimitive(name: string, place: Place): IdlType {
  if (name === 'bool' || name === 'string' || name === 'pubkey') return { kind: name };
  if (name === 'bytes') return { kind: name };
  if (name === 'f32' || name === 'f64') return { kind: 'float', type: name satisfies FloatName };
  if (Object.hasOwn(INTEGER_BYTES, name)) return { kind: 'integer', type: name as IntegerName };
  return fail('IDL__BAD_TYPE', place, `unknown type ${name.slice(0, 60)}`);
}

function parseArray(json: Json, place: Place, depth: number): IdlType {
  const [item, length, ...rest] = asList(json, `${place}.array`);
  if (rest.length > 0 || length === undefined) fail('IDL__BAD_TYPE', place, 'an array is [type, length]');
  return {
    kind: 'array',
    inner: parseIdlType(item, `${place}.array[0]`, depth + 1),
    length: parseLength(length, place),
  };
}

function parseLength(json: Json, place: Place): IdlLength {
  if (typeof json === 'number') return checkLength(json, place);
  return { generic: nameAt({ name: asObject(json, `${place}.array[1]`)['generic'] }, place) };
}

function checkLength(length: number, place: Place): number {
  if (!Number.isInteger(length) || length < 0 || length > MAX_ARRAY_LENGTH) {
    fail('IDL__BAD_TYPE', place, `an array has 0 to ${MAX_ARRAY_LENGTH} elements`);
  }
  return length;
}

function parseDefined(json: Json, place: Place, depth: number): IdlType {
  const each = asObject(json, `${place}.defined`);
  const generics = asList(each['generics'] ?? [], `${place}.defined.generics`).map((item, index) =>
    parseGenericArgument(item, `${place}.defined.generics[${index}]`, depth),
  );
  return { kind: 'defined', name: typeCase(checkTypeName(each['name'], `${place}.defined`)), generics };
}

function parseGenericArgument(json: Json, place: Place, depth: number): IdlGenericArgument {
  const each = asObject(json, place);
  if (each['kind'] === 'type') return { kind: 'type', type: parseIdlType(each['type'], place, depth + 1) };
  if (each['kind'] !== 'const') return fail('IDL__BAD_TYPE', place, 'a generic argument is a type or a const');
  const value = each['value'];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return fail('IDL__BAD_TYPE', place, 'a constant is text');
  // A constant that is not a number names a constant generic of the type around it.
  if (/^\d{1,9}$/.test(text)) return { kind: 'const', value: checkLength(Number(text), place) };
  return { kind: 'const', value: { generic: nameAt({ name: text }, place) } };
}
