/**
 * The schema for a cluster: as text, parsed by the engine itself, and refused by an engine that has no such cluster. What
 * replicas do with it needs servers and a Keeper, which these tests do not have.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadProgramRegistry } from '../../../indexer/program-registry.ts';
import { createBlockStore } from '../../../indexer/store/clickhouse-block-store.ts';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { onCluster } from '../../../indexer/store/cluster-layout.ts';
import { ensureEventTables } from '../../../indexer/store/event-tables.ts';
import { migrate, readMigrations } from '../../../indexer/store/migrate.ts';
import { splitStatements } from '../../../indexer/store/split-statements.ts';
import { verifyBlocks } from '../../../indexer/store/verify-blocks.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { chainOf, smallEventTables } from './small-chain.ts';
import { type Database, dump, openDatabase, settingsFor } from './store-fixture.ts';

let server: RunningClickHouse;
let database: Database;
let statements: readonly string[];

beforeAll(async () => {
  server = await startEmbeddedClickHouse();
  database = await openDatabase(server.url);
  statements = await definitions();
});
afterAll(async () => {
  await database.drop();
  await server.stop();
});

/** Every statement with which an empty database is made, migrations and the tables of Plumbline's own events alike. */
async function definitions(): Promise<readonly string[]> {
  const defined: string[] = [];
  const listening: StoreClient = {
    ...database.client,
    bytes: (sql, ...rest) => (sql.includes('system.columns') ? emptyAnswer() : database.client.bytes(sql, ...rest)),
    define: async (sql) => void defined.push(sql),
  };
  const emptyAnswer = () =>
    database.client.bytes('SELECT table, name, type FROM system.columns WHERE 0', {}, 'RowBinaryWithNamesAndTypes');
  await ensureEventTables(listening, (await loadProgramRegistry(database.settings)).tables);
  const migrations = await readMigrations(new URL('../../../sql', import.meta.url).pathname);
  return [...migrations.flatMap(({ sql }) => splitStatements(sql)), ...defined];
}

describe('a schema for a cluster', () => {
  test('has every definition on all replicas and every table replicated, and is the same text otherwise', () => {
    expect(statements.length).toBeGreaterThan(100);
    for (const statement of statements) {
      const text = onCluster(statement, 'main');
      expect(text.match(/ ON CLUSTER 'main'/g)).toHaveLength(1);
      const isTable = /^(--[^\n]*\n|\s)*CREATE TABLE/.test(statement);
      expect(text.match(/ENGINE = Replicated(Replacing)?MergeTree/g) ?? []).toHaveLength(isTable ? 1 : 0);
      const plain = text.replace(" ON CLUSTER 'main'", '').replace('ENGINE = Replicated', 'ENGINE = ');
      expect(plain).toBe(statement);
    }
  });

  test('is read by the engine: every statement parses, with the cluster and the replicated engine in its tree', async () => {
    const treeOf = async (statement: string) => {
      const text = onCluster(statement, 'main');
      const tree = (await database.client.bytes(`EXPLAIN AST ${text}`, {}, 'TabSeparated')).toString();
      if (/ENGINE = Replicated/.test(text)) expect(tree).toMatch(/Function Replicated(Replacing)?MergeTree/);
      else expect(tree).toMatch(/^(CreateQuery|AlterQuery)/);
    };
    await Promise.all(statements.map(treeOf));
  });

  test('leaves inserts as they are, and refuses what it does not know', () => {
    const insert = 'INSERT INTO migrations (name) VALUES (1)';
    expect(onCluster(insert, 'main')).toBe(insert);
    for (const unknown of [
      'OPTIMIZE TABLE blocks FINAL',
      'DROP TABLE blocks',
      'CREATE MATERIALIZED VIEW v ENGINE = Memory AS SELECT 1',
      'CREATE TABLE t (a UInt8) ENGINE = Memory',
      'SELECT 1',
    ]) {
      expect(() => onCluster(unknown, 'main')).toThrow(expect.objectContaining({ code: 'STORE__NOT_FOR_CLUSTER' }));
    }
  });

  test('takes a macro for the name, a comment before the statement and a quoted name', () => {
    expect(onCluster('-- what it is\nCREATE OR REPLACE VIEW `a b` AS SELECT 1', '{cluster}')).toBe(
      "-- what it is\nCREATE OR REPLACE VIEW `a b` ON CLUSTER '{cluster}' AS SELECT 1",
    );
  });
});

test('a server that has no such cluster is told apart, before anything is made', async () => {
  const settings = { ...settingsFor(server.url, 'never'), CLICKHOUSE_CLUSTER: 'nowhere' };
  const client = createStoreClient(settings);
  await expect(migrate(client, settings)).rejects.toMatchObject({
    code: 'STORE__NO_CLUSTER',
    message: expect.stringContaining('CLICKHOUSE_CLUSTER'),
  });
  await client.close();
  const found = await database.client.bytes(
    "SELECT name FROM system.databases WHERE name = 'never'",
    {},
    'TabSeparated',
  );
  expect(found.toString()).toBe('');
});

test('with the settings of a cluster the store writes, reads and proves what it does without', async () => {
  const other = await openDatabase(server.url);
  const asOfCluster = createStoreClient({ ...other.settings, CLICKHOUSE_CLUSTER: 'main' });
  const blocks = chainOf(1n, 12, 'main', null);
  await createBlockStore(database.client, smallEventTables).commit(blocks);
  await createBlockStore(asOfCluster, smallEventTables).commit(blocks);
  expect(await dump(asOfCluster)).toEqual(await dump(database.client));
  const report = await verifyBlocks(asOfCluster, 0n, 1_000n);
  expect([report.blockCount, report.problems]).toEqual([12, []]);
  await asOfCluster.close();
  await other.drop();
});
