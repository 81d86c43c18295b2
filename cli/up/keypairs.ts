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
  const bytes = bytesIn(readFileSync(path, 'utf8'));
  checkInput(
    bytes?.length === KEYPAIR_BYTES,
    'UP__BAD_KEYPAIR',
    `${path} is not a keypair file of ${KEYPAIR_BYTES} numbers`,
  );
  return { path, address: toBase58(bytes.subarray(SEED_BYTES)) };
}

/** `null` when the text is not a JSON list of bytes. The parser's own message would show a part of the key. */
function bytesIn(text: string): Uint8Array | null {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) && values.every(isByte) ? Uint8Array.from(values) : null;
  } catch {
    return null;
  }
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function writeKeypair(path: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const point = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  // Renamed into place whole: a crash must not leave half a key that is then taken for a real one.
  writeFileSync(`${path}.new`, JSON.stringify([...seed, ...point]), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
