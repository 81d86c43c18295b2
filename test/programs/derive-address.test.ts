import { type Address, getAddressEncoder, getProgramDerivedAddress, getU64Encoder } from '@solana/kit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deriveAddress } from '../../programs/client/derive-address.ts';
import { MARKETPLACE_PROGRAM_ADDRESS as MARKETPLACE } from '../../programs/marketplace/client.generated.ts';
import { STAKING_PROGRAM_ADDRESS as STAKING } from '../../programs/staking/client.generated.ts';
import { addressOf } from './svm.ts';

type Seed = Address | bigint | Uint8Array;

const seedBytes = (seed: Seed) => {
  if (typeof seed === 'bigint') return getU64Encoder().encode(BigInt.asUintN(64, seed));
  return typeof seed === 'string' ? getAddressEncoder().encode(seed) : seed;
};

async function byHashing(program: Address, name: string, seeds: readonly Seed[]): Promise<Address> {
  const [address] = await getProgramDerivedAddress({
    programAddress: program,
    seeds: [name, ...seeds.map(seedBytes)],
  });
  return address;
}

/** Few values of each kind, so that seeds come again and look alike in other kinds. */
const seeds = fc.array(
  fc.oneof(
    fc.constantFrom(addressOf('a'), addressOf('b')),
    fc.constantFrom(0n, 5n, -1n, 2n ** 64n - 1n),
    fc.uint8Array({ maxLength: 2, max: 6 }),
  ),
  { maxLength: 3 },
);

it('an address that is asked for again, among many that look alike, is the one of its seeds', async () => {
  const program = fc.constantFrom(MARKETPLACE, STAKING);
  await fc.assert(
    fc.asyncProperty(program, fc.constantFrom('Order', 'Offer'), seeds, async (address, name, given) => {
      const expected = await byHashing(address, name, given);
      expect(await deriveAddress(address, name, ...given)).toBe(expected);
      expect(await deriveAddress(address, name, ...given)).toBe(expected);
    }),
    { numRuns: 200 },
  );
});

it('a number, its decimal digits as bytes, and a byte of the same value are different seeds', async () => {
  const alike: readonly Seed[] = [5n, Uint8Array.of(5), Uint8Array.of(0x35)];
  const derived = await Promise.all(alike.map((seed) => deriveAddress(MARKETPLACE, 'Order', seed)));
  expect(new Set(derived).size).toBe(alike.length);
});
