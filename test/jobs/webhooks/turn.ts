/**
 * A worker's webhooks in a process of their own: turns until it is killed.
 *
 *     node --import tsx test/jobs/webhooks/turn.ts <ClickHouse URL> <database> <file of webhooks> <Redis URL> <ms that its lease lasts>
 */
import { pino } from 'pino';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { createStoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { Leases } from '../../../jobs/leases.ts';
import { readWebhookFile } from '../../../jobs/webhooks/webhook-file.ts';
import { WebhookKeeper } from '../../../jobs/webhooks/webhook-job.ts';
import { settingsFor } from '../../indexer/store/store-fixture.ts';

const [url = '', database = '', file = '', redisUrl = '', leaseMs = ''] = process.argv.slice(2);
const settings = settingsFor(url, database);
const keeper = new WebhookKeeper({
  store: createStoreClient(settings),
  registry: await loadProgramRegistry(settings),
  endpoints: readWebhookFile(file),
  leases: new Leases(redisUrl, Number(leaseMs)),
  nowMs: Date.now,
  log: pino({ level: 'silent' }),
});
for (;;) await keeper.turn();
