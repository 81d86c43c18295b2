/**
 * Impact replay: how long proposed values take to be compared over finalized reward epochs.
 *
 *     node --import tsx bench/impact.ts [pools, 10000] [epochs, 10]
 *
 * A market is drawn, its epochs are computed and stored in an embedded ClickHouse as the worker does; then one key of each
 * kind is replayed. Times as parts of the limit; and, since other work on the machine lengthens times, processor time of
 * both processes for one replay.
 * @module
 */
import { defaultOf } from '../governance/parameters.ts';
import { readSettings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';
import { replayImpact } from '../jobs/governance/impact/impact-replay.ts';
import { archiveMarket, computeMarket, keyOf, SLOTS_PER_EPOCH } from './load/archived-market.ts';
import { cpuSeconds, startClickHouse } from './load/processes.ts';

const pools = Number(process.argv[2] ?? 10_000);
const epochs = Number(process.argv[3] ?? 10);
const LIMIT_MS = 10_000;
const ROUNDS = 3;
const CHANGES = [
  { key: 'work_share_bps', proposed: 7_000n },
  { key: 'base_reward_rate', proposed: 50_000_000n },
  { key: 'model_weight_h100', proposed: 4_000n },
  { key: 'reputation_gain_ppm', proposed: 25_000n },
];

const clickhouse = await startClickHouse();

/** Of this process and the database. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + cpuSeconds(clickhouse.pid) * 1_000;
}

const { url } = clickhouse.ready;
try {
  const settings = readSettings({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: 'impact' });
  const store = createStoreClient(settings);
  await migrate(store, settings);
  const { tables } = await loadProgramRegistry(settings);
  await ensureEventTables(
    store,
    tables.filter(({ table }) => table.startsWith('marketplace_')),
  );
  await archiveMarket(store, computeMarket({ pools, epochs }));
  const slot = SLOTS_PER_EPOCH * BigInt(epochs + 1);
  for (const change of CHANGES) {
    const times: number[] = [];
    const before = cpuMillis();
    let moved = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedMs = performance.now();
      const question = { changes: [change], currentOf: defaultOf, marketplace: keyOf('marketplace'), slot, epochs };
      const { movers } = await replayImpact(store, question);
      times.push(performance.now() - startedMs);
      moved = [...movers.values()].flat().filter(({ old, proposed }) => old !== proposed).length;
    }
    const middleMs = times.toSorted((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
    process.stdout.write(
      `${change.key}: ${middleMs.toFixed(0)} ms for ${epochs} epochs of ${pools} pools, ${(middleMs / LIMIT_MS).toFixed(2)} of the limit; ` +
        `${((cpuMillis() - before) / ROUNDS).toFixed(0)} ms of processor; ${moved} differ\n`,
    );
  }
  await store.close();
} finally {
  await clickhouse.stop();
}
