/**
 * A folder for what the files of one run of the tests share: made before the first, removed after the last. Each run has
 * its own, so that nothing in it is ever older than the code, and two runs do not meet.
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** By vitest, once. @returns what removes the folder */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plumbline-vitest-'));
  process.env['PLUMBLINE_TEST_FOLDER'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
