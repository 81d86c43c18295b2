/**
 * The layouts of Plumbline's own programs at the addresses of the settings: what the indexer decodes by, and what the
 * API reads stored bytes back by.
 * @module
 */
import path from 'node:path';
import { loadRegistry } from './decode/load-registry.ts';
import type { Registry } from './decode/registry.ts';
import type { Settings } from './domain/settings.ts';

const programsFolder = path.join(import.meta.dirname, '..', 'programs');

/** Staking first, then the marketplace. @throws InputError with the codes of `loadRegistry` */
export function loadProgramRegistry(settings: Settings): Promise<Registry> {
  const marketplaceId = settings.MARKETPLACE_PROGRAM_ID;
  return loadRegistry([
    { path: path.join(programsFolder, 'staking/idl.json'), prefix: 'staking', programId: settings.STAKING_PROGRAM_ID },
    {
      path: path.join(programsFolder, 'marketplace/idl.json'),
      prefix: 'marketplace',
      ...(marketplaceId === '' ? {} : { programId: marketplaceId }),
    },
  ]);
}
