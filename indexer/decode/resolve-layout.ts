/**
 * From the types of an IDL to layouts: names looked up, aliases followed, generics put in by name. A type that
 * contains itself becomes a layout that contains itself.
 * @module
 */
import { checkInput, InputError } from '../domain/errors.ts';
import type { Idl, IdlField, IdlGenericArgument, IdlLength, IdlType, IdlTypeDefinition } from './idl.ts';
import { fixedSize, type Layout, type LayoutField, leastSize, partsOf, type StructLayout } from './layout.ts';

/** Instances of generic types in one IDL; more is a type that grows for ever by naming itself. */
const MAX_INSTANCES = 8192;
const MAX_DEPTH = 128;

type Scope = ReadonlyMap<string, IdlGenericArgument>;
const NO_SCOPE: Scope = new Map();

export interface LayoutResolver {
  /**
   * Layout of a struct of the IDL by name: an event's or an account's type.
   * @throws InputError `IDL__UNKNOWN_TYPE`, `IDL__BAD_GENERICS`, `IDL__INFINITE_TYPE`, `IDL__TOO_LARGE`,
   * `IDL__UNSUPPORTED_LAYOUT` for a serialization that is not Borsh and for lists of elements without size
   */
  named(typeName: string): StructLayout;
  /** Layout of an instruction's arguments, as a struct. @throws as `named` */
  fields(name: string, fields: readonly IdlField[]): StructLayout;
}

export function layoutResolver(idl: Idl): LayoutResolver {
  const resolution = new Resolution(idl);
  return {
    named(typeName) {
      const layout = resolution.resolve({ kind: 'defined', name: typeName, generics: [] }, NO_SCOPE, 0);
      if (layout.kind !== 'struct') return unsupported(`${typeName} is not a struct`);
      return checkSound(layout);
    },
    fields: (name, fields) => checkSound({ kind: 'struct', name, fields: resolution.fields(fields, NO_SCOPE, 0) }),
  };
}

class Resolution {
  /** By type and arguments. A type under way stands here already, so that it can contain itself. */
  private readonly instances = new Map<string, Layout>();
  private readonly openAliases = new Set<string>();

  constructor(private readonly idl: Idl) {}

  resolve(type: IdlType, scope: Scope, depth: number): Layout {
    checkInput(depth <= MAX_DEPTH, 'IDL__TOO_LARGE', 'Types of the IDL are nested too deep');
    switch (type.kind) {
      case 'bytes':
        return { kind: 'bytes', size: null };
      case 'option':
      case 'coption':
        return { kind: type.kind, inner: this.resolve(type.inner, scope, depth + 1) };
      case 'vec': {
        const item = this.resolve(type.inner, scope, depth + 1);
        return isByte(item) ? { kind: 'bytes', size: null } : { kind: 'vec', item };
      }
      case 'array': {
        const item = this.resolve(type.inner, scope, depth + 1);
        const length = lengthIn(type.length, scope);
        return isByte(item) ? { kind: 'bytes', size: length } : { kind: 'array', item, length };
      }
      case 'tuple': {
        const fields = type.items.map((item, index) => ({ name: String(index), type: item }));
        return { kind: 'struct', name: '', fields: this.fields(fields, scope, depth) };
      }
      case 'generic': {
        const argument = scope.get(type.name);
        if (argument?.kind !== 'type') return badGenerics(type.name);
        return this.resolve(argument.type, NO_SCOPE, depth + 1);
      }
      case 'defined':
        return this.instance(type.name, type.generics, scope, depth);
      default:
        return type;
    }
  }

  fields(fields: readonly IdlField[], scope: Scope, depth: number): LayoutField[] {
    return fields.map(({ name, type }) => ({ name, layout: this.resolve(type, scope, depth + 1) }));
  }

  private instance(name: string, generics: readonly IdlGenericArgument[], scope: Scope, depth: number): Layout {
    const definition = this.idl.types.get(name);
    if (definition === undefined) throw new InputError('IDL__UNKNOWN_TYPE', `Type ${name} is not in the IDL`, { name });
    if (!isReadable(definition)) unsupported(`${name} is serialized by ${definition.serialization}`);
    if (definition.generics.length !== generics.length) badGenerics(name);
    const closed = generics.map((argument) => close(argument, scope, 0));
    const key = `${name}<${closed.length === 0 ? '' : JSON.stringify(closed)}>`;
    const known = this.instances.get(key);
    if (known !== undefined) return known;
    checkInput(this.instances.size < MAX_INSTANCES, 'IDL__TOO_LARGE', 'Too many instances of generic types', { name });
    const inner: Scope = new Map(
      definition.generics.map((generic, index) => [generic.name, argumentAt(closed, index)]),
    );
    const knownCount = this.instances.size;
    try {
      return this.build(definition, key, inner, depth);
    } catch (error) {
      this.forgetFrom(knownCount);
      throw error;
    } finally {
      this.openAliases.delete(key);
    }
  }

  /** What was begun and not finished, and whatever was made of it: the next to name these types has to fail as well. */
  private forgetFrom(count: number): void {
    for (const key of [...this.instances.keys()].slice(count)) this.instances.delete(key);
  }

  private build(definition: IdlTypeDefinition, key: string, scope: Scope, depth: number): Layout {
    const { body, name } = definition;
    if (body.kind === 'alias') {
      checkInput(!this.openAliases.has(key), 'IDL__INFINITE_TYPE', `Alias ${name} names itself`, { name });
      this.openAliases.add(key);
      const layout = this.resolve(body.type, scope, depth + 1);
      this.instances.set(key, layout);
      return layout;
    }
    if (body.kind === 'struct') {
      const fields: LayoutField[] = [];
      const layout: Layout = { kind: 'struct', name, fields };
      this.instances.set(key, layout);
      fields.push(...this.fields(body.fields, scope, depth));
      if (definition.serialization !== 'borsh' && !fields.every((field) => isPlainMemory(field.layout))) {
        unsupported(`${name} is serialized by ${definition.serialization} and has a field without a fixed form`);
      }
      return layout;
    }
    if (definition.serialization !== 'borsh') unsupported(`${name} is an enum in memory`);
    const variants: StructLayout[] = [];
    const layout: Layout = { kind: 'enum', name, variants };
    this.instances.set(key, layout);
    for (const variant of body.variants) {
      variants.push({ kind: 'struct', name: variant.name, fields: this.fields(variant.fields, scope, depth) });
    }
    return layout;
  }
}

/**
 * Memory as it is stands in the same bytes as Borsh would write where it has no padding: `bytemuck` derives Pod, which the
 * compiler refuses for a type with padding, and `bytemuckunsafe` promises it only when packed.
 */
function isReadable({ serialization, isPacked }: IdlTypeDefinition): boolean {
  return serialization === 'borsh' || serialization === 'bytemuck' || (serialization === 'bytemuckunsafe' && isPacked);
}

/** Whether memory and Borsh agree on a value: no lengths and no tags. */
function isPlainMemory(layout: Layout): boolean {
  switch (layout.kind) {
    case 'bool':
    case 'integer':
    case 'float':
    case 'pubkey':
      return true;
    case 'bytes':
      return layout.size !== null;
    case 'array':
      return isPlainMemory(layout.item);
    case 'struct':
      return layout.fields.every((field) => isPlainMemory(field.layout));
    default:
      return false;
  }
}

/** An argument without generics in it. */
function close(argument: IdlGenericArgument, scope: Scope, depth: number): IdlGenericArgument {
  if (argument.kind === 'type') return { kind: 'type', type: closeType(argument.type, scope, depth) };
  return { kind: 'const', value: lengthIn(argument.value, scope) };
}

function closeType(type: IdlType, scope: Scope, depth: number): IdlType {
  checkInput(depth <= MAX_DEPTH, 'IDL__TOO_LARGE', 'Generic arguments of the IDL are nested too deep');
  switch (type.kind) {
    case 'option':
    case 'coption':
    case 'vec':
      return { kind: type.kind, inner: closeType(type.inner, scope, depth + 1) };
    case 'array':
      return {
        kind: 'array',
        inner: closeType(type.inner, scope, depth + 1),
        length: lengthIn(type.length, scope),
      };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map((item) => closeType(item, scope, depth + 1)) };
    case 'defined':
      return { ...type, generics: type.generics.map((argument) => close(argument, scope, depth + 1)) };
    case 'generic': {
      const argument = scope.get(type.name);
      if (argument?.kind !== 'type') return badGenerics(type.name);
      return closeType(argument.type, NO_SCOPE, depth + 1);
    }
    default:
      return type;
  }
}

function lengthIn(length: IdlLength, scope: Scope): number {
  if (typeof length === 'number') return length;
  const argument = scope.get(length.generic);
  return argument?.kind === 'const' ? lengthIn(argument.value, NO_SCOPE) : badGenerics(length.generic);
}

function argumentAt(closed: readonly IdlGenericArgument[], index: number): IdlGenericArgument {
  return closed[index] ?? badGenerics(String(index));
}

function isByte(layout: Layout): boolean {
  return layout.kind === 'integer' && layout.type === 'u8';
}

/** Refuse what cannot be decoded in bounded time: endless types, and lists whose length costs no bytes. */
function checkSound(root: StructLayout): StructLayout {
  checkDepth(root);
  checkInput(Number.isFinite(leastSize(root)), 'IDL__INFINITE_TYPE', `${root.name} contains itself without an end`, {
    name: root.name,
  });
  const seen = new Set<Layout>();
  const visit = (layout: Layout): void => {
    if (seen.has(layout)) return;
    seen.add(layout);
    if (layout.kind === 'struct') for (const field of layout.fields) visit(field.layout);
    else if (layout.kind === 'enum') layout.variants.forEach(visit);
    else if (layout.kind === 'option') visit(layout.inner);
    else if (layout.kind === 'coption') visitCoption(layout.inner);
    else if (layout.kind === 'vec' || layout.kind === 'array') visitItem(layout.item);
  };
  const visitCoption = (inner: Layout): void => {
    if (fixedSize(inner) === null) unsupported('coption of a type without a fixed size');
    visit(inner);
  };
  const visitItem = (item: Layout): void => {
    if (leastSize(item) === 0) unsupported('a list of elements that take no bytes');
    visit(item);
  };
  visit(root);
  return root;
}

/** Types may have been resolved from the inside out, each step a short one; what reads them goes from the outside in. */
function checkDepth(root: StructLayout): void {
  const seen = new Set<Layout>();
  const visit = (layout: Layout, depth: number): void => {
    checkInput(depth <= MAX_DEPTH, 'IDL__TOO_LARGE', 'Types of the IDL are nested too deep');
    if (seen.has(layout)) return;
    seen.add(layout);
    for (const part of partsOf(layout)) visit(part, depth + 1);
  };
  visit(root, 0);
}

function unsupported(reason: string): never {
  throw new InputError('IDL__UNSUPPORTED_LAYOUT', `Not decoded: ${reason}`, { reason });
}

function badGenerics(name: string): never {
  throw new InputError('IDL__BAD_GENERICS', `Generic arguments of ${name} do not fit`, { name });
}
