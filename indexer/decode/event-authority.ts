/**
 * The address that signs a program's self-CPI events: the program-derived address of `__event_authority`.
 * Source: Solana's `create_program_address`; curve arithmetic after RFC 8032, section 5.1.3.
 * @module
 */
import { createHash } from 'node:crypto';
import { InvariantError } from '../domain/errors.ts';

const FIELD_PRIME = (1n << 255n) - 19n;
/** The curve's d, -121665/121666. */
const CURVE_D = mod(-121_665n * power(121_666n, FIELD_PRIME - 2n));
const SIGN_BIT = 1n << 255n;

/** Address that Anchor's `emit_cpi!` uses for a program. */
export function eventAuthorityOf(programId: Uint8Array): Uint8Array {
  return programAddress([Buffer.from('__event_authority')], programId);
}

/**
 * The first address off the curve, bumps from 255 down.
 * @throws InvariantError `DECODE__NO_PROGRAM_ADDRESS`, which has a probability of about 2^-256
 */
export function programAddress(seeds: readonly Uint8Array[], programId: Uint8Array): Uint8Array {
  for (let bump = 255; bump >= 0; bump -= 1) {
    const hash = createHash('sha256');
    for (const seed of seeds) hash.update(seed);
    const address = hash.update(Uint8Array.of(bump)).update(programId).update('ProgramDerivedAddress').digest();
    if (!isOnCurve(address)) return new Uint8Array(address);
  }
  throw new InvariantError('DECODE__NO_PROGRAM_ADDRESS', 'No bump gives an address off the curve');
}

/** True when 32 bytes are a point of Ed25519: x² = (y² - 1) / (d·y² + 1) has a root. */
export function isOnCurve(bytes: Uint8Array): boolean {
  const encoded = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  const y = mod(encoded & (SIGN_BIT - 1n));
  const xSquared = mod((y * y - 1n) * power(mod(CURVE_D * y * y + 1n), FIELD_PRIME - 2n));
  return xSquared === 0n || power(xSquared, (FIELD_PRIME - 1n) / 2n) === 1n;
}

function mod(value: bigint): bigint {
  const rest = value % FIELD_PRIME;
  return rest < 0n ? rest + FIELD_PRIME : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}
