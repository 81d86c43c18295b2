/**
 * An IDL from outside, checked: JSON of any origin in, an `Idl` out or a typed error that names the place.
 * Both Anchor's specification 0.1.0 and the older form (converted first) are taken.
 * @module
 */
import { checkInput, InputError } from '../domain/errors.ts';
import type { Idl, IdlField, IdlInstruction, IdlInstructionAccount, IdlTagged, IdlTypeDefinition } from './idl.ts';
import {
  asList,
  asObject,
  asOptionalText,
  checkUnique,
  fail,
  type Json,
  MAX_NESTING,
  nameAt,
  type Place,
  typeNameAt,
} from './idl-json.ts';
import { parseIdlType } from './idl-type.ts';
import { convertLegacyIdl, isLegacyIdl } from './legacy-idl.ts';
import { snakeCase, typeCase } from './names.ts';

const MAX_DISCRIMINATOR_BYTES = 32;
const SERIALIZATIONS = ['borsh', 'bytemuck', 'bytemuckunsafe'];

/**
 * Check and normalise an IDL.
 * @param text its JSON text
 * @throws InputError `IDL__NOT_JSON`, or any code of `parseIdl`
 */
export function parseIdlText(text: string): Idl {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError('IDL__NOT_JSON', 'The IDL is not JSON', { start: text.slice(0, 60) }, error);
  }
  return parseIdl(json);
}

/**
 * Check and normalise an IDL that is parsed JSON already.
 * @throws InputError `IDL__BAD_SHAPE`, `IDL__BAD_NAME`, `IDL__BAD_TYPE`, `IDL__BAD_DISCRIMINATOR`, `IDL__DUPLICATE_NAME`,
 * `IDL__AMBIGUOUS_DISCRIMINATOR`, `IDL__UNKNOWN_TYPE`, `IDL__TOO_LARGE`
 */
export function parseIdl(json: unknown): Idl {
  const given = asObject(json, 'idl');
  const root = isLegacyIdl(given) ? convertLegacyIdl(given) : given;
  const metadata = asObject(root['metadata'], 'metadata');
  const types = asList(root['types'] ?? [], 'types').map((type, index) => parseDefinition(type, `types[${index}]`));
  checkUnique(types, 'types');
  const idl: Idl = {
    address: asOptionalText(root['address'], 'address'),
    name: snakeCase(nameAt(metadata, 'metadata')),
    instructions: parseInstructions(root['instructions'] ?? []),
    accounts: parseTagged(root['accounts'] ?? [], 'accounts'),
    events: parseTagged(root['events'] ?? [], 'events'),
    types: new Map(types.map((type) => [type.name, type])),
  };
  for (const tagged of [...idl.accounts, ...idl.events]) {
    checkInput(idl.types.has(tagged.typeName), 'IDL__UNKNOWN_TYPE', `${tagged.name} has no type in the IDL`, {
      name: tagged.name,
    });
  }
  return idl;
}

function parseTagged(json: Json, place: Place): IdlTagged[] {
  const tagged = asList(json, place).map((item, index) => {
    const each = asObject(item, `${place}[${index}]`);
    const name = typeCase(typeNameAt(each, `${place}[${index}]`));
    // Only the conversion of an older IDL sets `typeName`; the specification finds the type by the name.
    const typeName = typeCase(asOptionalText(each['typeName'], `${place}[${index}].typeName`) ?? name);
    return { name, typeName, discriminator: parseDiscriminator(each['discriminator'], `${place}[${index}]`) };
  });
  checkUnique(tagged, place);
  checkDistinct(tagged, place);
  return tagged;
}

function parseInstructions(json: Json): IdlInstruction[] {
  const instructions = asList(json, 'instructions').map((item, index) => {
    const place = `instructions[${index}]`;
    const each = asObject(item, place);
    const instruction: IdlInstruction = {
      name: snakeCase(nameAt(each, place)),
      discriminator: parseDiscriminator(each['discriminator'], place),
      accounts: parseAccounts(each['accounts'] ?? [], `${place}.accounts`, '', 0),
      args: parseFields(each['args'] ?? [], `${place}.args`),
    };
    checkUnique(instruction.accounts, `${place}.accounts`);
    return instruction;
  });
  checkUnique(instructions, 'instructions');
  checkDistinct(instructions, 'instructions');
  return instructions;
}

function parseAccounts(json: Json, place: Place, prefix: string, depth: number): IdlInstructionAccount[] {
  if (depth > MAX_NESTING) fail('IDL__TOO_LARGE', place, 'account groups are nested too deep');
  return asList(json, place).flatMap((item, index) => {
    const each = asObject(item, `${place}[${index}]`);
    const name = prefix + snakeCase(nameAt(each, `${place}[${index}]`));
    if (each['accounts'] !== undefined) {
      return parseAccounts(each['accounts'], `${place}[${index}].accounts`, `${name}.`, depth + 1);
    }
    return [{ name, isOptional: each['optional'] === true }];
  });
}

function parseDefinition(json: Json, place: Place): IdlTypeDefinition {
  const each = asObject(json, place);
  const body = asObject(each['type'], `${place}.type`);
  const generics = asList(each['generics'] ?? [], `${place}.generics`).map((item, index) => {
    const generic = asObject(item, `${place}.generics[${index}]`);
    const kind = generic['kind'];
    if (kind !== 'type' && kind !== 'const') return fail('IDL__BAD_SHAPE', place, 'a generic is a type or a const');
    return { kind, name: nameAt(generic, `${place}.generics[${index}]`) } as const;
  });
  return {
    name: typeCase(typeNameAt(each, place)),
    serialization: parseSerialization(each['serialization'], place),
    isPacked: isPacked(each['repr'], place),
    generics,
    body: parseBody(body, `${place}.type`),
  };
}

function parseBody(body: { readonly [key: string]: Json }, place: Place): IdlTypeDefinition['body'] {
  switch (body['kind']) {
    case 'struct':
      return { kind: 'struct', fields: parseFields(body['fields'] ?? [], `${place}.fields`) };
    case 'enum': {
      const variants = asList(body['variants'], `${place}.variants`).map((item, index) => {
        const variant = asObject(item, `${place}.variants[${index}]`);
        const name = typeCase(nameAt(variant, `${place}.variants[${index}]`));
        return { name, fields: parseFields(variant['fields'] ?? [], `${place}.variants[${index}].fields`) };
      });
      if (variants.length > 256) fail('IDL__TOO_LARGE', place, 'an enum has at most 256 variants');
      checkUnique(variants, `${place}.variants`);
      return { kind: 'enum', variants };
    }
    case 'type':
      return { kind: 'alias', type: parseIdlType(body['alias'], `${place}.alias`) };
    default:
      return fail('IDL__BAD_TYPE', place, 'kind must be struct, enum or type');
  }
}

/** Named fields, or the types of a tuple, whose fields are then `0`, `1`, …. */
function parseFields(json: Json, place: Place): IdlField[] {
  const fields = asList(json, place).map((item, index) => {
    const isNamed = typeof item === 'object' && item !== null && 'name' in item && 'type' in item;
    if (!isNamed) return { name: String(index), type: parseIdlType(item, `${place}[${index}]`) };
    const each = asObject(item, `${place}[${index}]`);
    const type = parseIdlType(each['type'], `${place}[${index}].type`);
    return { name: snakeCase(nameAt(each, `${place}[${index}]`)), type };
  });
  checkUnique(fields, place);
  return fields;
}

function parseSerialization(json: Json, place: Place): string {
  if (json === undefined) return 'borsh';
  if (typeof json === 'string' && SERIALIZATIONS.includes(json)) return json;
  if (typeof json === 'object' && json !== null && 'custom' in json) return 'custom';
  return fail('IDL__BAD_SHAPE', `${place}.serialization`, 'unknown serialization');
}

function isPacked(json: Json, place: Place): boolean {
  return json !== undefined && asObject(json, `${place}.repr`)['packed'] === true;
}

function parseDiscriminator(json: Json, place: Place): Uint8Array {
  const bytes = asList(json, `${place}.discriminator`);
  const isSound =
    bytes.length > 0 &&
    bytes.length <= MAX_DISCRIMINATOR_BYTES &&
    bytes.every((byte) => Number.isInteger(byte) && Number(byte) >= 0 && Number(byte) <= 255);
  if (!isSound) fail('IDL__BAD_DISCRIMINATOR', place, `a discriminator is 1 to ${MAX_DISCRIMINATOR_BYTES} bytes`);
  return Uint8Array.from(bytes as number[]);
}

/** No discriminator may be the start of another: bytes would have two readings. */
function checkDistinct(
  tagged: readonly { readonly name: string; readonly discriminator: Uint8Array }[],
  place: Place,
): void {
  const sorted = tagged
    .map(({ name, discriminator }) => ({ name, hex: Buffer.from(discriminator).toString('hex') }))
    .sort((left, right) => (left.hex < right.hex ? -1 : 1));
  for (let index = 1; index < sorted.length; index += 1) {
    const [before, after] = [sorted[index - 1], sorted[index]];
    if (before !== undefined && after?.hex.startsWith(before.hex)) {
      fail('IDL__AMBIGUOUS_DISCRIMINATOR', place, `${before.name} and ${after.name} cannot be told apart`);
    }
  }
}
