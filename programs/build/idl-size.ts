/**
 * Sizes of borsh values and accounts, from the IDL. Pure.
 * @module
 */
import { InputError } from '../../indexer/domain/errors.ts';
import type { Idl, IdlAccount, IdlType, IdlTypeDef } from './idl.ts';

export const DISCRIMINATOR_BYTES = 8;
const PLAIN_BYTES: Readonly<Record<string, number>> = {
  bool: 1,
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  i64: 8,
  u128: 16,
  i128: 16,
  pubkey: 32,
};

/** @throws InputError `IDL__UNKNOWN_TYPE` */
export function typeNamed(idl: Idl, name: string): IdlTypeDef {
  const found = idl.types.find((type) => type.name === name);
  if (found === undefined) throw new InputError('IDL__UNKNOWN_TYPE', `The IDL defines no type ${name}`, { name });
  return found;
}

/** Bytes of every value of the type; null when they depend on the value. @throws InputError `IDL__UNKNOWN_TYPE` */
export function fixedBytes(idl: Idl, type: IdlType): number | null {
  if (typeof type === 'string') return PLAIN_BYTES[type] ?? null;
  if ('array' in type) {
    const [item, length] = type.array;
    const bytes = fixedBytes(idl, item);
    return bytes === null ? null : bytes * length;
  }
  return 'defined' in type ? structBytes(idl, typeNamed(idl, type.defined.name)) : null;
}

function structBytes(idl: Idl, { type }: IdlTypeDef): number | null {
  return type.fields.reduce<number | null>((sum, field) => {
    const bytes = fixedBytes(idl, field.type);
    return sum === null || bytes === null ? null : sum + bytes;
  }, 0);
}

/**
 * Bytes of an account on the chain, discriminator included: the `space` its entry names, or what its fields take. Null
 * when the fields vary and no space is named.
 *
 * @throws InputError `IDL__SPACE_TOO_SMALL`, `IDL__UNKNOWN_TYPE`
 */
export function accountBytes(idl: Idl, { name, space }: IdlAccount): number | null {
  const fields = structBytes(idl, typeNamed(idl, name));
  const needed = fields === null ? null : fields + DISCRIMINATOR_BYTES;
  if (space !== undefined && needed !== null && needed > space) {
    throw new InputError('IDL__SPACE_TOO_SMALL', `${name} takes ${needed} bytes and has ${space}`, { needed, space });
  }
  return space ?? needed;
}
