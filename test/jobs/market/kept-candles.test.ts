import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { expectCandlesToSurvive } from './candle-record.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startPreparedClickHouse('own');
});
afterAll(async () => {
  await server.stop();
});

it('any order of blocks, forks, replays, backfills and refreshes leaves the candles of the final chain alone', async () => {
  expect.hasAssertions();
  await expectCandlesToSurvive(server.url, 1, 12);
}, 120_000);
