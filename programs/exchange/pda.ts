/**
 * Program-derived addresses of the exchange program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import type { Address } from '@solana/kit';
import { deriveAddress } from '../client/derive-address.ts';
import { EXCHANGE_PROGRAM_ADDRESS } from './client.generated.ts';

/** The one `Exchange`; it holds the vaults. */
export function findExchange(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Exchange');
}

export function findMarginVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'MarginVault');
}

export function findBankrollVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'BankrollVault');
}

export function findInsuranceVault(programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'InsuranceVault');
}

/** @param model number of the GPU model in the marketplace's catalogue */
export function findIndex(model: number, programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Index', Uint8Array.of(model));
}

export function findTrader(owner: Address, programAddress: Address = EXCHANGE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Trader', owner);
}

/** @param trader the trader account, not its owner */
export function findPosition(
  trader: Address,
  model: number,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Position', trader, Uint8Array.of(model));
}

/** @param deliveryStart the expiry itself for a series that settles on a point */
export function findSeries(
  model: number,
  deliveryStart: bigint,
  expiry: bigint,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Series', Uint8Array.of(model), deliveryStart, expiry);
}

export function findFuturePosition(
  series: Address,
  trader: Address,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'FuturePosition', series, trader);
}

/** @param number `claimCount` of the trader before the claim was recorded */
export function findClaim(
  trader: Address,
  number: bigint,
  programAddress: Address = EXCHANGE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Claim', trader, number);
}
