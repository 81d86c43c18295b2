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

/** The same few accounts are named again and again, by every instruction: hashing for one is a tenth of a millisecond. */
const MOST_KEPT = 10_000;
const kept = new Map<string, Promise<Address>>();

/** @param name the first seed: what the account is */
export function deriveAddress(programAddress: Address, name: string, ...seeds: readonly Seed[]): Promise<Address> {
  const key = [programAddress, name, ...seeds.map(textOf)].join('/');
  const known = kept.get(key);
  if (known !== undefined) return known;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  const derived = derive(programAddress, [name, ...seeds.map(bytesOf)]);
  kept.set(key, derived);
  return derived;
}

async function derive(programAddress: Address, seeds: (string | ReadonlyUint8Array)[]): Promise<Address> {
  const [address] = await getProgramDerivedAddress({ programAddress, seeds });
  return address;
}

/** No two seeds share one: an address has more signs than a number can have digits, and bytes stand in brackets. */
function textOf(seed: Seed): string {
  return typeof seed === 'object' ? `[${seed.join()}]` : String(seed);
}

function bytesOf(seed: Seed): ReadonlyUint8Array {
  if (typeof seed === 'bigint') return u64Encoder.encode(BigInt.asUintN(64, seed));
  return typeof seed === 'string' ? addressEncoder.encode(seed) : seed;
}
