/**
 * IDLs from before Anchor 0.30 in the form of the specification: computed discriminators, snake_case names, event
 * fields as types. Accounts are left out, since the old form does not say which of them are zero-copy, and a wrong
 * guess would decode to wrong values. Source: anchor/lang/attribute and anchor/idl/src/convert.rs.
 * @module
 */
import { createHash } from 'node:crypto';
import { asList, asObject, fail, type Json, MAX_NESTING, nameAt, type Place } from './idl-json.ts';
import { snakeCase } from './names.ts';

type JsonObject = { readonly [key: string]: Json };

export function isLegacyIdl(root: JsonObject): boolean {
  return root['metadata'] === undefined ? typeof root['version'] === 'string' : !hasSpecification(root['metadata']);
}

function hasSpecification(metadata: Json): boolean {
  return typeof metadata === 'object' && metadata !== null && 'spec' in metadata;
}

/** @throws InputError `IDL__BAD_SHAPE`, `IDL__BAD_NAME`, `IDL__BAD_TYPE` */
export function convertLegacyIdl(root: JsonObject): JsonObject {
  const types = asList(root['types'] ?? [], 'types').map((type, index) => convertDefinition(type, `types[${index}]`));
  const names = new Set(types.map((type) => type['name']));
  const events = asList(root['events'] ?? [], 'events').map((event, index) => asObject(event, `events[${index}]`));
  const eventTypes = events.map((event, index) => ({
    name: eventTypeName(nameAt(event, `events[${index}]`), names),
    type: { kind: 'struct', fields: convertFields(event['fields'] ?? [], `events[${index}].fields`) },
  }));
  return {
    address: null,
    metadata: { name: root['name'], version: root['version'], spec: 'legacy' },
    instructions: asList(root['instructions'] ?? [], 'instructions').map(convertInstruction),
    accounts: [],
    events: events.map((event, index) => ({
      name: event['name'],
      typeName: eventTypes[index]?.name,
      discriminator: discriminatorOf('event', nameAt(event, `events[${index}]`)),
    })),
    types: [...types, ...eventTypes],
  };
}

/** The old form let an event and a type share a name with different fields. */
function eventTypeName(name: string, types: ReadonlySet<unknown>): string {
  return types.has(name) ? `event::${name}` : name;
}

function convertInstruction(json: Json, index: number): JsonObject {
  const place = `instructions[${index}]`;
  const each = asObject(json, place);
  const name = snakeCase(nameAt(each, place));
  return {
    name,
    discriminator: discriminatorOf('global', name),
    accounts: convertAccounts(each['accounts'] ?? [], `${place}.accounts`, 0),
    args: convertFields(each['args'] ?? [], `${place}.args`),
  };
}

function convertAccounts(json: Json, place: Place, depth: number): JsonObject[] {
  if (depth > MAX_NESTING) fail('IDL__TOO_LARGE', place, 'account groups are nested too deep');
  return asList(json, place).map((item, index) => {
    const each = asObject(item, `${place}[${index}]`);
    return each['accounts'] === undefined
      ? { name: each['name'], optional: each['isOptional'] === true || each['optional'] === true }
      : { name: each['name'], accounts: convertAccounts(each['accounts'], `${place}[${index}]`, depth + 1) };
  });
}

function convertDefinition(json: Json, place: Place): JsonObject {
  const each = asObject(json, place);
  const body = asObject(each['type'], `${place}.type`);
  const generics = asList(each['generics'] ?? [], `${place}.generics`).map((name) => ({ kind: 'type', name }));
  return { name: nameAt(each, place), generics, type: convertBody(body, `${place}.type`) };
}

function convertBody(body: JsonObject, place: Place): JsonObject {
  if (body['kind'] === 'alias') return { kind: 'type', alias: convertType(body['value'], place, 0) };
  if (body['kind'] === 'struct') return { kind: 'struct', fields: convertFields(body['fields'] ?? [], place) };
  const variants = asList(body['variants'] ?? [], place).map((item, index) => {
    const variant = asObject(item, `${place}.variants[${index}]`);
    return { name: variant['name'], fields: convertFields(variant['fields'] ?? [], `${place}.variants[${index}]`) };
  });
  return { kind: body['kind'], variants };
}

function convertFields(json: Json, place: Place): Json[] {
  return asList(json, place).map((item, index) => {
    const isNamed = typeof item === 'object' && item !== null && 'name' in item && 'type' in item;
    if (!isNamed) return convertType(item, `${place}[${index}]`, 0);
    const each = asObject(item, `${place}[${index}]`);
    return { name: each['name'], type: convertType(each['type'], `${place}[${index}]`, 0) };
  });
}

function convertType(json: Json, place: Place, depth: number): Json {
  if (depth > MAX_NESTING) fail('IDL__TOO_LARGE', place, 'types are nested too deep');
  if (json === 'publicKey') return 'pubkey';
  if (typeof json !== 'object' || json === null) return json;
  const each = asObject(json, place);
  if (typeof each['defined'] === 'string') return { defined: { name: each['defined'] } };
  if ('definedWithTypeArgs' in each) return convertGenericType(each['definedWithTypeArgs'], place, depth);
  const inside = (inner: Json) => convertType(inner, place, depth + 1);
  for (const key of ['option', 'coption', 'vec', 'hashSet', 'bTreeSet']) {
    if (key in each) return { [key]: inside(each[key]) };
  }
  for (const key of ['tuple', 'hashMap', 'bTreeMap']) {
    if (key in each) return { [key]: asList(each[key], place).map(inside) };
  }
  if ('genericLenArray' in each) {
    const [item, generic] = asList(each['genericLenArray'], place);
    return { array: [inside(item), { generic }] };
  }
  if (!('array' in each)) return each;
  const [item, length] = asList(each['array'], place);
  return { array: [inside(item), length] };
}

/** Anchor 0.28 and 0.29. Which of its generics a type takes as a length, only their use tells. */
function convertGenericType(json: Json, place: Place, depth: number): Json {
  const { name, args } = asObject(json, place);
  const generics = asList(args ?? [], place).map((item) => {
    const each = asObject(item, place);
    if ('value' in each) return { kind: 'const', value: each['value'] };
    return { kind: 'type', type: 'type' in each ? convertType(each['type'], place, depth + 1) : each };
  });
  return { defined: { name, generics } };
}

/** First eight bytes of SHA-256 of `namespace:name`. */
function discriminatorOf(namespace: string, name: string): number[] {
  return [...createHash('sha256').update(`${namespace}:${name}`).digest().subarray(0, 8)];
}
