/**
 * Addresses of the programs: the settings', or that of the program's own IDL.
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Settings } from '../indexer/domain/settings.ts';

/** Programs by the name of their folder. */
export interface ProgramIds {
  readonly staking: string;
  readonly marketplace: string;
  readonly exchange: string;
  readonly governance: string;
}

export function programIds(settings: Settings): ProgramIds {
  return {
    staking: settings.STAKING_PROGRAM_ID,
    marketplace: settings.MARKETPLACE_PROGRAM_ID || ownAddress('marketplace'),
    exchange: settings.EXCHANGE_PROGRAM_ID || ownAddress('exchange'),
    governance: settings.GOVERNANCE_PROGRAM_ID || ownAddress('governance'),
  };
}

function ownAddress(name: string): string {
  const idl = JSON.parse(readFileSync(new URL(`../programs/${name}/idl.json`, import.meta.url), 'utf8')) as {
    address: string;
  };
  return idl.address;
}
