/**
 * States of accounts by their keys, and the keys of accounts by one of their fields. Few keys are asked for, so the blocks
 * that count are looked up for the slots of their states alone, and not for all of history.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { rows } from '../../rows.ts';
import type { AccountRow } from './accounts.ts';

const columns = 'public_key AS publicKey, program, name, lamports, fields, data, slot, block_time AS blockTime';
const bytesColumns = ['data'];
const keysWanted = 'public_key IN (SELECT toFixedString(unhex(arrayJoin({keys:Array(String)})), 32))';

/**
 * Rows of `accounts` of the wanted keys up to a slot whose block counts. FINAL, since a state that was decoded later stands
 * there twice until the engine has merged it.
 */
const counted = `accounts FINAL LEFT SEMI JOIN (
    SELECT slot, bank, blockhash FROM blocks FINAL WHERE sign = 1 AND slot <= {slot:UInt64}
      AND slot IN (SELECT slot FROM accounts WHERE slot <= {slot:UInt64} AND ${keysWanted})
  ) AS b USING (slot, bank, blockhash)
  WHERE slot <= {slot:UInt64} AND ${keysWanted}`;

/** Keys of one question: they travel in the address of a request. */
const KEYS_AT_ONCE = 100;

/** Latest states as of a slot of accounts that live, in no order; what is closed or was never seen is left out. */
export async function accountStates(
  client: StoreClient,
  keys: readonly Uint8Array[],
  slot: Slot,
): Promise<AccountRow[]> {
  const found: AccountRow[] = [];
  for (let at = 0; at < keys.length; at += KEYS_AT_ONCE)
    found.push(
      ...(await rows<AccountRow>(
        client,
        `SELECT * FROM (SELECT ${columns} FROM ${counted}
ORDER BY public_key, slot DESC, bank DESC LIMIT 1 BY public_key) WHERE lamports > 0`,
        { keys: keys.slice(at, at + KEYS_AT_ONCE), slot },
        { bytesColumns },
      )),
    );
  return found;
}

export interface AccountChange {
  readonly slot: Slot;
  /** Unix seconds; -1 where the chain gave none. */
  readonly time: UnixSeconds;
  /** The asked fields, as canonical JSON has each. */
  readonly values: readonly string[];
}

/** When any of some fields of an account changed, and to what, oldest first; its first state is the first change. */
export function accountChanges(
  client: StoreClient,
  key: Uint8Array,
  fields: readonly (readonly string[])[],
  slot: Slot,
): Promise<AccountChange[]> {
  const paths = fields.map((path, index) => [index, path] as const);
  const extracted = paths.map(
    ([index, path]) => `JSONExtractRaw(fields, ${path.map((_, step) => `{f${index}_${step}:String}`).join(', ')})`,
  );
  const names = paths.flatMap(([index, path]) => path.map((name, step) => [`f${index}_${step}`, name] as const));
  return rows<AccountChange>(
    client,
    `SELECT slot, time, values FROM (
  SELECT slot, block_time AS time, [${extracted.join(', ')}] AS values,
    lagInFrame([${extracted.join(', ')}]) OVER (ORDER BY slot, bank ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
  FROM ${counted} AND lamports > 0
) WHERE values != before ORDER BY slot LIMIT 10000`,
    { keys: [key], slot, ...Object.fromEntries(names) },
  );
}

/** Keys of accounts of a type with a value in a field that never changes, at most `limit` after `afterKey`, by key. */
export async function keysByField(
  client: StoreClient,
  question: {
    readonly program: Uint8Array;
    readonly name: string;
    readonly field: string;
    /** As canonical JSON has it, without quotes. */
    readonly value: string;
    readonly slot: Slot;
    readonly limit: number;
    readonly afterKey?: Uint8Array;
  },
): Promise<Uint8Array[]> {
  const found = await rows<{ publicKey: Uint8Array }>(
    client,
    `SELECT DISTINCT public_key AS publicKey FROM accounts
WHERE slot <= {slot:UInt64} AND name = {name:String} AND program = toFixedString(unhex({program:String}), 32)
  AND public_key > unhex({afterKey:String}) AND JSONExtractString(fields, {field:String}) = {value:String}
ORDER BY public_key LIMIT {limit:UInt32}`,
    { ...question, afterKey: question.afterKey ?? new Uint8Array(0) },
  );
  return found.map(({ publicKey }) => publicKey);
}
