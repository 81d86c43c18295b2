import { defineConfig } from 'vitest/config';

/** One project; files run two at a time because each may own a ClickHouse engine, a Redis or a chain. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(process.env['PLUMBLINE_LONG'] ? [] : ['test/long/**'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
