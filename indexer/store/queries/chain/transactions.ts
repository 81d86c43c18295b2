/**
 * Transactions of the canonical chain: by signature, by place, and in pages from either end.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { firstRow, rows } from '../../rows.ts';
import type { SqlCondition } from '../rows/field-conditions.ts';
import { countRows, type FinalStretches } from '../rows/row-counts.ts';
import { chainCounts } from './chain-status.ts';
import { orderSql, type ReadOrder, rangeBeyond, rowsFrom, slotsOfSignature, storedRange } from './slot-walk.ts';

export interface TransactionPlace {
  readonly slot: Slot;
  readonly transactionIndex: number;
}

export interface TransactionRow extends TransactionPlace {
  readonly blockhash: Uint8Array;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
  readonly signature: Uint8Array;
  readonly feePayer: Uint8Array;
  readonly failed: number;
  /** bincode of the TransactionError; empty when it succeeded. */
  readonly error: Uint8Array;
  readonly feeLamports: bigint;
  readonly computeUnits: bigint | null;
  /** 1 where the log was cut or absent. */
  readonly logTruncated: number;
}

const columns = `slot, blockhash, block_time AS blockTime, tx_index AS transactionIndex, signature, fee_payer AS feePayer, failed,
error, fee_lamports AS feeLamports, compute_units AS computeUnits, log_truncated AS logTruncated`;
const bytesColumns = ['error'];

/** `null` when no canonical block here has it. */
export async function transactionBySignature(
  client: StoreClient,
  signature: Uint8Array,
): Promise<TransactionRow | null> {
  const range = await slotsOfSignature(client, signature);
  if (range === null) return null;
  return firstRow<TransactionRow>(
    client,
    `SELECT ${columns} FROM canonical_transactions
WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND signature = unhex({signature:String}) LIMIT 1`,
    { ...range, signature },
    { bytesColumns },
  );
}

/** Condition on the rows of some transactions, with `transactionParams`. */
export const ofTransactions = `slot IN {slots:Array(UInt64)} AND (slot, tx_index) IN (
  SELECT place.1, place.2 FROM (SELECT arrayJoin(arrayZip({slots:Array(UInt64)}, {indexes:Array(UInt32)})) AS place))`;

export function transactionParams(places: readonly TransactionPlace[]): QueryParams {
  return { slots: places.map(({ slot }) => slot), indexes: places.map(({ transactionIndex }) => transactionIndex) };
}

export interface TransactionFilter {
  readonly feePayer?: Uint8Array;
  readonly failed?: boolean;
  /** With an instruction of this program. */
  readonly program?: Uint8Array;
  /** With an instruction that names this account. */
  readonly account?: Uint8Array;
  readonly fromSlot?: Slot;
  readonly toSlot?: Slot;
}

/** Newest first, or oldest first: at most `limit` rows beyond `bound`, the last row of the page before. */
export async function transactionsPage(
  client: StoreClient,
  filter: TransactionFilter,
  limit: number,
  bound: TransactionPlace | null,
  order: ReadOrder,
): Promise<TransactionRow[]> {
  const range = rangeBeyond(await storedRange(client, filter), order, bound);
  const { sql, params } = matching(filter);
  const { direction, beyond } = orderSql(order);
  const isBeyond = bound === null ? '1' : `(slot, tx_index) ${beyond} ({boundSlot:UInt64}, {boundIndex:UInt32})`;
  const place = bound === null ? {} : { boundSlot: bound.slot, boundIndex: bound.transactionIndex };
  return rowsFrom(range, order, limit, (window, rest) =>
    rows<TransactionRow>(
      client,
      `SELECT ${columns} FROM canonical_transactions WHERE ${inWindow} AND ${sql} AND ${isBeyond}
ORDER BY slot ${direction}, tx_index ${direction} LIMIT {limit:UInt32}`,
      { ...params, ...place, ...window, limit: rest },
      { bytesColumns },
    ),
  );
}

/** How many match. What has no filter but slots is known from the blocks; whoever asks by calls bounds the slots. */
export async function countTransactions(
  client: StoreClient,
  filter: TransactionFilter,
  stretches: FinalStretches,
): Promise<bigint> {
  const range = await storedRange(client, filter);
  const { feePayer, failed, program, account } = filter;
  const isAll = [feePayer, failed, program, account].every((each) => each === undefined);
  if (isAll) return (await chainCounts(client, range.fromSlot, range.toSlot)).transactionCount;
  const transactionsOf = (chunk: bigint) => stretches.chunks.get(chunk)?.transactionCount;
  return countRows(client, 'transactions', matching(filter), range, stretches, transactionsOf);
}

const inWindow = 'slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64}';

/** What the filter says, but for slots; calls are looked for in a window of slots. */
function matching({ feePayer, failed, program, account }: TransactionFilter): SqlCondition {
  const params: Record<string, QueryParams[string]> = {};
  const parts: string[] = [];
  if (feePayer !== undefined) {
    params['feePayer'] = feePayer;
    parts.push('fee_payer = toFixedString(unhex({feePayer:String}), 32)');
  }
  if (failed !== undefined) {
    params['failed'] = Number(failed);
    parts.push('failed = {failed:UInt8}');
  }
  const called: string[] = [];
  if (program !== undefined) {
    params['program'] = program;
    called.push('program = toFixedString(unhex({program:String}), 32)');
  }
  if (account !== undefined) {
    params['account'] = account;
    called.push('has(accounts, toFixedString(unhex({account:String}), 32))');
  }
  if (called.length > 0)
    parts.push(`(slot, bank, tx_index, blockhash) IN (
    SELECT slot, bank, tx_index, blockhash FROM instructions WHERE ${inWindow} AND ${called.join(' AND ')})`);
  return { sql: parts.length === 0 ? '1' : parts.join('\n  AND '), params };
}
