/**
 * Fingerprints of stretches of the chain: another one when a block of the stretch was added, mended or replaced.
 * @module
 */
import type { Slot } from '../../domain/units.ts';
import type { StoreClient } from '../clickhouse-client.ts';
import { rows } from '../rows.ts';

export interface ChunkPrint {
  readonly chunk: bigint;
  readonly print: bigint;
}

/** Of all stretches of `chunkSlots` slots below a slot; one without blocks is absent. */
export function chunkPrints(client: StoreClient, belowSlot: Slot, chunkSlots: bigint): Promise<ChunkPrint[]> {
  return rows<ChunkPrint>(
    client,
    `SELECT intDiv(slot, {chunkSlots:UInt64}) AS chunk, sum(cityHash64(slot, blockhash, generation, event_count)) AS print
FROM blocks FINAL WHERE sign = 1 AND slot < {belowSlot:UInt64} GROUP BY chunk ORDER BY chunk`,
    { belowSlot, chunkSlots },
  );
}
