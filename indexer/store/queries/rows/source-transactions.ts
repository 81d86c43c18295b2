/**
 * Transactions behind a computed value: those that emitted events of certain tables in its range of slots.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { quoted } from '../../sql-text.ts';
import { rowsFrom, storedRange } from '../chain/slot-walk.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import { type ColumnCondition, conditionsSql } from './field-conditions.ts';

/** Events of one typed table that meet conditions. */
export interface SourceEvents {
  readonly table: string;
  readonly conditions: readonly ColumnCondition[];
}

export interface SourceTransaction {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly signature: Uint8Array;
}

const OF_BLOCK = 'slot, bank, blockhash';
const inWindow = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/** Newest first, each once, however many of the events it emitted. */
export async function sourceTransactions(
  client: StoreClient,
  sources: readonly SourceEvents[],
  bounds: SlotBounds,
  limit: number,
): Promise<SourceTransaction[]> {
  const parts = sources.map(({ conditions }, index) => conditionsSql(conditions, `source${index}_`));
  const params: QueryParams = Object.assign({}, ...parts.map((part) => part.params));
  const branches = sources.map(
    ({ table }, index) =>
      `SELECT ${OF_BLOCK}, tx_index, signature FROM ${quoted(table)} WHERE ${inWindow} AND ${parts[index]?.sql}`,
  );
  const range = await storedRange(client, bounds);
  return rowsFrom(range, 'newest', limit, (window, rest) =>
    rows<SourceTransaction>(
      client,
      `SELECT slot, tx_index AS transactionIndex, signature FROM (${branches.join('\n  UNION ALL ')})
WHERE (${OF_BLOCK}) IN (SELECT ${OF_BLOCK} FROM blocks FINAL WHERE sign = 1 AND ${inWindow})
GROUP BY slot, transactionIndex, signature ORDER BY slot DESC, transactionIndex DESC LIMIT {limit:UInt32}`,
      { ...params, ...window, limit: rest },
    ),
  );
}
