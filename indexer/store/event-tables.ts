/**
 * One table per event, made from IDLs: the envelope of `events` and typed columns, with `canonical_<table>` for programs
 * and `readable_<table>` for people (keys and hashes in base58, call path as text).
 *
 * Only ever adds: a table, or a column that a newer version of an event brought. A column is never dropped or retyped.
 * @module
 */
import { eventTableShape, type TypedTable } from '../batch/chain-tables.ts';
import { codecOf } from '../batch/column-codec.ts';
import { checkInput } from '../domain/errors.ts';
import { killable } from '../domain/kill-points.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { rows } from './rows.ts';
import { quoted } from './sql-text.ts';

interface ColumnType {
  readonly name: string;
  readonly type: string;
}

/** A program has a table and two views for each of its events: one after another they are seconds of a start. */
const TABLES_AT_ONCE = 4;
/** What no other table than one of events has. */
const envelope = ['tx_index', 'ix_path', 'ordinal', 'position'] as const;

/**
 * As the tables of sql/0001_chain.sql: rows are facts about a block, `blocks` says which blocks count. Merged as
 * sql/0020_merges.sql says.
 */
const engine = `ENGINE = ReplacingMergeTree
PARTITION BY intDiv(slot, 432000)
ORDER BY (slot, bank, tx_index, ix_path, ordinal, blockhash)
SETTINGS vertical_merge_algorithm_min_rows_to_activate = 8192, vertical_merge_algorithm_min_columns_to_activate = 1`;

const committed = `LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1) AS b
USING (slot, bank, blockhash)`;

/**
 * Creates what is missing. Safe to run again, and from several processes at once.
 * @throws InputError `STORE__TABLE_TAKEN` when a table of the name is no event table, `STORE__COLUMN_TYPE_CHANGED` when a column exists with another type, `STORE__BAD_IDENTIFIER` for a
 *   name that cannot be one, `BATCH__UNKNOWN_TYPE`
 */
export async function ensureEventTables(client: StoreClient, eventTables: readonly TypedTable[]): Promise<void> {
  const existing = await existingColumns(client);
  const waiting = [...eventTables];
  const outcomes = await Promise.allSettled(
    Array.from({ length: TABLES_AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        await ensureEventTable(client, next, existing).catch((error: unknown) => {
          waiting.length = 0;
          throw error;
        });
      }
    }),
  );
  const failed = outcomes.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

type ExistingColumns = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function ensureEventTable(client: StoreClient, eventTable: TypedTable, existing: ExistingColumns): Promise<void> {
  const columns = checkedColumns(eventTable);
  const known = existing.get(eventTable.table);
  checkInput(
    known === undefined || envelope.every((column) => known.has(column)),
    'STORE__TABLE_TAKEN',
    `${eventTable.table} is the name of another table: choose another prefix for the program`,
    { table: eventTable.table },
  );
  if (known === undefined) {
    await killable('event-table', () => client.define(createTable(eventTable.table, columns)));
  }
  const added = known === undefined ? columns : missingColumns(eventTable.table, columns, known);
  if (known !== undefined) await addColumns(client, eventTable.table, added);
  const union = unionOf(known, columns);
  // Made last: a process that died after a column came left a view without it.
  const readable = existing.get(`readable_${eventTable.table}`);
  if (!union.every(({ name }) => readable?.has(name))) await createViews(client, eventTable.table, union);
}

async function existingColumns(client: StoreClient): Promise<Map<string, Map<string, string>>> {
  const found = await rows<{ table: string; name: string; type: string }>(
    client,
    'SELECT table, name, type FROM system.columns WHERE database = {database:String} ORDER BY table, position',
    { database: client.database },
  );
  const byTable = new Map<string, Map<string, string>>();
  for (const { table, name, type } of found) {
    byTable.set(table, (byTable.get(table) ?? new Map<string, string>()).set(name, type));
  }
  return byTable;
}

function checkedColumns(eventTable: TypedTable): ColumnType[] {
  const columns = eventTableShape(eventTable).columns.map(({ name, type }) => ({ name, type }));
  for (const { name, type } of [{ name: eventTable.table, type: 'String' }, ...columns]) {
    checkInput(/^[A-Za-z_]\w{0,127}$/.test(name), 'STORE__BAD_IDENTIFIER', `${name} cannot name a table or column`, {
      table: eventTable.table,
      name,
    });
    codecOf(type);
  }
  checkInput(
    new Set(columns.map(({ name }) => name)).size === columns.length,
    'STORE__BAD_IDENTIFIER',
    `Table ${eventTable.table} would have a column twice`,
    { table: eventTable.table },
  );
  return columns;
}

function missingColumns(
  table: string,
  columns: readonly ColumnType[],
  known: ReadonlyMap<string, string>,
): readonly ColumnType[] {
  for (const { name, type } of columns) {
    const knownType = known.get(name);
    checkInput(
      knownType === undefined || knownType === type,
      'STORE__COLUMN_TYPE_CHANGED',
      `Column ${table}.${name} is ${knownType}, its IDL now says ${type}; another layout needs another table`,
      { table, name, known: knownType ?? '', type },
    );
  }
  return columns.filter(({ name }) => !known.has(name));
}

async function addColumns(client: StoreClient, table: string, columns: readonly ColumnType[]): Promise<void> {
  for (const { name, type } of columns) {
    const sql = `ALTER TABLE ${quoted(table)} ADD COLUMN IF NOT EXISTS ${quoted(name)} ${type}`;
    await killable('event-column', () => client.define(sql));
  }
}

function unionOf(known: ReadonlyMap<string, string> | undefined, columns: readonly ColumnType[]): ColumnType[] {
  const union = new Map([...(known ?? []), ...columns.map(({ name, type }) => [name, type] as const)]);
  return [...union].map(([name, type]) => ({ name, type }));
}

function createTable(table: string, columns: readonly ColumnType[]): string {
  const body = columns.map(({ name, type }) => `    ${quoted(name)} ${type}`).join(',\n');
  return `CREATE TABLE IF NOT EXISTS ${quoted(table)}\n(\n${body}\n)\n${engine}`;
}

async function createViews(client: StoreClient, table: string, columns: readonly ColumnType[]): Promise<void> {
  const canonical = `CREATE OR REPLACE VIEW ${quoted(`canonical_${table}`)} AS SELECT r.* FROM ${quoted(table)} AS r FINAL ${committed}`;
  await killable('canonical-view', () => client.define(canonical));
  const readable = columns.map(({ name, type }) => `${readableExpression(name, type)} AS ${quoted(name)}`);
  const forPeople = `CREATE OR REPLACE VIEW ${quoted(`readable_${table}`)} AS SELECT ${readable.join(', ')}
FROM (SELECT * FROM ${quoted(`canonical_${table}`)}) AS c`;
  await killable('readable-view', () => client.define(forPeople));
}

function readableExpression(name: string, type: string): string {
  const column = `c.${quoted(name)}`;
  if (name === 'ix_path') return `arrayStringConcat(arrayMap(step -> toString(step), ${column}), '.')`;
  if (name === 'block_time') return `fromUnixTimestamp64Second(${column}, 'UTC')`;
  if (/^Array\(FixedString\((32|64)\)\)$/.test(type)) return `arrayMap(each -> base58Encode(each), ${column})`;
  if (/^(Nullable\()?FixedString\((32|64)\)\)?$/.test(type)) return `base58Encode(${column})`;
  return /^(Nullable\()?FixedString/.test(type) ? `lower(hex(${column}))` : column;
}
