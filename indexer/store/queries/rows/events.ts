/**
 * Events of the canonical chain: in pages from either end, counts by name, and the typed rows of one event in chain order.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { quoted } from '../../sql-text.ts';
import { chainCounts } from '../chain/chain-status.ts';
import { orderSql, type ReadOrder, rangeBeyond, rowsFrom, storedRange } from '../chain/slot-walk.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { ofTransactions, type TransactionPlace, transactionParams } from '../chain/transactions.ts';
import { BOUND_PLACE, boundParams, type EventPlace } from './event-place.ts';
import { type ColumnCondition, conditionsSql, type SqlCondition } from './field-conditions.ts';
import { chunkCounts, countRows, type FinalStretches, wholeStretches } from './row-counts.ts';

export interface EventRow {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
  readonly transactionIndex: number;
  readonly path: readonly number[];
  readonly ordinal: number;
  readonly position: number;
  readonly signature: Uint8Array;
  readonly program: Uint8Array;
  readonly name: string;
  readonly typedTable: string;
  readonly transport: 'log' | 'cpi';
  /** Discriminator and payload as emitted. */
  readonly data: Uint8Array;
}

export interface EventFilter {
  readonly program?: Uint8Array;
  readonly name?: string;
  readonly fromSlot?: Slot;
  readonly toSlot?: Slot;
  readonly signature?: Uint8Array;
  /** Conditions on the fields of one event: the tables that have it, and columns of theirs. */
  readonly where?: { readonly tables: readonly string[]; readonly conditions: readonly ColumnCondition[] };
}

const inWindow = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
/** Of `events` and `canonical_events`, as an `EventRow` has them. */
export const EVENT_COLUMNS = `slot, blockhash, block_time AS blockTime, tx_index AS transactionIndex, ix_path AS path, ordinal, position,
signature, program, name, typed_table AS typedTable, transport, data`;

/** Where every event is wanted few blocks have a page of them. */
const UNFILTERED_WINDOW_SLOTS = 64n;

/** Newest first, or oldest first: at most `limit` rows beyond `bound`, the last row of the page before. */
export async function eventsPage(
  client: StoreClient,
  filter: EventFilter,
  limit: number,
  bound: EventPlace | null = null,
  order: ReadOrder = 'newest',
): Promise<EventRow[]> {
  const range = rangeBeyond(await storedRange(client, filter), order, bound);
  const { sql, params } = matching(filter);
  const { direction, beyond } = orderSql(order);
  const isBeyond = bound === null ? '1' : `(slot, tx_index, position) ${beyond} ${BOUND_PLACE}`;
  const place = bound === null ? {} : boundParams(bound);
  const read = (window: SlotBounds, rest: number) =>
    rows<EventRow>(
      client,
      // A set of the blocks that count: joining with them takes a quarter longer.
      `SELECT ${EVENT_COLUMNS} FROM events FINAL WHERE ${inWindow} AND ${sql} AND ${isBeyond}
  AND (slot, bank, blockhash) IN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND ${inWindow})
ORDER BY slot ${direction}, tx_index ${direction}, position ${direction} LIMIT {limit:UInt32}`,
      { ...params, ...place, ...window, limit: rest },
      { bytesColumns: ['data'] },
    );
  return sql === '1'
    ? rowsFrom(range, order, limit, read, UNFILTERED_WINDOW_SLOTS)
    : rowsFrom(range, order, limit, read);
}

/** How many events match. What has no filter but slots is known from the blocks. */
export async function countEvents(
  client: StoreClient,
  filter: EventFilter,
  stretches: FinalStretches,
): Promise<bigint> {
  const range = await storedRange(client, filter);
  const isAll = filter.program === undefined && filter.name === undefined && filter.signature === undefined;
  if (isAll) return (await chainCounts(client, range.fromSlot, range.toSlot)).eventCount;
  const { where, ...envelope } = filter;
  if (where === undefined) {
    const eventsOf = (chunk: bigint) => stretches.chunks.get(chunk)?.eventCount;
    return countRows(client, 'events', matching(envelope), range, stretches, eventsOf);
  }
  const counts = await Promise.all(where.tables.map((table) => countTyped(client, table, filter, range, stretches)));
  return counts.reduce((sum, each) => sum + each, 0n);
}

/** Rows of a typed table that match. How many of them count is what the events of its name say, where those are sure. */
async function countTyped(
  client: StoreClient,
  table: string,
  { where, signature }: EventFilter,
  range: SlotBounds,
  stretches: FinalStretches,
): Promise<bigint> {
  const { chunkSlots, chunks } = stretches;
  const whole = wholeStretches(range, stretches);
  const ofTable = { sql: 'typed_table = {table:String}', params: { table } };
  const events = whole === null ? [] : await chunkCounts(client, 'events', ofTable, whole, chunkSlots);
  const sure = events.filter(({ chunk, rowCount }) => chunks.get(chunk)?.eventCount === rowCount);
  const rowsOf = new Map(sure.map(({ chunk, matchCount }) => [chunk, matchCount]));
  const byFields = conditionsSql(where?.conditions ?? [], 'field');
  const condition =
    signature === undefined
      ? byFields
      : { sql: `${byFields.sql} AND ${bySignature}`, params: { ...byFields.params, signature } };
  return countRows(client, table, condition, range, stretches, (chunk) => rowsOf.get(chunk));
}

/** Events of transactions, in the order of emission. */
export function eventsOfTransactions(client: StoreClient, places: readonly TransactionPlace[]): Promise<EventRow[]> {
  return rows<EventRow>(
    client,
    `SELECT ${EVENT_COLUMNS} FROM canonical_events WHERE ${ofTransactions} ORDER BY slot, tx_index, position`,
    transactionParams(places),
    { bytesColumns: ['data'] },
  );
}

const bySignature = 'signature = toFixedString(unhex({signature:String}), 64)';

/** What the filter says, but for slots; its typed tables are looked at in a window of slots. */
function matching(filter: EventFilter): SqlCondition {
  const byFields = filter.where === undefined ? null : conditionsSql(filter.where.conditions, 'field');
  const inTables = (filter.where?.tables ?? []).map(
    (table) => `SELECT slot, bank, tx_index, ix_path, ordinal, blockhash FROM ${quoted(table)}
    WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND ${byFields?.sql}`,
  );
  const parts = [
    ...(filter.program === undefined ? [] : ['program = toFixedString(unhex({program:String}), 32)']),
    ...(filter.name === undefined ? [] : ['name = {name:String}']),
    ...(filter.signature === undefined ? [] : [bySignature]),
    ...(inTables.length === 0
      ? []
      : [`(slot, bank, tx_index, ix_path, ordinal, blockhash) IN (${inTables.join('\n  UNION ALL ')})`]),
  ];
  const { program, name, signature } = filter;
  const given = Object.entries({ program, name, signature }).filter(([, value]) => value !== undefined);
  return {
    sql: parts.length === 0 ? '1' : `(${parts.join('\n  AND ')})`,
    params: { ...byFields?.params, ...(Object.fromEntries(given) as QueryParams) },
  };
}

export interface EventCount {
  readonly program: Uint8Array;
  readonly name: string;
  readonly eventCount: bigint;
}

/** How many events of each name a slot range has, most first. */
export function eventCounts(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<EventCount[]> {
  return rows<EventCount>(
    client,
    `SELECT program, name, count() AS eventCount FROM canonical_events
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} GROUP BY program, name
ORDER BY eventCount DESC, program, name LIMIT 10000`,
    { fromSlot, toSlot },
  );
}

/** Typed tables that a slot range has events of, canonical or not. */
export async function tablesWithEvents(client: StoreClient, bounds: SlotBounds): Promise<string[]> {
  const found = await rows<{ readonly table: string }>(
    client,
    `SELECT DISTINCT typed_table AS table FROM events
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} ORDER BY table LIMIT 10000`,
    { ...bounds },
  );
  return found.map(({ table }) => table);
}

/** A range that is looked through for what it has, before that is asked for. */
const FEW_SLOTS = 8_192n;

/** Those of some typed tables that a short range may have rows of; all of them for a long one. */
export async function tablesInRange(
  client: StoreClient,
  bounds: SlotBounds,
  tables: readonly string[],
): Promise<readonly string[]> {
  if (bounds.toSlot - bounds.fromSlot > FEW_SLOTS) return tables;
  const found = new Set(await tablesWithEvents(client, bounds));
  return tables.filter((each) => found.has(each));
}
