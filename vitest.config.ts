import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/** One project; files run two at a time because each may own a ClickHouse engine, a Redis or a chain. */
export default defineConfig({
  // Node gives everybody graphql's `main`; the bundler would give us, alone, its `module`, and two are one too many.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(process.env['PLUMBLINE_LONG'] ? [] : ['test/long/**'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
