/**
 * Ten thousand blocks of which five in a hundred are replaced, up to 32 deep: the record is that of the canonical chain.
 *
 *     PLUMBLINE_LONG=1 npx vitest run test/long/fork-storm.test.ts
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { expectCalmAfterStorm } from '../indexer/pipeline/storm-claims.ts';

const LIMIT_MS = 1_800_000;

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startEmbeddedClickHouse();
});
afterAll(() => server.stop());

it.each([1, 2])(
  'ten thousand blocks, five in a hundred replaced up to 32 deep, from seed %i',
  async (seed) => {
    const { forkCount } = await expectCalmAfterStorm(server.url, seed, 10_000);
    expect(forkCount).toBeGreaterThan(20);
  },
  LIMIT_MS,
);
