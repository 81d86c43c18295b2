/**
 * The part of Anchor's IDL format (0.30 and later, `spec` 0.1.0) that our programs use, as types.
 * @module
 */
export type IdlType =
  | 'bool'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'u128'
  | 'i64'
  | 'i128'
  | 'string'
  | 'pubkey'
  | { readonly option: IdlType }
  | { readonly vec: IdlType }
  | { readonly array: readonly [IdlType, number] }
  | { readonly defined: { readonly name: string } };

export type IdlField = { readonly name: string; readonly docs?: readonly string[]; readonly type: IdlType };

export type IdlTypeDef = {
  readonly name: string;
  readonly docs?: readonly string[];
  readonly type: { readonly kind: 'struct'; readonly fields: readonly IdlField[] };
};

/** `path` names an account of the call, one of its fields (`order.order_id`), or a field of the arguments (`args.epoch`). */
export type IdlSeed =
  | { readonly kind: 'const'; readonly value: readonly number[] }
  | { readonly kind: 'account' | 'arg'; readonly path: string };

export type IdlAccountItem = {
  readonly name: string;
  readonly docs?: readonly string[];
  readonly writable?: boolean;
  readonly signer?: boolean;
  readonly optional?: boolean;
  readonly address?: string;
  /** Address of the program itself, or of the program that a seed names. */
  readonly pda?: { readonly seeds: readonly IdlSeed[]; readonly program?: IdlSeed };
};

export type IdlInstruction = {
  readonly name: string;
  readonly docs?: readonly string[];
  readonly discriminator: readonly number[];
  readonly accounts: readonly IdlAccountItem[];
  readonly args: readonly IdlField[];
};

export type IdlDiscriminated = { readonly name: string; readonly discriminator: readonly number[] };

export type IdlAccount = IdlDiscriminated & {
  /**
   * Bytes on the chain, discriminator included, where they are more than the fields take: room for an account whose
   * fields vary in length, or for fields of later versions.
   */
  readonly space?: number;
};

export type Idl = {
  readonly address: string;
  readonly metadata: { readonly name: string; readonly version: string; readonly spec: string };
  readonly instructions: readonly IdlInstruction[];
  readonly accounts: readonly IdlAccount[];
  readonly events: readonly IdlDiscriminated[];
  readonly errors: readonly { readonly code: number; readonly name: string; readonly msg?: string }[];
  readonly types: readonly IdlTypeDef[];
};
