/** `plumbline migrate`: the tables of `sql/`, and one for every event of the programs. @module */
import type { Settings } from '../indexer/domain/settings.ts';
import { recordedRegistry } from '../indexer/program-registry.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../indexer/store/event-tables.ts';
import { migrate } from '../indexer/store/migrate.ts';

export async function runMigrate(settings: Settings): Promise<void> {
  const client = createStoreClient(settings);
  const applied = await migrate(client, settings);
  // The API may be asked before the indexer has seen a block: what it reads has to be there by then.
  await ensureEventTables(client, (await recordedRegistry(settings, client)).registry.tables);
  await client.close();
  process.stdout.write(applied.length === 0 ? 'schema is up to date\n' : `applied ${applied.join(', ')}\n`);
}
