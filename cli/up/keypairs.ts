/**
 * Keypair files of a local run, in the format of Solana's tools (64 numbers), made once and kept.
 * @module
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase58 } from '../../indexer/domain/base58.ts';
import { checkInput } from '../../indexer/domain/errors.ts';

export interface KeypairFile {
  readonly path: string;
  readonly address: string;
}

const SEED_BYTES = 32;
const KEYPAIR_BYTES = 64;

/** @throws InputError `UP__BAD_KEYPAIR` when the file is there and is not a keypair */
export function keypairFileIn(folder: string, name: string): KeypairFile {
  const path = join(folder, `${name}.json`);
  if (!existsSync(path)) writeKeypair(path);
  const bytes: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const isKeypair = Array.isArray(bytes) && bytes.length === KEYPAIR_BYTES;
  checkInput(isKeypair, 'UP__BAD_KEYPAIR', `${path} is not a keypair file of ${KEYPAIR_BYTES} numbers`);
  return { path, address: toBase58(Uint8Array.from(bytes as number[]).subarray(SEED_BYTES)) };
}

function writeKeypair(path: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  // Renamed into place whole: a crash must not leave half a key that is then taken for a real one.
  writeFileSync(`${path}.new`, JSON.stringify([...seed, ...point]), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
