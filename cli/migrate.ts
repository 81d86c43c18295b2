/** `plumbline migrate`. @module */
import type { Settings } from '../indexer/domain/settings.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { migrate } from '../indexer/store/migrate.ts';

export async function runMigrate(settings: Settings): Promise<void> {
  const applied = await migrate(createStoreClient(settings), settings);
  process.stdout.write(applied.length === 0 ? 'schema is up to date\n' : `applied ${applied.join(', ')}\n`);
}
