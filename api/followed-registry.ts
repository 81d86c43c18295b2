/**
 * The layouts that the API reads stored bytes by: those of Plumbline's own programs and every IDL that was added, also
 * while the process runs.
 * @module
 */
import type { Registry } from '../indexer/decode/registry.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { recordedRegistry } from '../indexer/program-registry.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { addedIdlCount } from '../indexer/store/queries/rows/idls.ts';

export class FollowedRegistry {
  #registry: Registry;
  #revision = 0;

  /** @param own what is known before the database was looked at */
  constructor(
    own: Registry,
    private readonly settings: Settings,
    private readonly store: StoreClient,
  ) {
    this.#registry = own;
  }

  get registry(): Registry {
    return this.#registry;
  }

  /** Takes up what was added since the last look. @throws errors of the store, InputError with the codes of `buildRegistry` */
  async look(): Promise<void> {
    if ((await addedIdlCount(this.store)) === this.#revision) return;
    // Questions about the own programs are answered whether or not they are followed here.
    const recorded = await recordedRegistry({ ...this.settings, OWN_PROGRAMS: 'true' }, this.store);
    this.#registry = recorded.registry;
    this.#revision = recorded.revision;
  }
}
