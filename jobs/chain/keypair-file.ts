/**
 * A signer out of a keypair file as the Solana tools write it: a JSON array of 64 bytes, secret then public.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { createKeyPairSignerFromBytes, type KeyPairSigner } from '@solana/kit';
import { z } from 'zod';
import { InputError } from '../../indexer/domain/errors.ts';

const keypairSchema = z.array(z.number().int().min(0).max(255)).length(64);

/** @throws InputError `CHAIN__BAD_KEYPAIR`; its message never shows what is in the file */
export async function readKeypairFile(path: string): Promise<KeyPairSigner> {
  try {
    const bytes = keypairSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return await createKeyPairSignerFromBytes(Uint8Array.from(bytes));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'it must hold a JSON array of 64 bytes, a valid key pair';
    throw new InputError('CHAIN__BAD_KEYPAIR', `Keypair file ${path} cannot be used: ${reason}`, { path });
  }
}
