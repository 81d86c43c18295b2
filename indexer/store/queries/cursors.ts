/**
 * Named positions on the chain, which only move forward.
 * @module
 */
import type { Slot } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { firstRow } from '../rows.ts';

export type CursorName = 'finalized' | 'ledger' | 'reconciled' | 'transactions_checked';

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
