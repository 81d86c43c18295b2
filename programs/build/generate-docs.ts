/**
 * Writes the tables of docs/programs.md and docs/programs/<name>.md from every `programs/<name>/idl.json` and, where it is,
 * `programs/<name>/costs.json`. What stands outside the markers is written by hand and kept.
 *
 * `node --import tsx programs/build/generate-docs.ts` writes; with `--check` it writes nothing and fails when a table is
 * not what these files give.
 * @module
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkInput } from '../../indexer/domain/errors.ts';
import { type Costs, overviewTable, programTables, TABLES_END, TABLES_START, withTables } from './docs-text.ts';
import type { Idl } from './idl.ts';

const PROGRAMS = new URL('../', import.meta.url);
const DOCS = new URL('../../docs/', import.meta.url);

type Document = { readonly path: string; readonly text: string };

/** The documents as they should be, by path under docs/. @throws InputError `DOCS__NO_MARKERS` */
export function programDocuments(): Document[] {
  const programs = readdirSync(PROGRAMS)
    .filter((folder) => existsSync(new URL(`${folder}/idl.json`, PROGRAMS)))
    .sort()
    .map((folder) => ({ folder, idl: read<Idl>(new URL(`${folder}/idl.json`, PROGRAMS)) }));
  const each = programs.map(({ folder, idl }) => {
    const costs = new URL(`${folder}/costs.json`, PROGRAMS);
    const tables = programTables(idl, existsSync(costs) ? read<Costs>(costs) : null);
    return document(`programs/${folder}.md`, tables, `# ${folder}`);
  });
  return [document('programs.md', overviewTable(programs), '# On-chain programs'), ...each];
}

/** Paths under docs/ whose tables are stale. */
export function staleDocuments(): string[] {
  return programDocuments()
    .filter(({ path, text }) => current(path) !== text)
    .map(({ path }) => path);
}

function document(path: string, tables: string, title: string): Document {
  const text = current(path) ?? `${title}\n\n${TABLES_START}\n${TABLES_END}\n`;
  return { path, text: withTables(text, tables) };
}

function current(path: string): string | null {
  const file = new URL(path, DOCS);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function read<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function main(args: readonly string[]): void {
  if (args.includes('--check')) {
    const stale = staleDocuments();
    checkInput(stale.length === 0, 'DOCS__STALE_TABLES', `Generate the tables again: ${stale.join(', ')}`, { stale });
    return;
  }
  mkdirSync(new URL('programs/', DOCS), { recursive: true });
  for (const { path, text } of programDocuments()) writeFileSync(new URL(path, DOCS), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
