/**
 * Content of blocks read back from the database: row counts per block and table, and the content hash taken again over
 * the stored rows, byte for byte what the batch stage hashed.
 * @module
 */
import { ByteReader } from '../batch/byte-reader.ts';
import { eventsTable, instructionsTable, transactionsTable, undecodedTable } from '../batch/chain-tables.ts';
import { codecOf } from '../batch/column-codec.ts';
import { contentHash, type HashedRows, type HashedTable } from '../batch/content-hash.ts';
import type { Slot } from '../domain/units.ts';
import type { StoreClient } from './clickhouse-client.ts';
import { rows } from './rows.ts';
import { quoted } from './sql-text.ts';

export interface StoredContent {
  readonly contentHash: Uint8Array;
  readonly rowCounts: Readonly<Record<HashedTable, number>>;
}

const NO_ROWS: HashedRows = { rowCount: 0, bytes: new Uint8Array(0) };

/** Where each hashed table is read, in the order of `row-order.ts`. */
const sources: Readonly<Record<HashedTable, { columns: readonly { name: string; type: string }[]; rest: string }>> = {
  transactions: { columns: transactionsTable.columns, rest: 'ORDER BY slot, tx_index' },
  events: { columns: eventsTable.columns, rest: 'ORDER BY slot, tx_index, position' },
  instructions: { columns: instructionsTable.columns, rest: 'ORDER BY slot, tx_index, ix_path' },
  undecoded: {
    columns: undecodedTable.columns,
    rest: `AND source != 'account' ORDER BY slot, source, tx_index, ix_path, ordinal, public_key`,
  },
};

/** Content of each canonical block of a range, by slot. The range must fit in memory: the caller keeps it small. */
export async function storedContent(
  client: StoreClient,
  fromSlot: Slot,
  toSlot: Slot,
): Promise<(slot: Slot) => StoredContent> {
  const [transactions, events, instructions, undecoded] = await Promise.all([
    rowsBySlot(client, 'transactions', fromSlot, toSlot),
    rowsBySlot(client, 'events', fromSlot, toSlot),
    rowsBySlot(client, 'instructions', fromSlot, toSlot),
    rowsBySlot(client, 'undecoded', fromSlot, toSlot),
  ]);
  return (slot) => {
    const hashed = {
      transactions: transactions.get(slot) ?? NO_ROWS,
      events: events.get(slot) ?? NO_ROWS,
      instructions: instructions.get(slot) ?? NO_ROWS,
      undecoded: undecoded.get(slot) ?? NO_ROWS,
    };
    const rowCounts = {
      transactions: hashed.transactions.rowCount,
      events: hashed.events.rowCount,
      instructions: hashed.instructions.rowCount,
      undecoded: hashed.undecoded.rowCount,
    };
    return { contentHash: contentHash(hashed), rowCounts };
  };
}

async function rowsBySlot(
  client: StoreClient,
  table: HashedTable,
  fromSlot: Slot,
  toSlot: Slot,
): Promise<Map<Slot, HashedRows>> {
  const { columns, rest } = sources[table];
  const answer = await client.bytes(
    `SELECT ${columns.map(({ name }) => quoted(name)).join(', ')} FROM ${quoted(`canonical_${table}`)}
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ${rest}`,
    { fromSlot, toSlot },
    'RowBinary',
  );
  return spansBySlot(answer, columns);
}

/** Rows of one slot stand together, so their bytes are one span. `slot` is the first column of every table. */
function spansBySlot(answer: Buffer, columns: readonly { type: string }[]): Map<Slot, HashedRows> {
  const codecs = columns.map(({ type }) => codecOf(type, 'bytes'));
  const reader = new ByteReader(answer);
  const spans = new Map<Slot, { rowCount: number; start: number; bytes: Uint8Array }>();
  while (!reader.isAtEnd) {
    const rowStart = reader.offset;
    const [slot] = codecs.map((codec) => codec.read(reader)) as [Slot];
    const open = spans.get(slot) ?? { rowCount: 0, start: rowStart };
    const bytes = answer.subarray(open.start, reader.offset);
    spans.set(slot, { rowCount: open.rowCount + 1, start: open.start, bytes });
  }
  return spans;
}

export interface SlotCount {
  readonly slot: Slot;
  readonly rowCount: bigint;
}

/** Rows of account states per canonical block. */
export function accountCounts(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<SlotCount[]> {
  return rows<SlotCount>(
    client,
    `SELECT slot, count() AS rowCount FROM canonical_accounts
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} GROUP BY slot`,
    { fromSlot, toSlot },
  );
}

export interface TypedDifference {
  readonly slot: Slot;
  readonly table: string;
  readonly eventCount: bigint;
  readonly typedCount: bigint;
}

/** Blocks in which an event's typed table has not one row per event of the envelope. */
export async function typedDifferences(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<TypedDifference[]> {
  const range = { fromSlot, toSlot };
  const tables = await rows<{ table: string }>(
    client,
    `SELECT DISTINCT typed_table AS table FROM canonical_events
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY table`,
    range,
  );
  const found: TypedDifference[] = [];
  for (const { table } of tables) found.push(...(await differencesOf(client, table, fromSlot, toSlot)));
  return found;
}

function differencesOf(client: StoreClient, table: string, fromSlot: Slot, toSlot: Slot): Promise<TypedDifference[]> {
  const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
  return rows<TypedDifference>(
    client,
    `SELECT slot, {table:String} AS table, countIf(source = 0) AS eventCount, countIf(source = 1) AS typedCount FROM (
  SELECT slot, 0 AS source FROM canonical_events WHERE ${inRange} AND typed_table = {table:String}
  UNION ALL SELECT slot, 1 AS source FROM ${quoted(`canonical_${table}`)} WHERE ${inRange}
) GROUP BY slot HAVING eventCount != typedCount ORDER BY slot`,
    { table, fromSlot, toSlot },
  );
}
