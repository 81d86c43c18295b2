/**
 * What every resolver is given: the read-only store, the layouts of the programs' data, and the snapshot of the request.
 * @module
 */
import type { Registry } from '../indexer/decode/registry.ts';
import type { Slot } from '../indexer/domain/units.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';

export interface ApiContext {
  readonly store: StoreClient;
  readonly registry: Registry;
  readonly programs: { readonly staking: Uint8Array; readonly marketplace: Uint8Array };
  /** Last committed slot when the request came: every answer of the request is as of this slot, `null` on an empty ledger. */
  readonly snapshot: () => Promise<Slot | null>;
}
