/**
 * Transactions that a node names and the record does not have. The rule is that of sql/0005_transaction_checks.sql.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, rows } from '../../rows.ts';
import { cursor } from './cursors.ts';

export interface MissingTransaction {
  readonly slot: Slot;
  readonly signature: Uint8Array;
  readonly program: Uint8Array;
}

const table = rowTable('missing_transactions', {
  ...{ slot: 'UInt64', signature: 'FixedString(64)', program: 'FixedString(32)' },
});

export function insertMissing(client: StoreClient, found: readonly MissingTransaction[]): Promise<void> {
  return insertRows(client, table, found);
}

/** Those of a range that are not in the record now, at most `limit`. */
export function missingTransactions(
  client: StoreClient,
  fromSlot: Slot,
  toSlot: Slot,
  limit: number,
): Promise<MissingTransaction[]> {
  return rows<MissingTransaction>(
    client,
    `SELECT slot, signature, any(program) AS program FROM open_missing_transactions
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} GROUP BY slot, signature
ORDER BY slot, signature LIMIT {limit:UInt32}`,
    { fromSlot, toSlot, limit },
  );
}

/** Up to where every transaction was looked for; `null` where that is not asked for. */
export async function transactionsCheckedTo(client: StoreClient): Promise<Slot | null> {
  return (await cursor(client, 'transactions_checked'))?.slot ?? null;
}

/** First slot of a range that no node was asked about, where the feed makes that necessary; `null` for none. */
export async function uncheckedIn(client: StoreClient, fromSlot: Slot, toSlot: Slot): Promise<Slot | null> {
  const checkedTo = await transactionsCheckedTo(client);
  if (checkedTo === null || checkedTo >= toSlot) return null;
  return checkedTo < fromSlot ? fromSlot : checkedTo + 1n;
}

/** Signatures of the record in a range. */
export async function recordedSignatures(
  client: StoreClient,
  fromSlot: Slot,
  toSlot: Slot,
): Promise<{ slot: Slot; signature: Uint8Array }[]> {
  return rows(
    client,
    `SELECT slot, signature FROM canonical_transactions WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}`,
    { fromSlot, toSlot },
  );
}

/** Of the first transaction after a slot, up to another: a place in the node's list to begin at. */
export async function signatureAfter(client: StoreClient, slot: Slot, toSlot: Slot): Promise<Uint8Array | null> {
  const found = await firstRow<{ signature: Uint8Array }>(
    client,
    `SELECT signature FROM canonical_transactions WHERE slot > {slot:UInt64} AND slot <= {toSlot:UInt64}
ORDER BY slot, tx_index LIMIT 1`,
    { slot, toSlot },
  );
  return found?.signature ?? null;
}
