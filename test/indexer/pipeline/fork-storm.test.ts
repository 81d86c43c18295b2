/** A storm of forks through linker, decoder and ClickHouse; ten thousand blocks of it are test/long/fork-storm.test.ts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../store/prepared-clickhouse.ts';
import { expectCalmAfterStorm } from './storm-claims.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startPreparedClickHouse('small');
});
afterAll(() => server.stop());

it('a chain of which a twentieth is replaced, up to 32 deep, leaves the tables of its canonical blocks', async () => {
  const { forkCount } = await expectCalmAfterStorm(server.url, 4, 700);
  expect(forkCount).toBeGreaterThan(1);
}, 120_000);
