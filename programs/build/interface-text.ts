/**
 * Text of a program's `interface.rs` from its IDL: what handlers need to know of the wire, and nothing of their rules.
 * Pure: the same IDL gives the same text, in the form rustfmt gives it.
 *
 * Modules, each only when it has something to hold: `tag` (instruction tags and their log lines), `args`, `types` (structs
 * that the others are made of), `accounts` (with their sizes), `events`, `fault`. Names and order are the IDL's.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';
import { constant, pascal } from './client-text.ts';
import type { Idl, IdlField, IdlType, IdlTypeDef } from './idl.ts';
import { accountBytes, typeNamed } from './idl-size.ts';

/** Room that `store` asks for when neither the fields nor the IDL tell how large an account is. */
const CAPACITY_UNLESS_KNOWN = 512;
/** Rust implements `Default` for arrays up to this length. */
const DEFAULT_ARRAY_LENGTH = 32;
const INTEGERS = new Set(['u8', 'u16', 'u32', 'u64', 'u128', 'i64', 'i128']);

type Module = 'accounts' | 'args' | 'events' | 'types';
type Trait = 'Copy' | 'Default';

/** What the text of one program is made from. */
class Interface {
  readonly idl: Idl;
  private readonly modules: ReadonlyMap<string, Module>;

  constructor(idl: Idl) {
    this.idl = idl;
    this.modules = new Map<string, Module>([
      ...argsNames(idl).map((name) => [name, 'args'] as const),
      ...idl.accounts.map(({ name }) => [name, 'accounts'] as const),
      ...idl.events.map(({ name }) => [name, 'events'] as const),
    ]);
  }

  moduleOf(name: string): Module {
    return this.modules.get(name) ?? 'types';
  }

  definitions(module: Module): IdlTypeDef[] {
    return this.idl.types.filter(({ name }) => this.moduleOf(name) === module);
  }

  /** Rust type, as named inside `module`. @throws InputError `IDL__UNSUPPORTED_TYPE` */
  rust(type: IdlType, module: Module): string {
    if (typeof type === 'string') return plainText(type);
    if ('option' in type) return `Option<${this.rust(type.option, module)}>`;
    if ('vec' in type) return `Vec<${this.rust(type.vec, module)}>`;
    if ('array' in type) return `[${this.rust(type.array[0], module)}; ${type.array[1]}]`;
    const { name } = typeNamed(this.idl, type.defined.name);
    const home = this.moduleOf(name);
    return home === module ? name : `super::${home}::${name}`;
  }

  /** Whether every value of the type can have the trait. */
  can(trait: Trait, type: IdlType): boolean {
    if (typeof type === 'string') return trait === 'Default' || type !== 'string';
    if ('option' in type) return trait === 'Default' || this.can(trait, type.option);
    if ('vec' in type) return trait === 'Default';
    if ('array' in type) {
      const [item, length] = type.array;
      return this.can(trait, item) && (trait === 'Copy' || length <= DEFAULT_ARRAY_LENGTH);
    }
    return typeNamed(this.idl, type.defined.name).type.fields.every((field) => this.can(trait, field.type));
  }
}

function plainText(type: string): string {
  if (INTEGERS.has(type) || type === 'bool') return type;
  if (type === 'string') return 'String';
  if (type === 'pubkey') return 'Address';
  throw new InputError('IDL__UNSUPPORTED_TYPE', `No Rust for type ${type}`, { type });
}

function argsNames(idl: Idl): string[] {
  return idl.instructions.flatMap(({ args }) =>
    args.flatMap(({ type }) => (typeof type === 'object' && 'defined' in type ? [type.defined.name] : [])),
  );
}

/** @param indent of the line that is documented */
function docText(docs: readonly string[] | undefined, indent: string): string[] {
  return (docs ?? []).map((line) => `${indent}/// ${line}`.trimEnd());
}

function bytesText(bytes: readonly number[]): string {
  return `[${bytes.join(', ')}]`;
}

function tagText({ idl }: Interface): string[] {
  const items = idl.instructions.flatMap(({ name, docs, discriminator }) => [
    ...docText(docs, '    '),
    `    pub const ${constant(name)}: [u8; 8] = ${bytesText(discriminator)};`,
    `    pub const ${constant(name)}_LINE: &[u8] = b"Instruction: ${pascal(name)}";`,
  ]);
  return [
    '/// First bytes of the data of every instruction, and the log line that names it.',
    'pub mod tag {',
    ...items,
    '}',
  ];
}

function fieldText(program: Interface, field: IdlField, module: Module): string[] {
  return [...docText(field.docs, '        '), `        pub ${field.name}: ${program.rust(field.type, module)},`];
}

function structText(program: Interface, definition: IdlTypeDef, module: Module): string[] {
  const { name, docs, type } = definition;
  const codecs = { args: ['BorshDeserialize'], events: ['BorshSerialize'] } as const;
  const both = ['BorshDeserialize', 'BorshSerialize'];
  const traits = (['Copy', 'Default'] as const).filter((trait) =>
    type.fields.every((field) => program.can(trait, field.type)),
  );
  const derives = [...(module === 'args' || module === 'events' ? codecs[module] : both), 'Clone', ...traits];
  return [
    ...docText(docs, '    '),
    `    #[derive(${derives.join(', ')})]`,
    `    pub struct ${name} {`,
    ...type.fields.flatMap((field) => fieldText(program, field, module)),
    '    }',
  ];
}

function accountText(program: Interface, definition: IdlTypeDef): string[] {
  const { name } = definition;
  const item = program.idl.accounts.find((account) => account.name === name);
  if (item === undefined) throw new InputError('IDL__UNKNOWN_TYPE', `${name} is no account`, { name });
  const bytes = accountBytes(program.idl, item);
  const space = `${constant(name)}_SPACE`;
  return [
    ...(bytes === null
      ? []
      : ['    /// Bytes on the chain, discriminator included.', `    pub const ${space}: usize = ${bytes};`, '']),
    ...structText(program, definition, 'accounts'),
    '',
    `    impl State for ${name} {`,
    `        const DISCRIMINATOR: [u8; 8] = ${bytesText(item.discriminator)};`,
    `        const CAPACITY: usize = ${bytes === null ? CAPACITY_UNLESS_KNOWN : space};`,
    '    }',
  ];
}

function eventText(program: Interface, definition: IdlTypeDef): string[] {
  const { name } = definition;
  const bytes = program.idl.events.find((event) => event.name === name)?.discriminator ?? [];
  return [
    ...structText(program, definition, 'events'),
    '',
    `    impl Event for ${name} {`,
    `        const DISCRIMINATOR: [u8; 8] = ${bytesText(bytes)};`,
    '    }',
  ];
}

const DOCS: Readonly<Record<Module, string>> = {
  args: 'Arguments, behind the tag.',
  types: 'Structs that arguments, accounts and events are made of.',
  accounts: 'Account types and their sizes.',
  events: 'Events; together they are enough to rebuild every account.',
};
const CODECS: Readonly<Record<Module, string>> = {
  args: 'use borsh::BorshDeserialize;',
  types: 'use borsh::{BorshDeserialize, BorshSerialize};',
  accounts: 'use borsh::{BorshDeserialize, BorshSerialize};',
  events: 'use borsh::BorshSerialize;',
};

function allocText(body: string): string[] {
  const [text, list] = [/\bString\b/.test(body), /\bVec</.test(body)];
  if (text && list) return ['use alloc::{string::String, vec::Vec};'];
  if (text) return ['use alloc::string::String;'];
  return list ? ['use alloc::vec::Vec;'] : [];
}

function moduleText(program: Interface, module: Module): string[] {
  const definitions = program.definitions(module);
  if (definitions.length === 0) return [];
  const items = definitions.map((definition) => {
    if (module === 'accounts') return accountText(program, definition);
    return module === 'events' ? eventText(program, definition) : structText(program, definition, module);
  });
  const lines = items.flatMap((item, index) => (index === 0 ? item : ['', ...item]));
  const code = lines.filter((line) => !line.trimStart().startsWith('///')).join('\n');
  const uses = [
    ...allocText(code),
    CODECS[module],
    ...(/\bAddress\b/.test(code) ? ['use pinocchio::Address;'] : []),
    ...(module === 'accounts' ? ['use plumbline_shared::account::State;'] : []),
    ...(module === 'events' ? ['use plumbline_shared::event::Event;'] : []),
  ];
  return [`/// ${DOCS[module]}`, `pub mod ${module} {`, ...uses.map((line) => `    ${line}`), '', ...lines, '}'];
}

function faultText({ idl }: Interface): string[] {
  if (idl.errors.length === 0) return [];
  const text = (value: string) => JSON.stringify(value);
  const lines = idl.errors.map(
    ({ code, name, msg }) => `        ${constant(name)} = ${code}, ${text(name)}, ${text(msg ?? name)};`,
  );
  return [
    '/// Numbered errors, one cause each. Numbers are append-only.',
    'pub mod fault {',
    '    plumbline_shared::faults! {',
    ...lines,
    '    }',
    '}',
  ];
}

/** @throws InputError `IDL__UNKNOWN_TYPE`, `IDL__UNSUPPORTED_TYPE`, `IDL__SPACE_TOO_SMALL` */
export function interfaceText(idl: Idl): string {
  const program = new Interface(idl);
  const modules = (['args', 'types', 'accounts', 'events'] as const).map((module) => moduleText(program, module));
  const parts = [tagText(program), ...modules, faultText(program)].filter((part) => part.length > 0);
  const head = [
    `//! Wire interface of program ${idl.metadata.name}: written by build/generate-interfaces.ts from idl.json, not by hand.`,
  ];
  return `${[head, ...parts].map((part) => part.join('\n')).join('\n\n')}\n`;
}
