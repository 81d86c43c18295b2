/**
 * Addresses of Plumbline's own programs: the settings', or those of their IDLs.
 * @module
 */
import type { Address } from '@solana/kit';
import { fromBase58 } from '../../indexer/domain/base58.ts';
import type { Settings } from '../../indexer/domain/settings.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from '../../programs/exchange/client.generated.ts';
import { GOVERNANCE_PROGRAM_ADDRESS } from '../../programs/governance/client.generated.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from '../../programs/marketplace/client.generated.ts';

/** By the name of the program's folder. */
export type OwnPrograms<Key> = Readonly<Record<'exchange' | 'governance' | 'marketplace' | 'staking', Key>>;

export function programIds(settings: Settings): OwnPrograms<Address> {
  return {
    staking: settings.STAKING_PROGRAM_ID as Address,
    marketplace: (settings.MARKETPLACE_PROGRAM_ID || MARKETPLACE_PROGRAM_ADDRESS) as Address,
    exchange: (settings.EXCHANGE_PROGRAM_ID || EXCHANGE_PROGRAM_ADDRESS) as Address,
    governance: (settings.GOVERNANCE_PROGRAM_ID || GOVERNANCE_PROGRAM_ADDRESS) as Address,
  };
}

/** The same as bytes. @throws InputError `DOMAIN__BAD_BASE58` */
export function programKeys(settings: Settings): OwnPrograms<Uint8Array> {
  const { staking, marketplace, exchange, governance } = programIds(settings);
  return {
    staking: fromBase58(staking),
    marketplace: fromBase58(marketplace),
    exchange: fromBase58(exchange),
    governance: fromBase58(governance),
  };
}
