/**
 * IDLs that were added to the registry, in the order they were recorded. The rule is that of sql/0004_idls.sql.
 * @module
 */
import { createHash } from 'node:crypto';
import { killable } from '../../../domain/kill-points.ts';
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { insertRows, rowTable } from '../../row-table.ts';
import { oneRow, rows } from '../../rows.ts';

export interface AddedIdl {
  /** Base58. */
  readonly program: string;
  readonly fromSlot: Slot;
  readonly prefix: string;
  /** Hex, of the content. */
  readonly sha256: string;
  /** JSON text as given. */
  readonly content: string;
}

/** The first text recorded for a program and slot holds for ever. */
export function addedIdls(client: StoreClient): Promise<AddedIdl[]> {
  return rows<AddedIdl>(
    client,
    `SELECT program, from_slot AS fromSlot, argMin(prefix, recorded_at) AS prefix, argMin(sha256, recorded_at) AS sha256,
  argMin(content, recorded_at) AS content
FROM idls GROUP BY program, from_slot ORDER BY min(recorded_at), program, from_slot`,
  );
}

/** How many there are: the revision of the registry, which only grows. */
export async function addedIdlCount(client: StoreClient): Promise<number> {
  const { found } = await oneRow<{ found: bigint }>(client, 'SELECT uniqExact(program, from_slot) AS found FROM idls');
  return Number(found);
}

export function sha256Of(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

const idlTable = rowTable('idls', {
  ...{ program: 'String', from_slot: 'UInt64', prefix: 'String', sha256: 'String', content: 'String' },
});

/** As rows, since a text of this size fits no parameter. */
export async function insertIdl(client: StoreClient, idl: Omit<AddedIdl, 'sha256'>): Promise<void> {
  const row = { ...idl, sha256: sha256Of(idl.content) };
  await killable('idl', () => insertRows(client, idlTable, [row]));
}
