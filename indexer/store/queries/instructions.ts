/**
 * Decoded instructions of a slot range, and transactions by signature.
 * @module
 */
import type { Slot, UnixSeconds } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { firstRow, rows } from '../rows.ts';

export interface InstructionRow {
  readonly slot: Slot;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
  readonly transactionIndex: number;
  readonly path: readonly number[];
  readonly signature: Uint8Array;
  readonly program: Uint8Array;
  readonly name: string;
  readonly failed: number;
  /** Names of the IDL, in step with `accounts`; empty text beyond those. */
  readonly accountNames: readonly string[];
  readonly accounts: readonly Uint8Array[];
  /** Canonical JSON, see `indexer/decode/canonical-json.ts`. */
  readonly args: string;
  readonly data: Uint8Array;
}

const columns = `slot, block_time AS blockTime, tx_index AS transactionIndex, ix_path AS path, signature, program, name,
failed, account_names AS accountNames, accounts, args, data`;
const bytesColumns = ['data'];

/** Instructions of one name in a slot range, in chain order, failed ones only when asked for. */
export function instructionsByName(
  client: StoreClient,
  question: { program: Uint8Array; name: string; fromSlot: Slot; toSlot: Slot; limit: number; withFailed?: boolean },
): Promise<InstructionRow[]> {
  return rows<InstructionRow>(
    client,
    `SELECT ${columns} FROM canonical_instructions
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}
  AND program = unhex({program:String}) AND name = {name:String} AND (failed = 0 OR {withFailed:Bool})
ORDER BY slot, tx_index, ix_path LIMIT {limit:UInt32}`,
    { ...question, withFailed: question.withFailed ?? false },
    { bytesColumns },
  );
}

export interface TransactionRow {
  readonly slot: Slot;
  readonly blockTime: UnixSeconds;
  readonly transactionIndex: number;
  readonly signature: Uint8Array;
  readonly feePayer: Uint8Array;
  readonly failed: number;
  /** bincode of the TransactionError; empty when it succeeded. */
  readonly error: Uint8Array;
  readonly feeLamports: bigint;
  readonly computeUnits: bigint | null;
  readonly logTruncated: number;
}

/** `null` when no canonical block here has it. */
export async function transactionBySignature(
  client: StoreClient,
  signature: Uint8Array,
): Promise<TransactionRow | null> {
  const range = await slotsOfSignature(client, signature);
  if (range === null) return null;
  return firstRow<TransactionRow>(
    client,
    `SELECT slot, block_time AS blockTime, tx_index AS transactionIndex, signature, fee_payer AS feePayer, failed, error,
  fee_lamports AS feeLamports, compute_units AS computeUnits, log_truncated AS logTruncated
FROM canonical_transactions
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND signature = unhex({signature:String}) LIMIT 1`,
    { ...range, signature },
    { bytesColumns: ['error'] },
  );
}

/** Slots of the blocks that have a signature, canonical or not: found by the index on it, and few. */
export async function slotsOfSignature(
  client: StoreClient,
  signature: Uint8Array,
): Promise<{ fromSlot: Slot; toSlot: Slot } | null> {
  const found = await firstRow<{ fromSlot: Slot; toSlot: Slot; rowCount: bigint }>(
    client,
    `SELECT min(slot) AS fromSlot, max(slot) AS toSlot, count() AS rowCount FROM transactions
WHERE signature = unhex({signature:String})`,
    { signature },
  );
  return found === null || found.rowCount === 0n ? null : { fromSlot: found.fromSlot, toSlot: found.toSlot };
}
