import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { ensureDashboard } from '../../cli/dashboard.ts';
import { generatedTypes } from '../../dashboards/generate-types.ts';

const MOST_BYTES = 100 * 1024;
const folder = fileURLToPath(new URL('../../dashboards', import.meta.url));

it('the committed types are those of the committed schema and the page’s questions', async () => {
  expect(readFileSync(join(folder, 'src/queries.generated.ts'), 'utf8')).toBe(await generatedTypes());
});

it('the dashboard is built once, and no page loads more than 100 KiB of gzipped JavaScript', async () => {
  await ensureDashboard(() => undefined);
  const said: string[] = [];
  await ensureDashboard((line) => said.push(line));
  expect(said).toEqual([]);

  const dist = join(folder, 'dist');
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;
  const bytesOf = (file: string) => gzipSync(readFileSync(join(dist, file))).length;
  const entry = Object.entries(manifest).find(([, chunk]) => chunk.isEntry) ?? expect.fail('no entry');
  const pages = entry[1].dynamicImports ?? [];
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) {
    const files = [entry[0], page].flatMap((name) => filesWith(manifest, name));
    const bytes = ['theme.js', ...new Set(files)].reduce((sum, file) => sum + bytesOf(file), 0);
    expect(bytes, page).toBeLessThanOrEqual(MOST_BYTES);
  }
});

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** A chunk and all that it cannot do without. */
function filesWith(manifest: Readonly<Record<string, Chunk>>, name: string): string[] {
  const chunk = manifest[name] ?? expect.fail(`no chunk ${name}`);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((each) => filesWith(manifest, each))];
}
