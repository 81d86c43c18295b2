import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStoreClient, type StoreClient } from '../../../indexer/store/clickhouse-client.ts';
import { migrate, readMigrations } from '../../../indexer/store/migrate.ts';
import { rows } from '../../../indexer/store/rows.ts';
import { splitStatements } from '../../../indexer/store/split-statements.ts';
import { type RunningClickHouse, startEmbeddedClickHouse } from '../../clickhouse/start-clickhouse.ts';
import { settingsFor } from './store-fixture.ts';

const sqlFolder = path.join(import.meta.dirname, '..', '..', '..', 'sql');

describe('statements', () => {
  it('end at semicolons outside of quotes and comments', () => {
    const sql = `-- a; comment
SELECT 'it''s; \\'; fine' AS "a;b", \`c;d\` /* not; here */; ;
# another; one
SELECT 2 -- the last; has no end`;
    expect(splitStatements(sql)).toEqual([
      `-- a; comment\nSELECT 'it''s; \\'; fine' AS "a;b", \`c;d\` /* not; here */`,
      '# another; one\nSELECT 2 -- the last; has no end',
    ]);
    expect(splitStatements('-- nothing;\n/* at; all */ ;;')).toEqual([]);
  });

  it('are refused when a quote or a comment does not end', () => {
    for (const open of ["SELECT 'x", 'SELECT "x', 'SELECT `x', 'SELECT 1 /* x']) {
      expect(() => splitStatements(`SELECT 1;\n${open}`), open).toThrowError(
        expect.objectContaining({ code: 'STORE__SQL_NOT_CLOSED', context: { line: 2 } }),
      );
    }
  });
});

describe('migrate', () => {
  let server: RunningClickHouse;
  let folder: string;
  const clients: StoreClient[] = [];

  beforeAll(async () => {
    server = await startEmbeddedClickHouse();
    folder = await mkdtemp(path.join(tmpdir(), 'plumbline-sql-'));
  });
  afterAll(async () => {
    for (const each of clients) await each.close();
    await rm(folder, { recursive: true, force: true });
    await server.stop();
  });

  function target(database: string) {
    const settings = settingsFor(server.url, database);
    const client = createStoreClient(settings);
    clients.push(client);
    return { settings, client };
  }

  it('refuses the one name that the views cannot tell from an alias, and takes every other letter', async () => {
    const named = (database: string) => {
      const { client, settings } = target(database);
      return migrate(client, settings);
    };
    await expect(named('b')).rejects.toThrow(expect.objectContaining({ code: 'STORE__DATABASE_NAME' }));
    for (const letter of ['c', 'r']) expect((await named(letter)).length).toBeGreaterThan(0);
  });

  it('applies every migration once', async () => {
    const { client, settings } = target('once');
    const names = (await readMigrations(sqlFolder)).map((each) => each.name);
    expect(await migrate(client, settings)).toEqual(names);
    expect(await migrate(client, settings)).toEqual([]);
    const recorded = await rows<{ name: string }>(client, 'SELECT name FROM migrations FINAL ORDER BY name');
    expect(recorded.map((each) => each.name)).toEqual(names);
  });

  it('can run twice at the same time', async () => {
    const { client, settings } = target('twice');
    const other = target('twice').client;
    await Promise.all([migrate(client, settings), migrate(other, settings)]);
    expect(await migrate(client, settings)).toEqual([]);
  });

  it('has only statements that can be run again, so that a killed run is repaired by the next', async () => {
    const { client, settings } = target('killed');
    const migrations = await readMigrations(sqlFolder);
    await migrate(client, settings);
    await client.command('TRUNCATE TABLE migrations');
    expect(await migrate(client, settings)).toEqual(migrations.map((each) => each.name));
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    const { client, settings } = target('changed');
    const file = path.join(folder, '0001_thing.sql');
    await writeFile(file, 'CREATE TABLE IF NOT EXISTS thing (a UInt8) ENGINE = MergeTree ORDER BY a;');
    await migrate(client, settings, folder);
    await writeFile(file, 'CREATE TABLE IF NOT EXISTS thing (a UInt16) ENGINE = MergeTree ORDER BY a;');
    await expect(migrate(client, settings, folder)).rejects.toMatchObject({ code: 'STORE__MIGRATION_CHANGED' });
  });

  it('says which query failed and how, by kind of error', async () => {
    const { client } = target('once');
    await expect(client.command('SELEC 1')).rejects.toMatchObject({
      name: 'InvariantError',
      code: 'STORE__QUERY_FAILED',
      context: { clickhouseCode: 62 },
    });
    await expect(rows(client, 'SELECT * FROM nowhere')).rejects.toMatchObject({ code: 'STORE__NOT_MIGRATED' });
    const limits = { max_result_rows: '10' };
    await expect(rows(client, 'SELECT number FROM numbers(1000)', {}, { limits })).rejects.toMatchObject({
      name: 'InputError',
      code: 'STORE__QUERY_TOO_LARGE',
    });
  });

  it('tells a wrong password from a server that is away', async () => {
    const settings = settingsFor(server.url, 'once');
    const stranger = createStoreClient({ ...settings, CLICKHOUSE_PASSWORD: 'wrong' });
    clients.push(stranger);
    await expect(stranger.command('SELECT 1')).rejects.toMatchObject({
      name: 'InputError',
      code: 'STORE__ACCESS_DENIED',
    });
    // Port 9 of loopback is the discard service, which nothing here serves.
    const away = createStoreClient(settingsFor('http://127.0.0.1:9', 'once'));
    clients.push(away);
    await expect(rows(away, 'SELECT 1')).rejects.toMatchObject({
      name: 'UpstreamError',
      code: 'STORE__UNREACHABLE',
      retryable: true,
    });
  });
});
