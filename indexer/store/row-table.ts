/**
 * Tables whose rows are plain objects: one description of the columns writes them in RowBinary and reads them back.
 * A column `leaf_hash` is the key `leafHash` of the row. For tables that other stages than the chain's own fill.
 * @module
 */
import { ByteWriter } from '../batch/byte-writer.ts';
import { codecOf } from '../batch/column-codec.ts';
import type { ColumnValue } from '../decode/event-tables.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { quoted } from './sql-text.ts';

export interface RowTable {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly key: string }[];
  /** `leaf_hash AS leafHash, …`: the rows of a SELECT of it have the keys that `insertRows` takes. */
  readonly selectList: string;
}

/** Rows of one insert; a large table goes in pieces, each whole or not at all. */
const ROWS_PER_INSERT = 20_000;

/** @param types ClickHouse type of each column, in the order they are written */
export function rowTable(table: string, types: Readonly<Record<string, string>>): RowTable {
  const columns = Object.entries(types).map(([name, type]) => ({ name, type, key: camelCase(name) }));
  const selectList = columns.map(({ name, key }) => `${quoted(name)} AS ${quoted(key)}`).join(', ');
  return { table, columns, selectList };
}

/**
 * Append rows. They are taken one by one, so that a generator need not have all of them at once.
 * @throws InvariantError `BATCH__WRONG_VALUE`, `BATCH__OUT_OF_RANGE` for a value that does not fit; errors of the client
 */
export async function insertRows<Row extends object>(
  client: StoreClient,
  table: RowTable,
  rows: Iterable<Row>,
): Promise<void> {
  const columns = table.columns.map((column) => ({ key: column.key, codec: codecOf(column.type) }));
  const columnNames = table.columns.map(({ name }) => name);
  // One for all: what is written is with the engine before the next rows are.
  const writer = new ByteWriter();
  let rowCount = 0;
  const flush = async () => {
    if (rowCount === 0) return;
    await client.insert({ table: table.table, columnNames, rowCount, bytes: writer.peek() });
    writer.clear();
    rowCount = 0;
  };
  for (const row of rows) {
    for (const { key, codec } of columns) codec.write(writer, (row as Record<string, ColumnValue>)[key] as ColumnValue);
    rowCount += 1;
    if (rowCount === ROWS_PER_INSERT) await flush();
  }
  await flush();
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
