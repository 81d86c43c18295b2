/**
 * Events of the canonical chain: newest first in pages, counts by name, and the typed rows of one event in chain order.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import { quoted, type StoreClient } from '../clickhouse-client.ts';
import { oneRow, rows } from '../rows.ts';
import { slotsOfSignature } from './instructions.ts';

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

/** Where a page ends; the next one starts after it. */
export interface EventKey {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly position: number;
}

export interface EventFilter {
  readonly program?: Uint8Array;
  readonly name?: string;
  readonly fromSlot?: Slot;
  readonly toSlot?: Slot;
  readonly signature?: Uint8Array;
}

const columns = `slot, blockhash, block_time AS blockTime, tx_index AS transactionIndex, ix_path AS path, ordinal, position,
signature, program, name, typed_table AS typedTable, transport, data`;

/** The newest slots are looked through first, so that a first page does not read all of history. */
const PAGE_WINDOW_SLOTS = 512n;
const PAGE_WINDOW_GROWTH = 16n;

const pageSql = `SELECT ${columns} FROM canonical_events
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND (slot, tx_index, position) < ({beforeSlot:UInt64}, {beforeIndex:UInt32}, {beforePosition:UInt32})
  AND ({program:String} = '' OR program = unhex({program:String}))
  AND ({name:String} = '' OR name = {name:String})
  AND ({signature:String} = '' OR signature = unhex({signature:String}))
ORDER BY slot DESC, tx_index DESC, position DESC LIMIT {limit:UInt32}`;

/**
 * Newest first, at most `limit`. The next page: the same filter with the last row of this one as `before`; rows that
 * arrive meanwhile are newer and shift nothing.
 */
export async function eventsPage(
  client: StoreClient,
  filter: EventFilter,
  limit: number,
  before: EventKey | null = null,
): Promise<EventRow[]> {
  const range = await slotRange(client, filter, before);
  const found: EventRow[] = [];
  let toSlot = range.toSlot;
  for (let windowSlots = PAGE_WINDOW_SLOTS; found.length < limit && toSlot >= range.fromSlot; ) {
    const fromSlot = [toSlot - windowSlots, range.fromSlot].toSorted(ascending)[1] ?? range.fromSlot;
    found.push(...(await window(client, filter, { fromSlot, toSlot }, limit - found.length, before)));
    toSlot = fromSlot - 1n;
    windowSlots *= PAGE_WINDOW_GROWTH;
  }
  return found;
}

interface SlotRange {
  readonly fromSlot: Slot;
  readonly toSlot: Slot;
}

const NO_SLOTS: SlotRange = { fromSlot: 1n, toSlot: 0n };

/** What can match at all: the filter's range within what is stored, a signature's slot, nothing after `before`. */
async function slotRange(client: StoreClient, filter: EventFilter, before: EventKey | null): Promise<SlotRange> {
  const stored =
    filter.signature === undefined
      ? await oneRow<SlotRange>(client, 'SELECT min(slot) AS fromSlot, max(slot) AS toSlot FROM blocks')
      : ((await slotsOfSignature(client, filter.signature)) ?? NO_SLOTS);
  const lower = [stored.fromSlot, filter.fromSlot ?? 0n].toSorted(ascending);
  const upper = [stored.toSlot, filter.toSlot ?? stored.toSlot, before?.slot ?? stored.toSlot].toSorted(ascending);
  return { fromSlot: lower.at(-1) ?? 0n, toSlot: upper[0] ?? 0n };
}

function ascending(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function window(
  client: StoreClient,
  filter: EventFilter,
  range: SlotRange,
  limit: number,
  before: EventKey | null,
): Promise<EventRow[]> {
  const params = {
    ...range,
    beforeSlot: before?.slot ?? range.toSlot + 1n,
    beforeIndex: before?.transactionIndex ?? 0,
    beforePosition: before?.position ?? 0,
    program: filter.program ?? '',
    name: filter.name ?? '',
    signature: filter.signature ?? '',
    limit,
  };
  return rows<EventRow>(client, pageSql, params, { bytesColumns: ['data'] });
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

/** Envelope of a typed row; its own columns stand beside it under the names of the IDL. */
export interface TypedEnvelope {
  readonly slot: Slot;
  readonly tx_index: number;
  readonly position: number;
  readonly block_time: UnixSeconds;
  readonly signature: Uint8Array;
}

const TYPED_PAGE_ROWS = 10_000;

/**
 * Rows of one typed event table (`staking_accrue_reward`) in a slot range, in chain order. Read in pages, so neither side
 * holds more than one.
 * @param bytesColumns String columns of the table that hold bytes
 */
export async function* typedEvents<T extends TypedEnvelope>(
  client: StoreClient,
  table: string,
  fromSlot: Slot,
  toSlot: Slot,
  bytesColumns: readonly string[] = [],
  pageRows: number = TYPED_PAGE_ROWS,
): AsyncGenerator<T> {
  const sql = `SELECT * FROM ${quoted(`canonical_${table}`)}
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND (slot, tx_index, position + 1) > ({fromSlot:UInt64}, {afterIndex:UInt32}, {afterPosition:UInt32})
ORDER BY slot, tx_index, position LIMIT {limit:UInt32}`;
  let after = { fromSlot, afterIndex: 0, afterPosition: 0 };
  for (;;) {
    const page = await rows<T>(client, sql, { ...after, toSlot, limit: pageRows }, { bytesColumns });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageRows) return;
    after = { fromSlot: last.slot, afterIndex: last.tx_index, afterPosition: last.position + 1 };
  }
}
