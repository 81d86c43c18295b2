/**
 * Program-derived addresses of the marketplace program. Each takes the program's address, since the program may be deployed at any.
 * @module
 */
import type { Address } from '@solana/kit';
import { deriveAddress } from '../client/derive-address.ts';
import { MARKETPLACE_PROGRAM_ADDRESS } from './client.generated.ts';

/** The one `Marketplace`. */
export function findMarketplace(programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Marketplace');
}

/** Token account of a mint that collects the verifier part of fees. */
export function findVerifierVault(
  mint: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'VerifierVault', mint);
}

export function findProvider(owner: Address, programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Provider', owner);
}

export function findBondVault(
  provider: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'BondVault', provider);
}

/** @param offerId `offerCount` of the provider before the offer was listed */
export function findOffer(
  provider: Address,
  offerId: bigint,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Offer', provider, offerId);
}

/** The record that counts a buyer's orders. It is absent until the first order. */
export function findBuyer(buyer: Address, programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS): Promise<Address> {
  return deriveAddress(programAddress, 'Buyer', buyer);
}

/** @param orderId `orderCount` of the buyer's record before the order was created, 0 where there is no record yet */
export function findOrder(
  buyer: Address,
  orderId: bigint,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Order', buyer, orderId);
}

export function findOrderVault(
  order: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'OrderVault', order);
}

/** Holds the deposit of an order's dispute while the arbiter may rule, and until somebody reclaims it. */
export function findDisputeVault(
  order: Address,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'DisputeVault', order);
}

/** The report of one device of a provider. @param deviceHash 32 bytes */
export function findBenchmark(
  provider: Address,
  deviceHash: Uint8Array,
  programAddress: Address = MARKETPLACE_PROGRAM_ADDRESS,
): Promise<Address> {
  return deriveAddress(programAddress, 'Benchmark', provider, deviceHash);
}
