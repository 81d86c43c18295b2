/**
 * Text of a TypeScript client from an Anchor IDL. Pure: the same IDL gives the same text.
 *
 * Per instruction: accounts type, data encoder, function to a kit-shaped instruction. Per account and event:
 * discriminator, encoder, decoder. Field names become camelCase; the IDL's own order is kept everywhere.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';
import type { Idl, IdlAccountItem, IdlDiscriminated, IdlField, IdlInstruction, IdlType, IdlTypeDef } from './idl.ts';

const NUMBERS = new Set(['u8', 'u16', 'u32']);
const BIG_NUMBERS = new Set(['u64', 'u128', 'i64', 'i128']);
const PLAIN = new Set([...NUMBERS, ...BIG_NUMBERS, 'bool', 'string', 'pubkey']);

/** `accrue_reward` to `accrueReward`. */
export function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `accrue_reward` to `AccrueReward`. */
export function pascal(name: string): string {
  const text = camel(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `accrue_reward` and `AccrueReward` to `ACCRUE_REWARD`. */
export function constant(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

function eventConstant(name: string): string {
  const text = constant(name);
  return text.endsWith('_EVENT') ? text : `${text}_EVENT`;
}

function unsupported(type: IdlType): never {
  throw new InputError('IDL__UNSUPPORTED_TYPE', `No client for type ${JSON.stringify(type)}`, {
    type: JSON.stringify(type),
  });
}

/** TypeScript type of an IDL type. @throws InputError `IDL__UNSUPPORTED_TYPE` */
function typeText(type: IdlType): string {
  if (typeof type === 'string') {
    if (NUMBERS.has(type)) return 'number';
    if (BIG_NUMBERS.has(type)) return 'bigint';
    if (type === 'bool') return 'boolean';
    return type === 'string' ? 'string' : type === 'pubkey' ? 'Address' : unsupported(type);
  }
  if ('option' in type) return `${typeText(type.option)} | null`;
  if ('vec' in type) return `readonly ${itemText(type.vec)}[]`;
  if ('array' in type) return type.array[0] === 'u8' ? 'Uint8Array' : `readonly ${itemText(type.array[0])}[]`;
  return 'defined' in type ? type.defined.name : unsupported(type);
}

function itemText(type: IdlType): string {
  const text = typeText(type);
  return /[ |]/.test(text) ? `(${text})` : text;
}

/** Statement that writes `value`. */
function writeText(type: IdlType, value: string): string {
  if (typeof type === 'string') return PLAIN.has(type) ? `writer.${type}(${value})` : unsupported(type);
  if ('option' in type) return `writer.option(${value}, (item) => ${writeText(type.option, 'item')})`;
  if ('vec' in type) return `writer.vec(${value}, (item) => ${writeText(type.vec, 'item')})`;
  if ('array' in type) {
    const [item, length] = type.array;
    if (item === 'u8') return `writer.fixedBytes(${value}, ${length})`;
    return `writer.array(${value}, ${length}, (item) => ${writeText(item, 'item')})`;
  }
  return 'defined' in type ? `write${type.defined.name}(writer, ${value})` : unsupported(type);
}

/** Expression that reads one value. */
function readText(type: IdlType): string {
  if (typeof type === 'string') return PLAIN.has(type) ? `reader.${type}()` : unsupported(type);
  if ('option' in type) return `reader.option(() => ${readText(type.option)})`;
  if ('vec' in type) return `reader.vec(() => ${readText(type.vec)})`;
  if ('array' in type) {
    const [item, length] = type.array;
    return item === 'u8' ? `reader.fixedBytes(${length})` : `reader.array(${length}, () => ${readText(item)})`;
  }
  return 'defined' in type ? `read${type.defined.name}(reader)` : unsupported(type);
}

/** IDL docs as one comment; runs of dashes and stars that came from banners are dropped. */
function docText(docs: readonly string[] | undefined, indent = ''): string[] {
  const text = (docs ?? [])
    .join(' ')
    .replace(/[-*]{2,}|\s\*\s/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? [] : [`${indent}/** ${text} */`];
}

function fieldText(field: IdlField): string[] {
  return [...docText(field.docs, '  '), `  readonly ${camel(field.name)}: ${typeText(field.type)};`];
}

function structText(definition: IdlTypeDef): string[] {
  const { name, docs } = definition;
  const { fields } = definition.type;
  return [
    ...docText(docs),
    `export type ${name} = {`,
    ...fields.flatMap(fieldText),
    '};',
    '',
    `export function write${name}(writer: BorshWriter, value: ${name}): void {`,
    ...fields.map((field) => `  ${writeText(field.type, `value.${camel(field.name)}`)};`),
    '}',
    '',
    `export function read${name}(reader: BorshReader): ${name} {`,
    '  return {',
    ...fields.map((field) => `    ${camel(field.name)}: ${readText(field.type)},`),
    '  };',
    '}',
    '',
  ];
}

function discriminatorText(name: string, bytes: readonly number[]): string {
  return `export const ${name}_DISCRIMINATOR = Uint8Array.of(${bytes.join(', ')});`;
}

function accountField(account: IdlAccountItem): string[] {
  const optional = account.optional === true || account.address !== undefined;
  const docs = account.address === undefined ? account.docs : [`${account.address} unless given.`];
  const type = account.optional === true ? 'Address | undefined' : 'Address';
  return [...docText(docs, '  '), `  readonly ${camel(account.name)}${optional ? '?' : ''}: ${type};`];
}

function metaText(account: IdlAccountItem): string {
  const value = `accounts.${camel(account.name)}`;
  const flags = `${account.writable === true}, ${account.signer === true}`;
  if (account.optional === true) return `optionalMeta(${value}, programAddress, ${flags})`;
  const address = account.address === undefined ? value : `${value} ?? ('${account.address}' as Address)`;
  return `accountMeta(${address}, ${flags})`;
}

/** The one `args` struct of an instruction, or null when it takes none. @throws InputError `IDL__UNSUPPORTED_ARGS` */
function argsType(instruction: IdlInstruction): string | null {
  const [first, ...rest] = instruction.args;
  if (first === undefined) return null;
  if (rest.length === 0 && typeof first.type === 'object' && 'defined' in first.type) return first.type.defined.name;
  throw new InputError('IDL__UNSUPPORTED_ARGS', `${instruction.name} must take one struct`, {
    instruction: instruction.name,
  });
}

function instructionText(instruction: IdlInstruction, programConstant: string): string[] {
  const { name, accounts } = instruction;
  const args = argsType(instruction);
  const data = `${constant(name)}_DISCRIMINATOR`;
  return [
    discriminatorText(constant(name), instruction.discriminator),
    '',
    `export type ${pascal(name)}Accounts = {`,
    ...accounts.flatMap(accountField),
    '};',
    '',
    ...docText(instruction.docs),
    `export function ${camel(name)}(`,
    `  accounts: ${pascal(name)}Accounts,`,
    ...(args === null ? [] : [`  args: ${args},`]),
    `  programAddress: Address = ${programConstant},`,
    '): ProgramInstruction {',
    '  return {',
    '    programAddress,',
    '    accounts: [',
    ...accounts.map((account) => `      ${metaText(account)},`),
    '    ],',
    `    data: ${args === null ? `encodeWith(${data})` : `encodeWith(${data}, (writer) => write${args}(writer, args))`},`,
    '  };',
    '}',
    '',
  ];
}

function codecText(item: IdlDiscriminated, prefix: string): string[] {
  const { name } = item;
  const bytes = `${prefix}_DISCRIMINATOR`;
  return [
    discriminatorText(prefix, item.discriminator),
    '',
    `export function encode${name}(value: ${name}): Uint8Array {`,
    `  return encodeWith(${bytes}, (writer) => write${name}(writer, value));`,
    '}',
    '',
    `export function decode${name}(data: Uint8Array): ${name} {`,
    `  return decodeWith(data, ${bytes}, '${name}', read${name});`,
    '}',
    '',
  ];
}

function eventUnionText(events: readonly IdlDiscriminated[]): string[] {
  const cases = events.map(
    ({ name }) =>
      `  if (startsWith(data, ${eventConstant(name)}_DISCRIMINATOR)) return { name: '${name}', data: decode${name}(data) };`,
  );
  return [
    'export type ProgramEvent =',
    ...events.map(({ name }, index) => {
      const end = index === events.length - 1 ? ';' : '';
      return `  | { readonly name: '${name}'; readonly data: ${name} }${end}`;
    }),
    '',
    '/** The event in the bytes of a `Program data:` log, null for bytes of another kind. */',
    'export function decodeEvent(data: Uint8Array): ProgramEvent | null {',
    ...cases,
    '  return null;',
    '}',
    '',
  ];
}

function errorsText(idl: Idl, prefix: string): string[] {
  const quoted = (text: string) => JSON.stringify(text);
  return [
    '/** Custom error code to name and message. */',
    `export const ${prefix}_ERRORS: Readonly<Record<number, { readonly name: string; readonly message: string }>> = {`,
    ...idl.errors.map(
      ({ code, name, msg }) => `  ${code}: { name: ${quoted(name)}, message: ${quoted(msg ?? name)} },`,
    ),
    '};',
  ];
}

/**
 * @param folder name of the program's folder, prefix of its constants (`staking` gives `STAKING_PROGRAM_ADDRESS`)
 * @throws InputError `IDL__UNSUPPORTED_TYPE`, `IDL__UNSUPPORTED_ARGS`
 */
export function clientText(idl: Idl, folder: string): string {
  const prefix = constant(folder);
  const usesOptional = idl.instructions.some(({ accounts }) => accounts.some(({ optional }) => optional === true));
  const shared = ['accountMeta', 'decodeWith', 'encodeWith', ...(usesOptional ? ['optionalMeta'] : [])];
  return [
    `/** Client of program ${idl.metadata.name}: written by build/generate-clients.ts from idl.json beside it, not by hand. @module */`,
    "import type { Address } from '@solana/kit';",
    "import type { BorshReader, BorshWriter } from '../client/borsh.ts';",
    `import { ${shared.join(', ')}, type ProgramInstruction, startsWith } from '../client/instruction.ts';`,
    '',
    `export const ${prefix}_PROGRAM_ADDRESS = '${idl.address}' as Address;`,
    '',
    ...idl.types.flatMap(structText),
    ...idl.accounts.flatMap((account) => codecText(account, `${constant(account.name)}_ACCOUNT`)),
    ...idl.events.flatMap((event) => codecText(event, eventConstant(event.name))),
    ...eventUnionText(idl.events),
    ...idl.instructions.flatMap((instruction) => instructionText(instruction, `${prefix}_PROGRAM_ADDRESS`)),
    ...errorsText(idl, prefix),
    '',
  ].join('\n');
}
