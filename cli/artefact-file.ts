/**
 * The archived artefact of a reward epoch as a file on the command line, plain or gzip.
 * @module
 */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkInvariant, InputError, messageOf } from '../indexer/domain/errors.ts';

/** @throws InputError `VERIFY__NO_ARTEFACT`; InvariantError `REWARDS__ARTEFACT_DIFFERS` for a file that is named by another hash */
export async function readArtefactFile(file: string): Promise<string> {
  const bytes = await readFile(file).then(plainBytes, (error: unknown) => {
    throw new InputError(
      'VERIFY__NO_ARTEFACT',
      `Artefact ${file} cannot be read: ${messageOf(error)}`,
      { file },
      error,
    );
  });
  const [named] = /^[0-9a-f]{64}(?=\.json)/.exec(path.basename(file)) ?? [];
  const isWhole = named === undefined || named === hash('sha256', bytes);
  checkInvariant(isWhole, 'REWARDS__ARTEFACT_DIFFERS', `Artefact ${file} does not have the hash it is named by`, {
    file,
  });
  return bytes.toString('utf8');
}

function plainBytes(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
