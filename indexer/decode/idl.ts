/**
 * An IDL after it was checked: Anchor's specification 0.1.0 (Anchor 0.30 and later), with every type it can express, and
 * the tuples, maps and sets that older IDLs and other generators write. Borsh has these as lists.
 * Names are in the case of `names.ts`. Source: anchor/idl/spec/src/lib.rs.
 * @module
 */
import type { FloatName, IntegerName } from './layout.ts';

export interface Idl {
  /** Address in the IDL; a registry entry may place it elsewhere. */
  readonly address: string | null;
  readonly name: string;
  readonly instructions: readonly IdlInstruction[];
  readonly accounts: readonly IdlTagged[];
  readonly events: readonly IdlTagged[];
  readonly types: ReadonlyMap<string, IdlTypeDefinition>;
}

/** An event or an account: a discriminator in front of a value of type `typeName`. */
export interface IdlTagged {
  readonly name: string;
  readonly typeName: string;
  readonly discriminator: Uint8Array;
}

export interface IdlInstruction {
  readonly name: string;
  readonly discriminator: Uint8Array;
  /** Flat; members of a group are `group.member`. */
  readonly accounts: readonly IdlInstructionAccount[];
  readonly args: readonly IdlField[];
}

export interface IdlInstructionAccount {
  readonly name: string;
  /** An optional account that is left out stands as the program's own address, or not at all at the end. */
  readonly isOptional: boolean;
}

export interface IdlField {
  readonly name: string;
  readonly type: IdlType;
}

export interface IdlTypeDefinition {
  readonly name: string;
  /** `borsh`, or what the IDL says instead: `bytemuck`, `bytemuckunsafe`, `custom`. */
  readonly serialization: string;
  /** `repr(packed)`: memory without padding. */
  readonly isPacked: boolean;
  readonly generics: readonly { readonly kind: 'type' | 'const'; readonly name: string }[];
  readonly body:
    | { readonly kind: 'struct'; readonly fields: readonly IdlField[] }
    | {
        readonly kind: 'enum';
        readonly variants: readonly { readonly name: string; readonly fields: readonly IdlField[] }[];
      }
    | { readonly kind: 'alias'; readonly type: IdlType };
}

export type IdlType =
  | { readonly kind: 'bool' | 'string' | 'pubkey' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'integer'; readonly type: IntegerName }
  | { readonly kind: 'float'; readonly type: FloatName }
  | { readonly kind: 'option' | 'coption' | 'vec'; readonly inner: IdlType }
  | { readonly kind: 'array'; readonly inner: IdlType; readonly length: IdlLength }
  /** Fields without names. */
  | { readonly kind: 'tuple'; readonly items: readonly IdlType[] }
  | { readonly kind: 'defined'; readonly name: string; readonly generics: readonly IdlGenericArgument[] }
  | { readonly kind: 'generic'; readonly name: string };

/** A number, or the name of a constant generic. */
export type IdlLength = number | { readonly generic: string };

export type IdlGenericArgument =
  | { readonly kind: 'type'; readonly type: IdlType }
  | { readonly kind: 'const'; readonly value: IdlLength };
