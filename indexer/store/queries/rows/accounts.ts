/**
 * Account states of the chain as of a slot.
 * @module
 */
import type { Slot, UnixSeconds } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow, oneRow, rows } from '../../rows.ts';
import { fewRows } from './few-rows.ts';

export interface AccountRow {
  readonly publicKey: Uint8Array;
  /** Owner; the system program once the account is closed. */
  readonly program: Uint8Array;
  /** Account type of the IDL; empty when closed or not decoded. */
  readonly name: string;
  readonly lamports: bigint;
  /** Canonical JSON, see `indexer/decode/canonical-json.ts`. */
  readonly fields: string;
  readonly data: Uint8Array;
  /** Slot in which the state was written. */
  readonly slot: Slot;
  /** Unix seconds; -1 where the chain gave none. */
  readonly blockTime: UnixSeconds;
}

const columns = `public_key AS publicKey, program, name, lamports, fields, data, slot, block_time AS blockTime`;
const bytesColumns = ['data'];
/** All states up to a slot of accounts that were of a type at some time. */
const ofType = `slot <= {slot:UInt64} AND public_key > unhex({afterKey:String}) AND public_key IN (
    SELECT public_key FROM accounts
    WHERE slot <= {slot:UInt64} AND program = unhex({program:String}) AND name = {name:String})`;
const ofKey = 'public_key = unhex({publicKey:String}) AND slot <= {slot:UInt64}';

/** Living accounts of one type as they were after `slot`, by public key bytes, at most `limit` after `afterKey`. */
export function accountsAsOf(
  client: StoreClient,
  question: { program: Uint8Array; name: string; slot: Slot; limit: number; afterKey?: Uint8Array },
): Promise<AccountRow[]> {
  return rows<AccountRow>(
    client,
    // An account may have been closed, and even opened again as another type: its latest state decides, whatever it is.
    `SELECT * FROM (
  SELECT ${columns} FROM ${fewRows('accounts', ofType)} WHERE ${ofType}
  ORDER BY public_key, slot DESC, bank DESC LIMIT 1 BY public_key
) WHERE lamports > 0 AND program = unhex({program:String}) AND name = {name:String}
ORDER BY publicKey LIMIT {limit:UInt32}`,
    { ...question, afterKey: question.afterKey ?? new Uint8Array(0) },
    { bytesColumns },
  );
}

/** Latest state of one account as of a slot, closed or not; `null` when it was never seen until then. */
export function accountAsOf(client: StoreClient, publicKey: Uint8Array, slot: Slot): Promise<AccountRow | null> {
  return firstRow<AccountRow>(
    client,
    `SELECT ${columns} FROM ${fewRows('accounts', ofKey)}
WHERE ${ofKey} ORDER BY slot DESC, bank DESC LIMIT 1`,
    { publicKey, slot },
    { bytesColumns },
  );
}

export interface PoolTokens {
  readonly poolCount: bigint;
  readonly staked: bigint;
  readonly unstaking: bigint;
}

/** How many operator pools there are after a slot, and the INT in their vaults, as their states count it. */
export function poolTokens(client: StoreClient, staking: Uint8Array, slot: Slot): Promise<PoolTokens> {
  const ofPools = `slot <= {slot:UInt64} AND public_key IN (
    SELECT public_key FROM accounts WHERE slot <= {slot:UInt64} AND name = 'OperatorPool' AND program = toFixedString(unhex({staking:String}), 32))`;
  const field = (name: string) => `sum(toUInt128(JSONExtractString(state, '${name}')))`;
  return oneRow<PoolTokens>(
    client,
    `SELECT count() AS poolCount, ${field('total_staked_amount')} AS staked, ${field('total_unstaking')} AS unstaking FROM (
  SELECT argMax(fields, (slot, bank)) AS state FROM ${fewRows('accounts', ofPools)} WHERE ${ofPools}
  GROUP BY public_key HAVING argMax(lamports, (slot, bank)) > 0 AND argMax(name, (slot, bank)) = 'OperatorPool')`,
    { staking, slot },
  );
}
