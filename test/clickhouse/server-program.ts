/**
 * What node is given to run the embedded ClickHouse. In a run of the tests, which starts it some sixty times, it is one file
 * that esbuild made of its modules: to compile and to load these one by one is two thirds of what a start costs. Elsewhere
 * it is the modules, as `plumbline up` starts them.
 * @module
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const repository = path.resolve(import.meta.dirname, '../..');
const mainFile = path.join(repository, 'indexer/store/embedded/main.ts');

export async function serverProgram(): Promise<readonly string[]> {
  const runFolder = process.env['PLUMBLINE_TEST_FOLDER'];
  return runFolder === undefined ? ['--import', 'tsx', mainFile] : [await bundleIn(runFolder)];
}

/** Made by whoever comes first, or by several at once, since each writes a file of its own and gives it the one name. */
async function bundleIn(folder: string): Promise<string> {
  const bundle = path.join(folder, 'embedded-clickhouse.mjs');
  if (existsSync(bundle)) return bundle;
  // The engine itself stays a package, and is looked for from the bundle on.
  await symlink(path.join(repository, 'node_modules'), path.join(folder, 'node_modules')).catch(unlessThere);
  const own = `${bundle}.${process.pid}.mjs`;
  const flags = ['--bundle', '--platform=node', '--format=esm', '--external:chdb', '--log-level=error'];
  await promisify(execFile)(esbuildProgram(), [mainFile, ...flags, `--outfile=${own}`]);
  await rename(own, bundle);
  return bundle;
}

/** The one that tsx compiles by. */
function esbuildProgram(): string {
  const ofTsx = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'));
  return path.join(path.dirname(ofTsx.resolve('esbuild/package.json')), 'bin', 'esbuild');
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
