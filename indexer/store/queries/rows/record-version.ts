/**
 * A text that is another one whenever anything that can be seen of the database has changed. Every write makes a part with a
 * higher number; merges of parts, which change nothing, keep the highest of theirs.
 * @module
 */
import type { StoreClient } from '../../clickhouse-client.ts';
import { oneRow } from '../../rows.ts';

/** Besides the tables of events: rows of these are there for nobody before their block's mark is, which is a row of `blocks`. */
const SEEN_WITH_THEIR_BLOCK = ['transactions', 'events', 'instructions', 'token_balances'];

/** @param eventTables typed ones; several of them are written for a block, each at its time, and none is looked at */
export async function recordVersion(client: StoreClient, eventTables: readonly string[]): Promise<string> {
  const { tableCount, numbers } = await oneRow<{ tableCount: bigint; numbers: bigint }>(
    client,
    `SELECT count() AS tableCount, sum(cityHash64(table, partition_id, newest)) AS numbers FROM (
  SELECT table, partition_id, max(max_block_number) AS newest FROM system.parts
  WHERE active AND database = {database:String} AND table NOT IN {unseen:Array(String)} GROUP BY table, partition_id)`,
    { database: client.database, unseen: [...SEEN_WITH_THEIR_BLOCK, ...eventTables] },
  );
  return `${tableCount}.${numbers}`;
}
