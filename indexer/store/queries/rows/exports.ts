/**
 * Rows of a canonical view as they leave the house: streamed in a format of ClickHouse, bounded by slots and conditions.
 * @module
 */
import type { ClickHouseSettings } from '@clickhouse/client';
import type { StoreClient, StreamedAnswer } from '../../clickhouse-client.ts';
import { quoted } from '../../sql-text.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { type ColumnCondition, conditionsSql } from './field-conditions.ts';

export interface ExportedRows extends SlotBounds {
  readonly view: string;
  /** Expressions of ours, each with its name. */
  readonly columns: readonly string[];
  readonly orderBy: string;
  readonly conditions: readonly ColumnCondition[];
}

/** @throws InputError `STORE__BAD_FILTER`; errors of the store before the first byte */
export function exportedRows(
  client: StoreClient,
  { view, columns, orderBy, conditions, fromSlot, toSlot }: ExportedRows,
  format: string,
  limits: ClickHouseSettings,
): Promise<StreamedAnswer> {
  const { sql, params } = conditionsSql(conditions, 'field');
  const query = `SELECT ${columns.join(', ')}
FROM (SELECT * FROM ${quoted(view)} WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND ${sql} ORDER BY ${orderBy})`;
  return client.stream(query, { fromSlot, toSlot, ...params }, format, limits);
}
