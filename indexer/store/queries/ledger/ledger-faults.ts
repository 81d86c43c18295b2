/**
 * What was found wrong in the ledger, and how far it was proven. The rule is that of sql/0014_ledger.sql.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { oneRow, rows } from '../../rows.ts';
import { cursor } from '../chain/cursors.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';
import type { EventPlace } from '../rows/event-place.ts';

export interface LedgerFaultRow extends EventPlace {
  readonly kind: string;
  /** Order, or marker of a workload. */
  readonly subject: Uint8Array;
  readonly expected: string;
  readonly seen: string;
}

const columns = {
  ...{ slot: 'UInt64', transaction_index: 'UInt32', position: 'UInt32', kind: 'String', subject: 'FixedString(32)' },
  ...{ expected: 'String', seen: 'String' },
};
const table = rowTable('ledger_faults', columns);
const written = rowTable('ledger_faults', { ...columns, is_open: 'UInt8', recorded_at: 'DateTime64(6)' });

/** Open, or closed when it is gone. */
export function insertLedgerFaults(
  client: StoreClient,
  faults: readonly LedgerFaultRow[],
  isOpen: boolean,
  recordedAt: bigint,
): Promise<void> {
  const marked = faults.map((each) => ({ ...each, isOpen: isOpen ? 1 : 0, recordedAt }));
  return insertRows(client, written, marked);
}

/** Faults that still stand in a range, in chain order, at most `limit`. */
export function openLedgerFaults(client: StoreClient, bounds: SlotBounds, limit: number): Promise<LedgerFaultRow[]> {
  return rows<LedgerFaultRow>(
    client,
    `SELECT ${table.selectList} FROM open_ledger_faults WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
ORDER BY slot, transaction_index, position, kind LIMIT {limit:UInt32}`,
    { ...bounds, limit },
  );
}

export interface LedgerStatus {
  /** Up to here every settlement is balanced and as the rule has it; `null` before the first proof. */
  readonly ledgerThroughSlot: Slot | null;
  /** Up to here settlements were looked at, whatever was found. */
  readonly lookedThroughSlot: Slot | null;
  readonly openFaultCount: bigint;
}

export async function ledgerStatus(client: StoreClient): Promise<LedgerStatus> {
  const { openFaultCount, firstSlot } = await oneRow<{ openFaultCount: bigint; firstSlot: Slot }>(
    client,
    'SELECT count() AS openFaultCount, min(slot) AS firstSlot FROM open_ledger_faults',
  );
  const looked = (await cursor(client, 'ledger'))?.slot ?? null;
  const before = firstSlot > 0n ? firstSlot - 1n : 0n;
  return {
    ledgerThroughSlot: openFaultCount > 0n ? before : looked,
    lookedThroughSlot: looked,
    openFaultCount,
  };
}
