/**
 * The registry from IDL files: the one place of the decode stage that reads a disk.
 * @module
 */
import { readFile, stat } from 'node:fs/promises';
import { InputError, messageOf } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { Idl } from './idl.ts';
import { parseIdlText } from './parse-idl.ts';
import { buildRegistry, type Registry } from './registry.ts';

export interface IdlFile {
  readonly path: string;
  /** First part of the tables' names. */
  readonly prefix: string;
  /** Base58; the IDL's own address where it is not given. */
  readonly programId?: string;
  /** The start of the chain where it is not given. */
  readonly validFromSlot?: Slot;
}

const MAX_IDL_BYTES = 8 * 1024 * 1024;

/**
 * Read and compile IDLs.
 * @throws InputError `IDL__UNREADABLE`, `IDL__TOO_LARGE`, `IDL__NO_ADDRESS`, and the codes of `parseIdl` and `buildRegistry`
 */
export async function loadRegistry(files: readonly IdlFile[]): Promise<Registry> {
  const entries = await Promise.all(
    files.map(async ({ path, prefix, programId, validFromSlot }) => {
      const idl = await readIdl(path);
      const address = programId ?? idl.address;
      if (address === null)
        throw new InputError('IDL__NO_ADDRESS', `${path} has no address: give the program's`, { path });
      return { programId: address, prefix, idl, validFromSlot: validFromSlot ?? 0n };
    }),
  );
  return buildRegistry(entries);
}

async function readIdl(path: string): Promise<Idl> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_IDL_BYTES) throw new InputError('IDL__TOO_LARGE', `${path} has ${size} bytes`, { path, size });
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('IDL__UNREADABLE', `Cannot read IDL ${path}: ${messageOf(error)}`, { path }, error);
  }
  return parseIdlText(text);
}
