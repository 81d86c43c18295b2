/**
 * Wallets of the simulated people. A wallet is its seed: role and number give the same keys on every run.
 * Signing is Node's own Ed25519, several times as fast as WebCrypto's promises at the rates simulated here.
 * @module
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Address, getAddressDecoder } from '@solana/kit';

export interface Wallet {
  readonly address: Address;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** DER of a PKCS#8 Ed25519 key up to the seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SEED_BYTES = 32;

/** People come back: their keys are made once. */
const known = new Map<string, Wallet>();

export function seededWallet(seed: string, role: string, index: number): Wallet {
  const name = `${seed}/${role}/${index}`;
  const wallet = known.get(name) ?? walletOf(seededKey(seed, role, index));
  known.set(name, wallet);
  return wallet;
}

/** The private key of a seeded wallet, PKCS#8 as DER. */
export function seededKey(seed: string, role: string, index: number): Buffer {
  return pkcs8Of(createHash('sha256').update(`${seed}/${role}/${index}`).digest());
}

/** From a keypair file of 64 numbers. */
export function walletFromFile(path: string): Wallet {
  const bytes = JSON.parse(readFileSync(path, 'utf8')) as number[];
  return walletOf(pkcs8Of(Buffer.from(bytes.slice(0, SEED_BYTES))));
}

function pkcs8Of(seed: Buffer): Buffer {
  return Buffer.concat([PKCS8_PREFIX, seed]);
}

function walletOf(pkcs8: Buffer): Wallet {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return { address: addressOf(key), sign: (message) => sign(null, message, key) };
}

function addressOf(key: KeyObject): Address {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return getAddressDecoder().decode(spki.subarray(-SEED_BYTES));
}
