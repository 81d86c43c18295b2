/**
 * What can be exported: the chain's tables, and the typed table of every event. A dataset is its columns as they leave the
 * house (keys in base58, wide integers as text) and those that it can be filtered by.
 * @module
 */
import { eventTableShape } from '../../indexer/batch/chain-tables.ts';
import type { Registry } from '../../indexer/decode/registry.ts';
import { quoted } from '../../indexer/store/sql-text.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

export interface Dataset {
  readonly view: string;
  readonly columns: readonly Column[];
  readonly orderBy: string;
}

const place: readonly Column[] = [
  { name: 'slot', type: 'UInt64' },
  { name: 'blockhash', type: 'FixedString(32)' },
  { name: 'block_time', type: 'Int64' },
];
const inTransaction: readonly Column[] = [
  ...place,
  { name: 'tx_index', type: 'UInt32' },
  { name: 'signature', type: 'FixedString(64)' },
];

const chainDatasets: Readonly<Record<string, Dataset>> = {
  blocks: {
    view: 'canonical_blocks',
    orderBy: 'slot',
    columns: [
      ...place,
      { name: 'parent_slot', type: 'UInt64' },
      { name: 'parent_blockhash', type: 'FixedString(32)' },
      { name: 'transaction_count', type: 'UInt32' },
      { name: 'event_count', type: 'UInt32' },
      { name: 'content_hash', type: 'Hash' },
      { name: 'status', type: 'String' },
    ],
  },
  transactions: {
    view: 'canonical_transactions',
    orderBy: 'slot, tx_index',
    columns: [
      ...inTransaction,
      { name: 'fee_payer', type: 'FixedString(32)' },
      { name: 'failed', type: 'UInt8' },
      { name: 'fee_lamports', type: 'UInt64' },
      { name: 'compute_units', type: 'Nullable(UInt64)' },
      { name: 'log_truncated', type: 'UInt8' },
    ],
  },
  instructions: {
    view: 'canonical_instructions',
    orderBy: 'slot, tx_index, ix_path',
    columns: [
      ...inTransaction,
      { name: 'ix_path', type: 'Path' },
      { name: 'program', type: 'FixedString(32)' },
      { name: 'name', type: 'String' },
      { name: 'failed', type: 'UInt8' },
      { name: 'accounts', type: 'Array(FixedString(32))' },
      { name: 'args', type: 'String' },
    ],
  },
  events: {
    view: 'canonical_events',
    orderBy: 'slot, tx_index, position',
    columns: [
      ...inTransaction,
      { name: 'ix_path', type: 'Path' },
      { name: 'ordinal', type: 'UInt32' },
      { name: 'program', type: 'FixedString(32)' },
      { name: 'name', type: 'String' },
      { name: 'typed_table', type: 'String' },
    ],
  },
};

/** `null` when there is none of the name. */
export function datasetNamed(name: string, registry: Registry): Dataset | null {
  const known = Object.hasOwn(chainDatasets, name) ? chainDatasets[name] : undefined;
  if (known !== undefined) return known;
  const table = registry.tables.find((each) => each.table === name);
  if (table === undefined) return null;
  const own = eventTableShape(table).columns.filter(({ name: column }) =>
    table.columns.some((each) => each.name === column),
  );
  const columns = [...inTransaction, { name: 'ix_path', type: 'Path' }, { name: 'ordinal', type: 'UInt32' }, ...own];
  return { view: `canonical_${name}`, columns, orderBy: 'slot, tx_index, position' };
}

/** A column as text or number that any reader of CSV, Parquet and Arrow understands. */
export function exportedColumn({ name, type }: Column): string {
  const column = quoted(name);
  const isKey = /^(Nullable\()?FixedString\((32|64)\)\)?$/.test(type);
  if (type === 'Path') return `arrayStringConcat(arrayMap(step -> toString(step), ${column}), '.') AS ${column}`;
  if (type === 'Hash') return `lower(hex(${column})) AS ${column}`;
  if (isKey) return `base58Encode(${column}) AS ${column}`;
  if (/^(Nullable\()?FixedString/.test(type)) return `lower(hex(${column})) AS ${column}`;
  if (/^Array\(FixedString\((32|64)\)\)$/.test(type))
    return `arrayStringConcat(arrayMap(each -> base58Encode(each), ${column}), ' ') AS ${column}`;
  if (/^Array\(/.test(type)) return `toString(${column}) AS ${column}`;
  return /Int(128|256)/.test(type) ? `toString(${column}) AS ${column}` : `${column} AS ${column}`;
}

/** Columns that a filter may name. */
export function filterColumns({ columns }: Dataset): ReadonlyMap<string, Column> {
  const usable = columns.filter(({ type }) => type !== 'Path' && type !== 'Hash');
  return new Map(usable.map((column) => [column.name, column]));
}
