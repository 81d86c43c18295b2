/**
 * Addresses of the programs: the settings', or that of the program's own IDL.
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Settings } from '../indexer/domain/settings.ts';

export function marketplaceProgramId(settings: Settings): string {
  if (settings.MARKETPLACE_PROGRAM_ID !== '') return settings.MARKETPLACE_PROGRAM_ID;
  const idl = JSON.parse(readFileSync(new URL('../programs/marketplace/idl.json', import.meta.url), 'utf8')) as {
    address: string;
  };
  return idl.address;
}
