/**
 * Brings a database to the newest schema: applies `sql/NNNN_noun.sql` in order, once each.
 *
 * What was applied stands in table `migrations` with the SHA-256 of its text; a text that changed afterwards is refused.
 * Every statement is idempotent (IF NOT EXISTS, OR REPLACE), so a run that was killed is repaired by the next, and two
 * at once do the same work twice and no harm.
 * @module
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkInput } from '../domain/errors.ts';
import { killable } from '../domain/kill-points.ts';
import { createStoreClient, type StoreClient, type StoreSettings } from './clickhouse-client.ts';
import { rows } from './rows.ts';
import { splitStatements } from './split-statements.ts';
import { quoted } from './sql-text.ts';

export interface Migration {
  /** `0001_chain`. */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/**
 * Alias of a join in the views. ClickHouse writes `database.table` into a view and then takes the database for the alias;
 * migrations that were applied cannot be written anew.
 */
const VIEW_ALIAS = 'b';

const sqlFolder = path.join(import.meta.dirname, '..', '..', 'sql');

/**
 * Creates the database, applies what is missing.
 * @returns names of the migrations that this run applied
 * @throws InputError `STORE__DATABASE_NAME`, `STORE__MIGRATION_CHANGED`, `STORE__MIGRATION_NAME`, `STORE__SQL_NOT_CLOSED`;
 *   errors of the client
 */
export async function migrate(
  client: StoreClient,
  settings: StoreSettings,
  folder: string = sqlFolder,
): Promise<readonly string[]> {
  const { CLICKHOUSE_DATABASE: database } = settings;
  checkInput(
    database !== VIEW_ALIAS,
    'STORE__DATABASE_NAME',
    `A database cannot be named ${database}, as an alias in the views is: set CLICKHOUSE_DATABASE to another name`,
    { database },
  );
  const migrations = await readMigrations(folder);
  await killable('migrate-database', () => createDatabase(settings));
  await killable('migrate-ledger', () => client.define(migrationsTable));
  const applied = new Map((await appliedMigrations(client)).map((each) => [each.name, each.sha256]));
  const missing = migrations.filter((each) => isMissing(each, applied));
  for (const migration of missing) await apply(client, migration);
  return missing.map((each) => each.name);
}

/** Migrations of a folder in the order of their numbers. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((each) => each.endsWith('.sql')).sort();
  const numbers = files.map((file) => /^(\d{4})_[a-z][a-z_]*\.sql$/.exec(file)?.[1]);
  checkInput(
    numbers.every((each, index) => each !== undefined && !numbers.includes(each, index + 1)),
    'STORE__MIGRATION_NAME',
    'Migrations are named NNNN_noun.sql, each number once',
    { files },
  );
  return Promise.all(files.map((file) => readMigration(folder, file)));
}

const migrationsTable = `CREATE TABLE IF NOT EXISTS migrations
(
    name       String,
    sha256     String COMMENT 'hex, of the text as applied',
    applied_at DateTime64(3) DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree ORDER BY (name, sha256)`;

async function readMigration(folder: string, file: string): Promise<Migration> {
  const sql = await readFile(path.join(folder, file), 'utf8');
  return { name: path.basename(file, '.sql'), sql, sha256: createHash('sha256').update(sql).digest('hex') };
}

/** Over a connection without a database, since the client's own names one that may not exist yet. */
async function createDatabase(settings: StoreSettings): Promise<void> {
  const admin = createStoreClient({ ...settings, CLICKHOUSE_DATABASE: 'default' });
  try {
    await admin.define(`CREATE DATABASE IF NOT EXISTS ${quoted(settings.CLICKHOUSE_DATABASE)}`);
  } finally {
    await admin.close();
  }
}

function appliedMigrations(client: StoreClient): Promise<{ name: string; sha256: string }[]> {
  return rows(client, 'SELECT DISTINCT name, sha256 FROM migrations ORDER BY name');
}

function isMissing(migration: Migration, applied: ReadonlyMap<string, string>): boolean {
  const appliedSha256 = applied.get(migration.name);
  checkInput(
    appliedSha256 === undefined || appliedSha256 === migration.sha256,
    'STORE__MIGRATION_CHANGED',
    `Migration ${migration.name} was changed after it had been applied; add a new one instead`,
    { name: migration.name, applied: appliedSha256 ?? '', found: migration.sha256 },
  );
  return appliedSha256 === undefined;
}

async function apply(client: StoreClient, migration: Migration): Promise<void> {
  for (const statement of splitStatements(migration.sql)) {
    await killable('migrate-statement', () => client.define(statement));
  }
  await killable('migrate-record', () => recordMigration(client, migration));
}

async function recordMigration(client: StoreClient, migration: Migration): Promise<void> {
  await client.command('INSERT INTO migrations (name, sha256) VALUES ({name:String}, {sha256:String})', {
    name: migration.name,
    sha256: migration.sha256,
  });
}
