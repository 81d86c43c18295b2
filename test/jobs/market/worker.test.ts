import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readSettings } from '../../../indexer/domain/settings.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { candleDays } from '../../../indexer/store/queries/market/candles.ts';
import { lastRatedWindow } from '../../../indexer/store/queries/market/reference-rates.ts';
import { runWorker } from '../../../jobs/main.ts';
import { REFERENCE_RATE_RULE } from '../../../jobs/market/reference-rate.ts';
import { startPreparedClickHouse } from '../../indexer/store/prepared-clickhouse.ts';
import { bytesOf } from '../../indexer/store/small-chain.ts';
import { startRedis } from '../../redis/start-redis.ts';
import { type ChosenEvent, marketChain, openMarketDatabase } from './market-chain.ts';

const HOUR = 1_699_920_000n;
const PATIENCE_MS = 100_000;

const opening: ChosenEvent[] = [
  {
    table: 'marketplace_marketplace_initialized',
    fields: { infer_mint: bytesOf('INFER'), usdc_mint: bytesOf('USDC'), bond_infer_per_usdc: 10n ** 10n },
  },
  {
    table: 'marketplace_order_settled',
    fields: { mint: bytesOf('USDC'), price_per_gpu_hour: 5n, gpu_seconds: 60n, provider: bytesOf('p') },
  },
  { table: 'exchange_index_updated', fields: { model: 1, price: 10n ** 15n, gpu_seconds: 5n } },
];

it(
  'a worker keeps candles and rates of what has become final, without being asked',
  async () => {
    const [clickhouse, redis] = await Promise.all([startPreparedClickHouse('own'), startRedis()]);
    const database = await openMarketDatabase(clickhouse.url);
    const chain = marketChain(database.tables, [
      { slot: 1n, time: HOUR + 5n, events: opening },
      { slot: 2n, time: HOUR + 3_700n, events: [] },
    ]);
    const store = createBlockStore(database.client, database.tables);
    await store.commit(chain);
    const head = chain.at(-1)?.block;
    await store.markFinalized(head?.slot ?? 0n, head?.blockhash ?? new Uint8Array(32));
    const controller = new AbortController();
    const ofStore = { CLICKHOUSE_URL: clickhouse.url, CLICKHOUSE_DATABASE: database.client.database };
    const settings = readSettings({ ...ofStore, REDIS_URL: redis.url, METRICS_PORT: '0', LOG_LEVEL: 'silent' });
    const worker = runWorker(settings, controller.signal);
    try {
      const hours = () => lastRatedWindow(database.client, 3_600n, REFERENCE_RATE_RULE);
      const through = async () => (await candleDays(database.client)).at(-1)?.through ?? null;
      while ((await through()) === null || (await hours()) === null) await sleep(200);
      expect(await through()).toBe(HOUR + 3_660n);
      expect(await hours()).toBe(HOUR);
    } finally {
      controller.abort();
      await worker;
      await database.drop();
      await Promise.all([clickhouse.stop(), redis.stop()]);
    }
  },
  PATIENCE_MS,
);
