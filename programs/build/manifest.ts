/**
 * What the committed program binaries were built from: programs/manifest.json.
 *
 * In: the programs folder. Out: SHA-256 of each compiled file and of the sources it came from, and the differences
 * between them and the manifest. Needs no Rust: a stale binary is found by hashing alone.
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Pins of everything outside the source tree that decides the bytes. */
export const TOOLCHAIN = {
  rust: 'nightly-2026-10-30',
  linker: 'sbpf-linker 0.2.6',
  target: 'bpfel-unknown-none',
} as const;

export interface ProgramEntry {
  /** SHA-256 of <name>.so in the crate's folder, hex. */
  readonly sha256: string;
  /** SHA-256 over the sources that the file was built from, hex: see `sourceHash`. */
  readonly sourceSha256: string;
  readonly sizeBytes: number;
}

export interface ProgramManifest {
  readonly toolchain: typeof TOOLCHAIN;
  readonly programs: Readonly<Record<string, ProgramEntry>>;
}

/** Programs of the tests, which nobody deploys, by their folders beside the programs folder. */
const TEST_PROGRAMS: Readonly<Record<string, string>> = { caller: '../test/programs/caller' };

/** Names of the programs: the workspace members that compile to a shared object. */
export function programNames(programsDir: string): string[] {
  return [...readdirSync(programsDir), ...Object.keys(TEST_PROGRAMS)]
    .map((name) => ({ name, manifest: join(programsDir, crateFolder(name), 'Cargo.toml') }))
    .filter(({ manifest }) => existsSync(manifest) && readFileSync(manifest, 'utf8').includes('cdylib'))
    .map(({ name }) => name)
    .sort();
}

export function binaryPath(programsDir: string, name: string): string {
  return join(programsDir, crateFolder(name), `${name}.so`);
}

/** Folder of a crate, relative to the programs folder. */
function crateFolder(name: string): string {
  return TEST_PROGRAMS[name] ?? name;
}

/**
 * SHA-256 over path and content, in path order, of everything a program is compiled from: workspace manifest and
 * lock file, the shared crate where it is used, and its own.
 */
export function sourceHash(programsDir: string, name: string): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles(programsDir, name)) {
    const content = readFileSync(join(programsDir, file));
    hash.update(`${file}\0${content.length}\0`);
    hash.update(content);
  }
  return hash.digest('hex');
}

/** Paths relative to the programs folder, with forward slashes, sorted by code unit. */
export function sourceFiles(programsDir: string, name: string): string[] {
  const own = crateFolder(name);
  const usesShared = readFileSync(join(programsDir, own, 'Cargo.toml'), 'utf8').includes('plumbline-shared');
  const crates = [...(usesShared ? ['shared'] : []), own].flatMap((crate) => [
    `${crate}/Cargo.toml`,
    ...filesUnder(join(programsDir, crate, 'src')).map((file) => relative(programsDir, file).split(sep).join('/')),
  ]);
  return ['Cargo.toml', 'Cargo.lock', ...crates].sort();
}

/** The entry that describes the binary and the sources as they are now. */
export function currentEntry(programsDir: string, name: string): ProgramEntry {
  const binary = readFileSync(binaryPath(programsDir, name));
  return {
    sha256: createHash('sha256').update(binary).digest('hex'),
    sourceSha256: sourceHash(programsDir, name),
    sizeBytes: binary.length,
  };
}

export function readManifest(programsDir: string): ProgramManifest {
  const path = join(programsDir, 'manifest.json');
  if (!existsSync(path)) return { toolchain: TOOLCHAIN, programs: {} };
  return JSON.parse(readFileSync(path, 'utf8')) as ProgramManifest;
}

/** One sentence for each disagreement between the manifest and the folder; empty when all agree. */
export function checkManifest(programsDir: string): string[] {
  const { programs } = readManifest(programsDir);
  const problems: string[] = [];
  for (const name of programNames(programsDir)) {
    const entry = programs[name];
    if (entry === undefined) problems.push(`${name}: not in manifest.json`);
    else if (!existsSync(binaryPath(programsDir, name))) problems.push(`${name}: ${name}.so is missing`);
    else problems.push(...differences(name, entry, currentEntry(programsDir, name)));
  }
  for (const name of Object.keys(programs)) {
    if (!existsSync(join(programsDir, crateFolder(name))))
      problems.push(`${name}: in manifest.json but not in the folder`);
  }
  return problems;
}

function differences(name: string, wanted: ProgramEntry, found: ProgramEntry): string[] {
  const problems: string[] = [];
  if (wanted.sha256 !== found.sha256) problems.push(`${name}: ${name}.so is not the file in manifest.json`);
  if (wanted.sourceSha256 !== found.sourceSha256) problems.push(`${name}: sources changed since ${name}.so was built`);
  return problems;
}

function filesUnder(dir: string): string[] {
  return readdirSync(dir).flatMap((entry) => {
    const path = join(dir, entry);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
