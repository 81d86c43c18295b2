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
import { checkInput, checkInvariant } from '../domain/errors.ts';
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
  const readers = names.map((name): ColumnReader => {
    const type = reader.text();
    const codec = codecOf(type, bytesColumns.includes(name) ? 'bytes' : 'text');
    return repeatedColumns.includes(name) ? once(type) : (from) => codec.read(from);
  });
  const read = rowReaderOf(names)(readers);
  const parsed: T[] = [];
  while (!reader.isAtEnd) parsed.push(read(reader) as T);
  return parsed;
}

type ColumnReader = (from: ByteReader) => unknown;
type RowReaderOf = (readers: readonly ColumnReader[]) => ColumnReader;

/** By the names of their columns. The bound keeps foreign names from filling memory. */
const rowReaders = new Map<string, RowReaderOf>();
const MAX_ROW_READERS = 1_024;

/**
 * Code that makes a row as one literal. Filled name by name an object of some twenty columns becomes a hash table, which
 * takes five times the memory and many times as long to make and to read.
 */
function rowReaderOf(names: readonly string[]): RowReaderOf {
  const name = JSON.stringify(names);
  const known = rowReaders.get(name);
  if (known !== undefined) return known;
  if (rowReaders.size >= MAX_ROW_READERS) rowReaders.clear();
  const readers = names.map((_, index) => `read${index}`);
  const fields = names.map((each, index) => `${JSON.stringify(each)}: read${index}(from)`);
  const source = `const [${readers.join(', ')}] = readers; return (from) => ({ ${fields.join(', ')} });`;
  const made = new Function('readers', source) as RowReaderOf;
  rowReaders.set(name, made);
  return made;
}

/** Gives the bytes that were read first for all that are equal to them. @throws InputError `BATCH__UNKNOWN_TYPE` */
function once(type: string): ColumnReader {
  const byteCount = Number(/^FixedString\((\d+)\)$/.exec(type)?.[1]);
  checkInput(byteCount > 0, 'BATCH__UNKNOWN_TYPE', `Values of type ${type} are not held once`, { type });
  const known = new Map<string, Uint8Array>();
  return (from) => {
    const name = from.latin1(byteCount);
    const first = known.get(name);
    if (first !== undefined) return first;
    // A copy: a view would keep the whole answer in memory.
    const bytes = Buffer.from(name, 'latin1');
    known.set(name, bytes);
    return bytes;
  };
}
