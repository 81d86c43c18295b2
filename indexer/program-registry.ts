/**
 * The registry of a record: the layouts of Plumbline's own programs at the addresses of the settings, then the IDLs that
 * were added to the database. What the indexer decodes by, and what the API reads stored bytes back by.
 * @module
 */
import path from 'node:path';
import { type IdlFile, loadRegistry, readEntries } from './decode/load-registry.ts';
import { parseIdlText } from './decode/parse-idl.ts';
import { buildRegistry, type Registry, type RegistryEntry } from './decode/registry.ts';
import type { Settings } from './domain/settings.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { type AddedIdl, addedIdls } from './store/queries/rows/idls.ts';

const programsFolder = path.join(import.meta.dirname, '..', 'programs');

function ownFiles(settings: Settings): IdlFile[] {
  const addresses = {
    staking: settings.STAKING_PROGRAM_ID,
    marketplace: settings.MARKETPLACE_PROGRAM_ID,
    exchange: settings.EXCHANGE_PROGRAM_ID,
    governance: settings.GOVERNANCE_PROGRAM_ID,
  };
  return Object.entries(addresses).map(([prefix, programId]) => {
    const file = { path: path.join(programsFolder, prefix, 'idl.json'), prefix };
    return programId === '' ? file : { ...file, programId };
  });
}

/** Plumbline's own programs, staking first. @throws InputError with the codes of `loadRegistry` */
export function loadProgramRegistry(settings: Settings): Promise<Registry> {
  return loadRegistry(ownFiles(settings));
}

export interface RecordedRegistry {
  readonly registry: Registry;
  /** Number of IDLs that were added: the larger one knows all that a smaller one does. */
  readonly revision: number;
}

/** Own programs first (unless the settings leave them out), then what was added, in the order it was. */
export async function registryEntries(settings: Settings, added: readonly AddedIdl[]): Promise<RegistryEntry[]> {
  const own = settings.OWN_PROGRAMS === 'true' ? await readEntries(ownFiles(settings)) : [];
  return [...own, ...added.map(entryOf)];
}

export function entryOf({ program, prefix, fromSlot, content }: Omit<AddedIdl, 'sha256'>): RegistryEntry {
  return { programId: program, prefix, idl: parseIdlText(content), validFromSlot: fromSlot };
}

/** @throws InputError with the codes of `buildRegistry`; errors of the store */
export async function recordedRegistry(settings: Settings, client: StoreClient): Promise<RecordedRegistry> {
  const added = await addedIdls(client);
  return { registry: buildRegistry(await registryEntries(settings, added)), revision: added.length };
}
