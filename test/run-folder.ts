/**
 * The folder of one run of the tests: made before the first, removed after the last. Temporary files of all tests go into
 * it, and so does what their files share. Each run has its own, so that nothing in it is ever older than the code, and two
 * runs do not meet.
 *
 * It is in memory where there is plenty. Tests make and remove some hundred thousand small files, most of them parts of
 * ClickHouse tables, and a disk's file system took a fifth of the processor time of those that store blocks.
 * @module
 */
import { mkdtemp, readdir, rm, stat, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY_FOLDER = '/dev/shm';
const PREFIX = 'plumbline-vitest-';
/** Two files of tests have some hundred MiB at once; the rest is for files that will have more. */
const LEAST_FREE_BYTES = 2 * 2 ** 30;
/** Beside the files there are two ClickHouse engines, two chains and a browser. */
const LEAST_MEMORY_BYTES = 6 * 2 ** 30;
const KILLED_AFTER_MS = 86_400_000;

/** By vitest, once, before it starts the processes of the tests. @returns what removes the folder */
export async function setup(): Promise<() => Promise<void>> {
  const parent = await parentFolder();
  await removeForgotten(parent);
  const folder = await mkdtemp(path.join(parent, PREFIX));
  process.env['PLUMBLINE_TEST_FOLDER'] = folder;
  process.env['TMPDIR'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** The one that the caller named, or memory, or the system's where memory is small or a long proof may fill it. */
async function parentFolder(): Promise<string> {
  if (process.env['TMPDIR'] || process.env['PLUMBLINE_LONG']) return tmpdir();
  const { bavail, bsize } = await statfs(MEMORY_FOLDER).catch(() => ({ bavail: 0, bsize: 0 }));
  const isRoomy = bavail * bsize >= LEAST_FREE_BYTES && freemem() >= LEAST_MEMORY_BYTES;
  return isRoomy ? MEMORY_FOLDER : tmpdir();
}

/** A run that was killed could not remove its own, and it would be memory until the machine is started again. */
async function removeForgotten(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = path.join(parent, name);
    const found = await stat(folder).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > KILLED_AFTER_MS)
      await rm(folder, { recursive: true, force: true });
  }
}
