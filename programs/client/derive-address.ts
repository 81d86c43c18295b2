/** Program-derived addresses as the programs of this repository name them. @module */
import {
  type Address,
  getAddressEncoder,
  getProgramDerivedAddress,
  getU64Encoder,
  type ReadonlyUint8Array,
} from '@solana/kit';

const addressEncoder = getAddressEncoder();
const u64Encoder = getU64Encoder();

/** A number stands for its 8 bytes, low byte first; negative ones as an `i64` has them. */
type Seed = Address | bigint | ReadonlyUint8Array;

/** @param name the first seed: what the account is */
export async function deriveAddress(
  programAddress: Address,
  name: string,
  ...seeds: readonly Seed[]
): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress, seeds: [name, ...seeds.map(bytesOf)] });
  return address;
}

function bytesOf(seed: Seed): ReadonlyUint8Array {
  if (typeof seed === 'bigint') return u64Encoder.encode(BigInt.asUintN(64, seed));
  return typeof seed === 'string' ? addressEncoder.encode(seed) : seed;
}
