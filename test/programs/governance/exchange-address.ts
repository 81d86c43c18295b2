/**
 * Where the governed exchange is, and which compiled program stands there.
 * @module
 */
import { type Address, getProgramDerivedAddress } from '@solana/kit';
import { addressOf } from '../svm.ts';

/** The marketplace's binary stands in until a test needs the exchange itself. */
export const EXCHANGE = { address: addressOf('exchange program'), program: 'marketplace' } as const;

export async function findExchange(): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress: EXCHANGE.address, seeds: ['Exchange'] });
  return address;
}
