/**
 * Decoded instructions: those of one name in a slot range, of transactions, and in pages from either end.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { QueryParams, StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import { orderSql, type ReadOrder, rangeBeyond, rowsFrom, storedRange } from '../chain/slot-walk.ts';
import { ofTransactions, type TransactionPlace, transactionParams } from '../chain/transactions.ts';
import type { SqlCondition } from './field-conditions.ts';
import { countRows, type FinalStretches } from './row-counts.ts';

export interface InstructionRow {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
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

const columns = `slot, blockhash, block_time AS blockTime, tx_index AS transactionIndex, ix_path AS path, signature, program, name,
failed, account_names AS accountNames, accounts, args, data`;
const bytesColumns = ['data'];

/** Instructions of transactions, in the order in which they began. */
export function instructionsOfTransactions(
  client: StoreClient,
  places: readonly TransactionPlace[],
): Promise<InstructionRow[]> {
  return rows<InstructionRow>(
    client,
    `SELECT ${columns} FROM canonical_instructions WHERE ${ofTransactions} ORDER BY slot, tx_index, ix_path`,
    transactionParams(places),
    { bytesColumns },
  );
}

export interface InstructionFilter {
  readonly program?: Uint8Array;
  readonly name?: string;
  readonly signature?: Uint8Array;
  /** Named by it, in any role. */
  readonly account?: Uint8Array;
  readonly failed?: boolean;
  readonly fromSlot?: Slot;
  readonly toSlot?: Slot;
  /** Arguments by name, as canonical JSON has them without quotes. */
  readonly args?: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export interface InstructionKey {
  readonly slot: Slot;
  readonly transactionIndex: number;
  readonly path: readonly number[];
}

/** Newest first, or oldest first: at most `limit` rows beyond `bound`, the last row of the page before. */
export async function instructionsPage(
  client: StoreClient,
  filter: InstructionFilter,
  limit: number,
  bound: InstructionKey | null,
  order: ReadOrder,
): Promise<InstructionRow[]> {
  const range = rangeBeyond(await storedRange(client, filter), order, bound);
  const { sql, params } = matching(filter);
  const { direction, beyond } = orderSql(order);
  const boundPlace = '({boundSlot:UInt64}, {boundIndex:UInt32}, {boundPath:Array(UInt16)})';
  const isBeyond = bound === null ? '1' : `(slot, tx_index, ix_path) ${beyond} ${boundPlace}`;
  const place =
    bound === null ? {} : { boundSlot: bound.slot, boundIndex: bound.transactionIndex, boundPath: bound.path };
  return rowsFrom(range, order, limit, (window, rest) =>
    rows<InstructionRow>(
      client,
      `SELECT ${columns} FROM canonical_instructions WHERE slot BETWEEN {fromSlot:UInt64} AND {toSlot:UInt64} AND ${sql} AND ${isBeyond}
ORDER BY slot ${direction}, tx_index ${direction}, ix_path ${direction} LIMIT {limit:UInt32}`,
      { ...params, ...place, ...window, limit: rest },
      { bytesColumns },
    ),
  );
}

/** How many match. Accounts and arguments are wide: whoever asks by them bounds the slots. */
export async function countInstructions(
  client: StoreClient,
  filter: InstructionFilter,
  stretches: FinalStretches,
): Promise<bigint> {
  const range = await storedRange(client, filter);
  const instructionsOf = (chunk: bigint) => stretches.chunks.get(chunk)?.instructionCount;
  return countRows(client, 'instructions', matching(filter), range, stretches, instructionsOf);
}

/** What the filter says, but for slots. */
function matching(filter: InstructionFilter): SqlCondition {
  const { program, name, signature, account, failed, args = [] } = filter;
  const params: Record<string, QueryParams[string]> = {};
  const parts: string[] = [];
  const add = (key: string, value: QueryParams[string] | undefined, sql: string) => {
    if (value === undefined) return;
    params[key] = value;
    parts.push(sql);
  };
  add('program', program, 'program = toFixedString(unhex({program:String}), 32)');
  add('name', name, 'name = {name:String}');
  add('signature', signature, 'signature = toFixedString(unhex({signature:String}), 64)');
  add('account', account, 'has(accounts, toFixedString(unhex({account:String}), 32))');
  add('failed', failed === undefined ? undefined : Number(failed), 'failed = {failed:UInt8}');
  for (const [index, argument] of args.entries()) {
    params[`argument${index}`] = argument.name;
    params[`values${index}`] = argument.values;
    parts.push(`trim(BOTH '"' FROM JSONExtractRaw(args, {argument${index}:String})) IN {values${index}:Array(String)}`);
  }
  return { sql: parts.length === 0 ? '1' : parts.join('\n  AND '), params };
}
