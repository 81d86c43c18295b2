/**
 * A real ClickHouse that has the database `plumbline` from its start: migrated, with the tables of events. Its folder is a
 * copy of one that was made by `migrate` and `ensureEventTables` once in this run of the tests, since to make it is six
 * seconds of processor time and to open a copy is half a second. Tests of the migration itself start without.
 * @module
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { createStoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { migrate } from '../../../indexer/store/migrate.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { smallEventTables } from './small-chain.ts';
import { offerDatabase, settingsFor } from './store-fixture.ts';

/** Whose events have tables: those of small chains, or those and the programs' own. */
export type PreparedTables = 'small' | 'own';

const DATABASE = 'plumbline';

/** The first `openDatabase` on it gets `plumbline`. */
export async function startPreparedClickHouse(tables: PreparedTables): Promise<RunningClickHouse> {
  const runFolder = process.env['PLUMBLINE_TEST_FOLDER'];
  if (runFolder === undefined) throw new Error('vitest.config.ts names test/run-folder.ts, which makes the folder');
  const server = await startEmbeddedClickHouse({ copyOf: await preparedFolder(path.join(runFolder, tables), tables) });
  offerDatabase(settingsFor(server.url, DATABASE));
  return server;
}

/** Two files that come here at once both make one, and the first to have it gives it to all: nobody waits for a lock. */
async function preparedFolder(folder: string, tables: PreparedTables): Promise<string> {
  if (existsSync(folder)) return folder;
  const made = await mkdtemp(`${folder}-`);
  const server = await startEmbeddedClickHouse({ dataDir: made });
  try {
    await prepare(server.url, tables);
  } finally {
    await server.stop();
  }
  await rename(made, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(made, { recursive: true });
  });
  return folder;
}

async function prepare(url: string, tables: PreparedTables): Promise<void> {
  const settings = settingsFor(url, DATABASE);
  const client = createStoreClient(settings);
  await migrate(client, settings);
  const own = tables === 'own' ? (await loadProgramRegistry(settings)).tables : [];
  await ensureEventTables(client, [...smallEventTables, ...own]);
  await client.close();
}
