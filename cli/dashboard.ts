/**
 * The built page in `dashboards/dist`, which the API serves: built when it is absent or its sources have changed since.
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, messageOf } from '../indexer/domain/errors.ts';

const folder = fileURLToPath(new URL('../dashboards', import.meta.url));
const sources = ['index.html', 'vite.config.ts', 'page-files.ts', 'public', 'src'];

/**
 * Quick when the build is up to date. An installation without the build tool keeps the page it came with.
 * @throws InputError `DASHBOARD__NOT_BUILT`
 */
export async function ensureDashboard(say: (line: string) => void): Promise<void> {
  const hash = hashOfSources();
  const stamp = join(folder, 'dist', 'sources.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  say('building the dashboard (once)');
  try {
    const { build } = await import('vite');
    await build({ configFile: join(folder, 'vite.config.ts') });
  } catch (error) {
    throw new InputError('DASHBOARD__NOT_BUILT', `The dashboard cannot be built: ${messageOf(error)}`, {}, error);
  }
  writeFileSync(stamp, hash);
}

/** Names and contents of everything the build reads. */
function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((name) => filesIn(join(folder, name)))) {
    hash
      .update(`${relative(folder, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
