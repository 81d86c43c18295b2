/**
 * Compile the on-chain programs to SBF with rustup and crates.io alone.
 *
 *   node --import tsx programs/build/build-programs.ts [--install] [--check] [name...]
 *
 * In: the crates of programs/. Out: <name>.so in each crate's folder and programs/manifest.json. `--install` fetches the
 * pinned toolchain first. `--check` writes nothing: it builds a copy of the sources in another folder and compares the
 * bytes with the committed files. Exits 1 with one line per difference. Only needed by those who change a program.
 * @module
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { binaryPath, currentEntry, programNames, readManifest, sourceFiles, TOOLCHAIN } from './manifest.ts';

const LINKER_VERSION = TOOLCHAIN.linker.replace('sbpf-linker ', '');

/**
 * sBPF v3 with 4 KiB frames. The runtime refuses the sign-extending moves and loads, indirect jumps and byte swaps that
 * LLVM would otherwise use for cpu v4.
 */
const LINK_FLAGS = [
  '-Clinker=sbpf-linker',
  '-Cpanic=abort',
  '-Crelocation-model=static',
  '-Ctarget-cpu=v4',
  '-Ctarget-feature=+allows-misaligned-mem-access',
  '-Clink-arg=--arch=v3',
  '-Clink-arg=--deploy=false',
  ...['bpf-stack-size=4096', 'disable-movsx', 'disable-ldsx', 'disable-gotox', 'disable-bswap'].map(
    (flag) => `-Clink-arg=--llvm-args=--${flag}`,
  ),
];

function main(): void {
  const programsDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const { values, positionals } = parseArgs({
    options: { install: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : programNames(programsDir);
  if (values.install) install();
  const problems = values.check ? check(programsDir, names) : build(programsDir, names);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function install(): void {
  run('rustup', ['toolchain', 'install', TOOLCHAIN.rust, '--profile', 'minimal', '--component', 'rust-src']);
  run('cargo', [`+${TOOLCHAIN.rust}`, 'install', 'sbpf-linker', '--version', LINKER_VERSION, '--locked']);
}

function build(programsDir: string, names: readonly string[]): string[] {
  const targetDir = join(programsDir, 'target');
  for (const name of names) {
    cpSync(compile(programsDir, targetDir, name), binaryPath(programsDir, name));
    const entry = currentEntry(programsDir, name);
    // Read again after the build, which may have waited for another one that wrote its entry.
    const programs = { ...readManifest(programsDir).programs, [name]: entry };
    const sorted = Object.fromEntries(Object.entries(programs).sort(([a], [b]) => (a < b ? -1 : 1)));
    const manifest = { toolchain: TOOLCHAIN, programs: sorted };
    writeFileSync(join(programsDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    process.stdout.write(`${name}.so ${entry.sizeBytes} bytes, sha256 ${entry.sha256}\n`);
  }
  return [];
}

function check(programsDir: string, names: readonly string[]): string[] {
  const root = mkdtempSync(join(tmpdir(), 'programs-check-'));
  // Programs of the tests lie beside the programs folder.
  const copy = join(root, 'programs');
  try {
    for (const name of programNames(programsDir)) {
      for (const file of sourceFiles(programsDir, name)) cpSync(join(programsDir, file), join(copy, file));
    }
    return names.flatMap((name) => {
      const rebuilt = readFileSync(compile(copy, join(copy, 'target'), name));
      const same = rebuilt.equals(readFileSync(binaryPath(programsDir, name)));
      process.stdout.write(`${name}.so ${same ? 'is what its sources compile to' : 'differs'}\n`);
      return same ? [] : [`${name}.so: a rebuild gives other bytes`];
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Compile one program; returns the path of the linked file. */
function compile(workspaceDir: string, targetDir: string, name: string): string {
  const rustflags = [...LINK_FLAGS, ...pathRemaps(workspaceDir)];
  run('cargo', [
    `+${TOOLCHAIN.rust}`,
    'build',
    '--release',
    '--locked',
    `--manifest-path=${join(workspaceDir, 'Cargo.toml')}`,
    `--package=plumbline-${name}`,
    `--target=${TOOLCHAIN.target}`,
    `--target-dir=${targetDir}`,
    '-Zbuild-std=core,alloc',
    '--config',
    `target.${TOOLCHAIN.target}.rustflags=${JSON.stringify(rustflags)}`,
  ]);
  return join(targetDir, TOOLCHAIN.target, 'release', `lib${name}.so`);
}

/** Replace the paths of this machine in panic locations, so that the bytes do not depend on it. */
function pathRemaps(workspaceDir: string): string[] {
  const sysroot = capture('rustc', [`+${TOOLCHAIN.rust}`, '--print', 'sysroot']).trim();
  const registry = registryDir(workspaceDir);
  return [
    `--remap-path-prefix=${sysroot}=/rust`,
    `--remap-path-prefix=${registry}=/registry`,
    `--remap-path-prefix=${join(dirname(workspaceDir), 'test')}=/test`,
    `--remap-path-prefix=${workspaceDir}=/programs`,
  ];
}

/** Folder that holds the unpacked sources of crates.io dependencies. */
function registryDir(workspaceDir: string): string {
  const args = ['metadata', '--format-version=1', '--locked', `--manifest-path=${join(workspaceDir, 'Cargo.toml')}`];
  const metadata = JSON.parse(capture('cargo', args)) as {
    packages: { name: string; source: string | null; manifest_path: string }[];
  };
  const dependency = metadata.packages.find(({ source }) => source?.startsWith('registry+'));
  if (dependency === undefined) throw new Error('the workspace has no dependency from the registry');
  return dirname(dirname(dependency.manifest_path));
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`);
}

function capture(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stderr}`);
  return stdout;
}

main();
