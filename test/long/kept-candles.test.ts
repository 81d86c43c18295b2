/**
 * The long form of `test/jobs/market/kept-candles.test.ts`.
 *
 * `PLUMBLINE_LONG=1 npx vitest run test/long/kept-candles.test.ts`
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../clickhouse/start-clickhouse.ts';
import { expectCandlesToSurvive } from '../jobs/market/candle-record.ts';

let server: RunningClickHouse;
beforeAll(async () => {
  server = await startEmbeddedClickHouse();
});
afterAll(async () => {
  await server.stop();
});

it('candles survive sixty lives of a record', async () => {
  expect.hasAssertions();
  await expectCandlesToSurvive(server.url, 60, 30);
}, 3_600_000);
