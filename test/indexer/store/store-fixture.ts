/**
 * A database of its own on a running ClickHouse, with everything migrated, and a dump of all that readers can see.
 * @module
 */
import { readSettings, type Settings } from '../../../indexer/domain/settings.ts';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { migrate } from '../../../indexer/store/migrate.ts';
import { oneRow } from '../../../indexer/store/rows.ts';
import { smallEventTables } from './small-chain.ts';

export interface Database {
  readonly client: StoreClient;
  readonly settings: Settings;
  drop(): Promise<void>;
  /** Instead of `drop`, where nothing writes any more: emptied for the next `openDatabase`, unless tables were changed. */
  release(): Promise<void>;
}

let databaseCount = 0;
/** Settings of the databases that were released: to make one is a second of processor time, to empty it 20 ms. */
const emptied: Settings[] = [];

export function settingsFor(url: string, database: string): Settings {
  return readSettings({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: database });
}

/** For a database that a server has from its start; `openDatabase` gives it to whoever comes first. */
export function offerDatabase(settings: Settings): void {
  emptied.push(settings);
}

/** Everything migrated, tables of small events, and not a row but of the migrations. */
export async function openDatabase(url: string): Promise<Database> {
  const index = emptied.findIndex((each) => each.CLICKHOUSE_URL === url);
  const [found] = index < 0 ? [] : emptied.splice(index, 1);
  const settings = found ?? settingsFor(url, `test_${process.pid}_${databaseCount++}`);
  const client = createStoreClient(settings);
  if (found === undefined) {
    await migrate(client, settings);
    await ensureEventTables(client, smallEventTables);
  }
  const shape = await shapeOf(client);
  const drop = async () => {
    await client.command(`DROP DATABASE ${settings.CLICKHOUSE_DATABASE}`);
    await client.close();
  };
  const release = async () => {
    if ((await shapeOf(client)) !== shape) return drop();
    await client.command(`TRUNCATE TABLES FROM ${settings.CLICKHOUSE_DATABASE} NOT LIKE 'migrations'`);
    await client.close();
    emptied.push(settings);
  };
  return { client, settings, drop, release };
}

/** Of tables and views, as they were made. */
async function shapeOf(client: StoreClient): Promise<bigint> {
  const sql =
    'SELECT sum(cityHash64(name, create_table_query)) AS shape FROM system.tables WHERE database = {database:String}';
  return (await oneRow<{ shape: bigint }>(client, sql, { database: client.database })).shape;
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
