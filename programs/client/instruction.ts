/**
 * What the generated clients share beside borsh: the shape of an instruction, and discriminators in front of data.
 * Instructions fit kit's `Instruction`; discriminators are Anchor's eight bytes.
 * @module
 */
import { type AccountMeta, AccountRole, type Address } from '@solana/kit';
import { checkInput } from '../../indexer/domain/errors.ts';
import { BorshReader, BorshWriter } from './borsh.ts';

export type ProgramInstruction = {
  readonly programAddress: Address;
  readonly accounts: readonly AccountMeta[];
  readonly data: Uint8Array;
};

/** An account as the IDL marks it; an optional one that is absent is the program itself, read only (Anchor's convention). */
export function accountMeta(address: Address, isWritable: boolean, isSigner: boolean): AccountMeta {
  if (isSigner) return { address, role: isWritable ? AccountRole.WRITABLE_SIGNER : AccountRole.READONLY_SIGNER };
  return { address, role: isWritable ? AccountRole.WRITABLE : AccountRole.READONLY };
}

export function optionalMeta(
  address: Address | undefined,
  programAddress: Address,
  isWritable: boolean,
  isSigner: boolean,
): AccountMeta {
  return address === undefined ? accountMeta(programAddress, false, false) : accountMeta(address, isWritable, isSigner);
}

/** Discriminator, then what `write` appends. */
export function encodeWith(discriminator: Uint8Array, write: (writer: BorshWriter) => void = () => {}): Uint8Array {
  const writer = new BorshWriter();
  writer.raw(discriminator);
  write(writer);
  return writer.bytes();
}

export function startsWith(data: Uint8Array, discriminator: Uint8Array): boolean {
  return data.length >= discriminator.length && discriminator.every((byte, index) => data[index] === byte);
}

/**
 * Reads behind the discriminator.
 * @throws InputError `CLIENT__WRONG_DISCRIMINATOR`; `CLIENT__TRUNCATED` from the reader
 */
export function decodeWith<T>(
  data: Uint8Array,
  discriminator: Uint8Array,
  name: string,
  read: (reader: BorshReader) => T,
): T {
  checkInput(startsWith(data, discriminator), 'CLIENT__WRONG_DISCRIMINATOR', `Data is not of ${name}`, { name });
  return read(new BorshReader(data.subarray(discriminator.length)));
}
