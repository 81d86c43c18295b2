/**
 * The registry from IDL files: the one place of the decode stage that reads a disk.
 * @module
 */
import { readFile, stat } from 'node:fs/promises';
import { InputError, messageOf } from '../domain/errors.ts';
import type { Slot } from '../domain/units.ts';
import type { Idl } from './idl.ts';
import { parseIdlText } from './parse-idl.ts';
import { buildRegistry, type Registry, type RegistryEntry } from './registry.ts';

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
  return buildRegistry(await readEntries(files));
}

/** The entries of `loadRegistry`, not compiled yet. */
export function readEntries(files: readonly IdlFile[]): Promise<RegistryEntry[]> {
  return Promise.all(
    files.map(async ({ path, prefix, programId, validFromSlot }) => {
      const { idl } = await readIdlFile(path);
      const address = programId ?? idl.address;
      if (address === null)
        throw new InputError('IDL__NO_ADDRESS', `${path} has no address: give the program's`, { path });
      return { programId: address, prefix, idl, validFromSlot: validFromSlot ?? 0n };
    }),
  );
}

/**
 * An IDL and the text it was read from.
 * @throws InputError `IDL__UNREADABLE`, `IDL__TOO_LARGE`, and the codes of `parseIdl`
 */
export async function readIdlFile(path: string): Promise<{ readonly idl: Idl; readonly text: string }> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_IDL_BYTES) throw new InputError('IDL__TOO_LARGE', `${path} has ${size} bytes`, { path, size });
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('IDL__UNREADABLE', `Cannot read IDL ${path}: ${messageOf(error)}`, { path }, error);
  }
  return { idl: parseIdlText(text), text };
}
