/**
 * The compiled programs of a local chain, at the addresses of their IDLs.
 * @module
 */
import { fileURLToPath } from 'node:url';
import type { Address } from '@solana/kit';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS } from '../../programs/staking/client.generated.ts';

/** Names by address, as folders and tables have them. */
export const PROGRAM_NAMES: ReadonlyMap<Address, string> = new Map([
  [STAKING_PROGRAM_ADDRESS, 'staking'],
  [MARKETPLACE_PROGRAM_ADDRESS, 'marketplace'],
  [EXCHANGE_PROGRAM_ADDRESS, 'exchange'],
  [GOVERNANCE_PROGRAM_ADDRESS, 'governance'],
]);

/** As a local chain takes them at its start. */
export function compiledPrograms(): { id: Address; path: string }[] {
  return [...PROGRAM_NAMES].map(([id, name]) => ({ id, path: programFile(name, `${name}.so`) }));
}

export function programFile(name: string, file: string): string {
  return fileURLToPath(new URL(`../../programs/${name}/${file}`, import.meta.url));
}
