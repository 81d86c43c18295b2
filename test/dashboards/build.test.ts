import { readdirSync, readFileSync } from 'node:fs';
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

it('the page is built once, and takes at most 100 KiB of gzipped JavaScript', async () => {
  await ensureDashboard(() => undefined);
  const said: string[] = [];
  await ensureDashboard((line) => said.push(line));
  expect(said).toEqual([]);

  const scripts = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const bytes = scripts.map((name) => gzipSync(readFileSync(join(folder, 'dist', name))).length);
  expect(scripts.length).toBeGreaterThan(1);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(MOST_BYTES);
});
