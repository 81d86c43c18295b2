/**
 * How a query is written. A query file holds SQL texts with bound parameters only, an interface for each kind of row,
 * and one function per question:
 *
 *   export interface PoolRow { readonly pool: Uint8Array; readonly stake: bigint }
 *
 *   export function poolsAsOf(client: StoreClient, slot: Slot, limit: number): Promise<PoolRow[]> {
 *     return rows<PoolRow>(client, `SELECT pool, stake FROM canonical_x WHERE slot <= {slot:UInt64} LIMIT {limit:UInt32}`,
 *       { slot, limit });
 *   }
 *
 * The keys of a row are the names of the SELECT (alias them to camelCase), the values have the types of their columns:
 * UInt64 and wider are `bigint`, narrower integers and floats `number`, FixedString bytes, Bool boolean, String text.
 * Name the String columns that hold raw bytes in `bytesColumns`. Bytes go in as hex: `unhex({key:String})`.
 * Always read the canonical_* views, always with a condition on `slot` (it bounds both sides of their join), and always
 * with a LIMIT or a bounded range.
 * @module
 */
import type { ClickHouseSettings } from '@clickhouse/client';
import { ByteReader } from '../batch/byte-reader.ts';
import { codecOf } from '../batch/column-codec.ts';
import { checkInvariant } from '../domain/errors.ts';
import type { QueryParams, StoreClient } from './clickhouse-client.ts';

export interface RowsOptions {
  /** `String` columns that hold bytes, not text. */
  readonly bytesColumns?: readonly string[];
  /** `FixedString` columns whose values come again and again: each value is held once, however many rows have it. */
  readonly repeatedColumns?: readonly string[];
  /** Settings of the query; time and memory are limited unless this says otherwise. */
  readonly limits?: ClickHouseSettings;
}

/** All rows of a SELECT. `T` must name the columns with the types described at the head of this file. */
export async function rows<T>(
  client: StoreClient,
  sql: string,
  params: QueryParams = {},
  options: RowsOptions = {},
): Promise<T[]> {
  const bytes = await client.bytes(sql, params, 'RowBinaryWithNamesAndTypes', options.limits);
  return parseRows<T>(bytes, options.bytesColumns ?? [], options.repeatedColumns ?? []);
}

/** The first row, or `null` when there is none. */
export async function firstRow<T>(
  client: StoreClient,
  sql: string,
  params: QueryParams = {},
  options: RowsOptions = {},
): Promise<T | null> {
  return (await rows<T>(client, sql, params, options))[0] ?? null;
}

/** The only row of a query that always has one, such as an aggregate without GROUP BY. */
export async function oneRow<T>(
  client: StoreClient,
  sql: string,
  params: QueryParams = {},
  options: RowsOptions = {},
): Promise<T> {
  const found = await firstRow<T>(client, sql, params, options);
  checkInvariant(found !== null, 'STORE__NO_ROW', 'A query that always has a row had none', { sql: sql.slice(0, 200) });
  return found;
}

/** @throws InputError `BATCH__UNKNOWN_TYPE`, InvariantError `BATCH__ROW_CUT` */
export function parseRows<T>(
  answer: Buffer,
  bytesColumns: readonly string[],
  repeatedColumns: readonly string[] = [],
): T[] {
  if (answer.length === 0) return [];
  const reader = new ByteReader(answer);
  const names = Array.from({ length: reader.varint() }, () => reader.text());
  const readers = names.map((name) => {
    const codec = codecOf(reader.text(), bytesColumns.includes(name) ? 'bytes' : 'text');
    const read = (from: ByteReader) => codec.read(from);
    return repeatedColumns.includes(name) ? once(read) : read;
  });
  const parsed: T[] = [];
  while (!reader.isAtEnd) {
    const row: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) row[name] = readers[index]?.(reader);
    parsed.push(row as T);
  }
  return parsed;
}

/** Gives the bytes that were read first for all that are equal to them. */
function once(read: (from: ByteReader) => unknown): (from: ByteReader) => unknown {
  const known = new Map<string, Uint8Array>();
  return (from) => {
    const bytes = read(from) as Uint8Array;
    const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const first = known.get(name);
    if (first === undefined) known.set(name, bytes);
    return first ?? bytes;
  };
}
