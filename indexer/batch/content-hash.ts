/**
 * The content hash of a block: SHA-256 over the RowBinary rows of transactions, events, instructions and undecoded (but
 * for accounts', which an RPC backfill does not see), each table led by its row count. The same bytes come back from
 * the database, so anyone can take the hash again from stored rows.
 * @module
 */
import { createHash } from 'node:crypto';

export interface HashedRows {
  readonly rowCount: number;
  readonly bytes: Uint8Array;
}

/** Tables in the order that they are hashed. */
export const hashedTables = ['transactions', 'events', 'instructions', 'undecoded'] as const;
export type HashedTable = (typeof hashedTables)[number];

export function contentHash(rows: Readonly<Record<HashedTable, HashedRows>>): Uint8Array {
  const hash = createHash('sha256');
  const rowCount = Buffer.alloc(4);
  for (const table of hashedTables) {
    rowCount.writeUInt32LE(rows[table].rowCount);
    hash.update(rowCount).update(rows[table].bytes);
  }
  return hash.digest();
}
