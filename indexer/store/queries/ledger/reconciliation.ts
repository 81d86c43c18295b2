/**
 * What reconciliation reads of the chain's record, and where it writes what it found. The rule is that of
 * sql/0012_reconciliation.sql.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import { cursor } from '../chain/cursors.ts';
import type { SlotBounds } from '../chain/slot-windows.ts';

export interface ComparedBlock {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
  readonly blockTime: UnixSeconds;
  readonly instructionCount: number;
  /** 0: the block's account states were not delivered. */
  readonly hasAccounts: number;
  /** 1: all accounts were read as of this block. */
  readonly isSnapshot: number;
}

/** Canonical blocks of a range, ascending, at most `limit`. */
export function blocksToCompare(
  client: StoreClient,
  question: SlotBounds & { limit: number },
): Promise<ComparedBlock[]> {
  return rows<ComparedBlock>(
    client,
    `SELECT slot, blockhash, block_time AS blockTime, instruction_count AS instructionCount, has_accounts AS hasAccounts,
  toUInt8(slot IN (SELECT slot FROM canonical_account_snapshots)) AS isSnapshot
FROM blocks FINAL WHERE sign = 1 AND ${inRange}
ORDER BY slot LIMIT {limit:UInt32}`,
    { fromSlot: question.fromSlot, toSlot: question.toSlot, limit: question.limit },
  );
}

/** First slot after one, up to another, from which on accounts are unknown and stay so; `null` when there is none. */
export async function unknownFrom(client: StoreClient, afterSlot: Slot, toSlot: Slot): Promise<Slot | null> {
  const found = await firstRow<{ slot: Slot }>(
    client,
    `SELECT slot FROM blocks FINAL WHERE sign = 1 AND has_accounts = 0 AND slot <= {toSlot:UInt64}
  AND slot > {afterSlot:UInt64}
  AND slot > (SELECT max(slot) FROM canonical_account_snapshots WHERE slot <= {toSlot:UInt64})
ORDER BY slot LIMIT 1`,
    { afterSlot, toSlot },
  );
  return found?.slot ?? null;
}

export interface CallRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly path: readonly number[];
  readonly program: Uint8Array;
  readonly name: string;
  readonly accountNames: readonly string[];
  readonly accounts: readonly Uint8Array[];
  readonly data: Uint8Array;
}

const inRange = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';
const ofPrograms = 'program IN (SELECT toFixedString(unhex(arrayJoin({programs:Array(String)})), 32))';

function bound({ fromSlot, toSlot }: SlotBounds, programs: readonly Uint8Array[]): QueryParams {
  return { fromSlot, toSlot, programs: programs.map((each) => Buffer.from(each).toString('hex')) };
}

/** Successful calls of programs, in chain order. */
export function callsIn(client: StoreClient, range: SlotBounds, programs: readonly Uint8Array[]): Promise<CallRow[]> {
  return rows<CallRow>(
    client,
    `SELECT slot, tx_index AS transactionIndex, ix_path AS path, program, name, account_names AS accountNames, accounts, data
FROM canonical_instructions WHERE ${inRange} AND failed = 0 AND ${ofPrograms} ORDER BY slot, tx_index, ix_path`,
    bound(range, programs),
    { bytesColumns: ['data'] },
  );
}

export interface EmittedRow {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly path: readonly number[];
  readonly program: Uint8Array;
  readonly data: Uint8Array;
}

/** Events of programs, in the order of emission. */
export function eventsIn(
  client: StoreClient,
  range: SlotBounds,
  programs: readonly Uint8Array[],
): Promise<EmittedRow[]> {
  return rows<EmittedRow>(
    client,
    `SELECT slot, tx_index AS transactionIndex, ix_path AS path, program, data FROM canonical_events
WHERE ${inRange} AND ${ofPrograms} ORDER BY slot, tx_index, position`,
    bound(range, programs),
    { bytesColumns: ['data'] },
  );
}

export interface SeenRow {
  readonly slot: Slot;
  readonly publicKey: Uint8Array;
  /** Owner. */
  readonly program: Uint8Array;
  readonly lamports: bigint;
  readonly data: Uint8Array;
}

const seenColumns = 'slot, public_key AS publicKey, program, lamports, data';

/** Account states of a range, in chain order. */
export function accountsIn(client: StoreClient, { fromSlot, toSlot }: SlotBounds): Promise<SeenRow[]> {
  return rows<SeenRow>(
    client,
    `SELECT ${seenColumns} FROM canonical_accounts WHERE ${inRange} ORDER BY slot, bank`,
    { fromSlot, toSlot },
    { bytesColumns: ['data'] },
  );
}

/**
 * Latest states as of `slot` of all accounts that calls of a range name or that have a state in it. One key is few rows
 * but for the busiest, so their places are found first and their data read once.
 */
export function accountsBefore(
  client: StoreClient,
  slot: Slot,
  range: SlotBounds,
  programs: readonly Uint8Array[],
): Promise<SeenRow[]> {
  return rows<SeenRow>(
    client,
    `WITH keys AS (
  SELECT arrayJoin(accounts) AS public_key FROM instructions WHERE ${inRange} AND failed = 0 AND ${ofPrograms}
  UNION DISTINCT SELECT public_key FROM accounts WHERE ${inRange})
SELECT ${seenColumns} FROM accounts FINAL WHERE (public_key, slot, bank, blockhash) IN (
  SELECT public_key, slot, bank, blockhash FROM accounts
  LEFT SEMI JOIN (SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND slot <= {slot:UInt64}
    AND slot IN (SELECT slot FROM accounts WHERE slot <= {slot:UInt64} AND public_key IN keys)) AS b
  USING (slot, bank, blockhash)
  WHERE slot <= {slot:UInt64} AND public_key IN keys
  ORDER BY public_key, slot DESC, bank DESC LIMIT 1 BY public_key)`,
    { ...bound(range, programs), slot },
    { bytesColumns: ['data'] },
  );
}

export interface Incident {
  /** Block whose accounts were compared. */
  readonly slot: Slot;
  /** The fold began with the accounts as of this slot. */
  readonly fromSlot: Slot;
  readonly program: Uint8Array;
  /** Of the account; of the program where a call could not be folded. */
  readonly publicKey: Uint8Array;
  readonly kind: string;
  readonly field: string;
  readonly expected: string;
  readonly seen: string;
}

const incidents = rowTable('reconciliation_incidents', {
  ...{ slot: 'UInt64', from_slot: 'UInt64', program: 'FixedString(32)', public_key: 'FixedString(32)' },
  ...{ kind: 'String', field: 'String', expected: 'String', seen: 'String', is_open: 'UInt8' },
});

/** Open, or closed when the difference is gone. The same one twice is one. */
export function insertIncidents(client: StoreClient, found: readonly Incident[], isOpen: boolean): Promise<void> {
  return insertRows(
    client,
    incidents,
    found.map((each) => ({ ...each, isOpen: isOpen ? 1 : 0 })),
  );
}

/** Incidents of a range that still stand, in chain order, at most `limit`; of some programs, or of all. */
export function unreconciledIn(
  client: StoreClient,
  range: SlotBounds,
  limit: number,
  programs: readonly Uint8Array[] = [],
): Promise<Incident[]> {
  return rows<Incident>(
    client,
    `SELECT slot, from_slot AS fromSlot, program, public_key AS publicKey, kind, field, expected, seen
FROM open_reconciliation_incidents WHERE ${inRange} AND (empty({programs:Array(String)}) OR ${ofPrograms})
ORDER BY slot, public_key, field LIMIT {limit:UInt32}`,
    { ...bound(range, programs), limit },
  );
}

export interface OpenRange {
  readonly fromSlot: Slot;
  readonly slot: Slot;
}

/** Ranges whose incidents still stand, in chain order, after a slot. */
export function openRanges(client: StoreClient, afterSlot: Slot, limit: number): Promise<OpenRange[]> {
  return rows<OpenRange>(
    client,
    `SELECT DISTINCT from_slot AS fromSlot, slot FROM open_reconciliation_incidents
WHERE slot > {afterSlot:UInt64} ORDER BY slot LIMIT {limit:UInt32}`,
    { afterSlot, limit },
  );
}

export interface ReconciliationStatus {
  /** Up to here every account is what events and instructions say; `null` before the first comparison. */
  readonly reconciledThroughSlot: Slot | null;
  /** Up to here blocks were compared, whatever was found. */
  readonly comparedThroughSlot: Slot | null;
  /** Accounts and fields that differ, and calls that could not be folded. */
  readonly openIncidentCount: bigint;
}

export async function reconciliationStatus(client: StoreClient): Promise<ReconciliationStatus> {
  const { openIncidentCount, firstFromSlot } = await oneRow<{ openIncidentCount: bigint; firstFromSlot: Slot }>(
    client,
    'SELECT count() AS openIncidentCount, min(from_slot) AS firstFromSlot FROM open_reconciliation_incidents',
  );
  const compared = (await cursor(client, 'reconciled'))?.slot ?? null;
  const reconciledThroughSlot = openIncidentCount > 0n ? firstFromSlot : compared;
  return { reconciledThroughSlot, comparedThroughSlot: compared, openIncidentCount };
}
