/**
 * Providers as they registered, and their bonds, without reading all of history each time: as `final-rows.ts` keeps them.
 * @module
 */
import { toBase58 } from '../../indexer/domain/base58.ts';
import type { InferAmount, Slot } from '../../indexer/domain/units.ts';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import {
  bondsChanged,
  providersRegistered,
  type RegisteredProvider,
} from '../../indexer/store/queries/reputation/providers.ts';
import type { FinalChunks } from './final-chunks.ts';
import { FinalRows } from './final-rows.ts';

/** A provider with what its address is told by. */
export interface KeptProvider extends RegisteredProvider {
  readonly slot: Slot;
  /** In base58. */
  readonly address: string;
}

interface KeptBond {
  readonly slot: Slot;
  readonly address: string;
  readonly bond: InferAmount;
}

export class KeptProviders {
  readonly #registered: FinalRows<KeptProvider>;
  readonly #bonds: FinalRows<KeptBond>;

  constructor(chunks: FinalChunks) {
    this.#registered = new FinalRows(chunks, async (store, bounds) =>
      (await providersRegistered(store, bounds)).map((row) => ({
        ...row,
        ...{ slot: row.registeredSlot, address: toBase58(row.provider) },
      })),
    );
    this.#bonds = new FinalRows(chunks, async (store, bounds) =>
      (await bondsChanged(store, bounds)).map(({ provider, bond, slot }) => ({
        ...{ slot, bond, address: toBase58(provider) },
      })),
    );
  }

  /** In the order of their registration. */
  registeredUpTo(slot: Slot, store: StoreClient): Promise<readonly KeptProvider[]> {
    return this.#registered.upTo(slot, store);
  }

  /** By address in base58; those that never posted any are absent. */
  async bondsUpTo(
    slot: Slot,
    addresses: ReadonlySet<string>,
    store: StoreClient,
  ): Promise<ReadonlyMap<string, InferAmount>> {
    const changes = await this.#bonds.upTo(slot, store);
    return new Map(changes.filter(({ address }) => addresses.has(address)).map(({ address, bond }) => [address, bond]));
  }
}
