/**
 * Named positions on the chain, which only move forward.
 * @module
 */
import type { Slot } from '../../../domain/units.ts';
import type { StoreClient } from '../../clickhouse-client.ts';
import { firstRow } from '../../rows.ts';

/** `finalized_looked`: see `restore-finalized.ts`. */
export type CursorName = 'finalized' | 'finalized_looked' | 'ledger' | 'reconciled' | 'transactions_checked';

export interface Cursor {
  readonly slot: Slot;
  readonly blockhash: Uint8Array;
}

/** `null` when it was never set. */
export function cursor(client: StoreClient, name: CursorName): Promise<Cursor | null> {
  return firstRow<Cursor>(
    client,
    'SELECT slot, blockhash FROM cursors WHERE name = {name:String} ORDER BY slot DESC LIMIT 1',
    { name },
  );
}

/** A slot below the present one changes nothing: the highest row is the cursor. */
export async function moveCursor(
  client: StoreClient,
  name: CursorName,
  slot: Slot,
  blockhash: Uint8Array,
): Promise<void> {
  await client.command(
    `INSERT INTO cursors (name, slot, blockhash)
SELECT {name:String}, {slot:UInt64}, toFixedString(unhex({blockhash:String}), 32)`,
    { name, slot, blockhash },
  );
}

/** Both in one insert: the finalized block, and down to where it was looked for contradictions before. */
export async function moveFinalized(client: StoreClient, to: Cursor, looked: Cursor | null): Promise<void> {
  const row = (name: CursorName, prefix: string) =>
    `SELECT '${name}', {${prefix}Slot:UInt64}, toFixedString(unhex({${prefix}Hash:String}), 32)`;
  const moved = [row('finalized', 'to'), ...(looked === null ? [] : [row('finalized_looked', 'looked')])];
  await client.command(`INSERT INTO cursors (name, slot, blockhash)\n${moved.join(' UNION ALL ')}`, {
    ...{ toSlot: to.slot, toHash: to.blockhash },
    ...(looked === null ? {} : { lookedSlot: looked.slot, lookedHash: looked.blockhash }),
  });
}
