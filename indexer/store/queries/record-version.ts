/**
 * A text that is another one whenever anything in the database has changed: every write makes a part, and so does every
 * merge of parts, which changes nothing and is taken for a change all the same.
 * @module
 */
import type { StoreClient } from '../clickhouse-client.ts';
import { oneRow } from '../rows.ts';

export async function recordVersion(client: StoreClient): Promise<string> {
  const { partCount, names } = await oneRow<{ partCount: bigint; names: bigint }>(
    client,
    `SELECT count() AS partCount, sum(cityHash64(table, name)) AS names FROM system.parts
WHERE active AND database = {database:String}`,
    { database: client.database },
  );
  return `${partCount}.${names}`;
}
