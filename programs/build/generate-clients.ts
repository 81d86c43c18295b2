/**
 * Writes `programs/<name>/client.generated.ts` from every `programs/<name>/idl.json`.
 *
 * `node --import tsx programs/build/generate-clients.ts` writes; with `--check` it writes nothing and fails
 * when a committed client is not what its IDL gives.
 * @module
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkInput } from '../../indexer/domain/errors.ts';
import { clientText } from './client-text.ts';
import type { Idl } from './idl.ts';

const PROGRAMS = new URL('../', import.meta.url);

export type GeneratedClient = { readonly folder: string; readonly file: URL; readonly text: string };

/** The client of every program that has an IDL, by folder name. */
export function generateClients(): GeneratedClient[] {
  return readdirSync(PROGRAMS)
    .filter((folder) => existsSync(new URL(`${folder}/idl.json`, PROGRAMS)))
    .sort()
    .map((folder) => {
      const idl = JSON.parse(readFileSync(new URL(`${folder}/idl.json`, PROGRAMS), 'utf8')) as Idl;
      return { folder, file: new URL(`${folder}/client.generated.ts`, PROGRAMS), text: clientText(idl, folder) };
    });
}

/** Folders whose committed client differs from what the IDL gives. */
export function staleClients(): string[] {
  return generateClients()
    .filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
    .map(({ folder }) => folder);
}

function main(args: readonly string[]): void {
  if (!args.includes('--check')) {
    for (const { file, text } of generateClients()) writeFileSync(file, text);
    return;
  }
  const stale = staleClients();
  checkInput(stale.length === 0, 'IDL__STALE_CLIENT', `Generate the clients again: ${stale.join(', ')}`, { stale });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
