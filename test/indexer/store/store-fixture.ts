/**
 * A database of its own on a running ClickHouse, with everything migrated, and a dump of all that readers can see.
 * @module
 */
import { readSettings, type Settings } from '../../../indexer/domain/settings.ts';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { migrate } from '../../../indexer/store/migrate.ts';
import { smallEventTables } from './small-chain.ts';

export interface Database {
  readonly client: StoreClient;
  readonly settings: Settings;
  drop(): Promise<void>;
}

let databaseCount = 0;

export function settingsFor(url: string, database: string): Settings {
  return readSettings({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: database });
}

export async function openDatabase(url: string): Promise<Database> {
  const settings = settingsFor(url, `test_${process.pid}_${databaseCount++}`);
  const client = createStoreClient(settings);
  await migrate(client, settings);
  await ensureEventTables(client, smallEventTables);
  return {
    client,
    settings,
    async drop() {
      await client.command(`DROP DATABASE ${settings.CLICKHOUSE_DATABASE}`);
      await client.close();
    },
  };
}

const views = [
  'canonical_transactions',
  'canonical_events',
  'canonical_instructions',
  'canonical_accounts',
  'canonical_undecoded',
  'canonical_token_balances',
  'canonical_bank_deposit',
  'canonical_bank_close',
] as const;

/** Rows of every canonical view as text, in full order. Generations are left out: they tell the way, not the result. */
export async function dump(client: StoreClient): Promise<Record<string, string>> {
  const dumped: Record<string, string> = {
    canonical_blocks: await text(client, 'SELECT * EXCEPT (sign, generation) FROM canonical_blocks ORDER BY ALL'),
  };
  for (const view of views) dumped[view] = await text(client, `SELECT * FROM ${view} ORDER BY ALL`);
  return dumped;
}

async function text(client: StoreClient, sql: string): Promise<string> {
  return (await client.bytes(sql, {}, 'TabSeparated')).toString('latin1');
}
