/**
 * A record, ready to be written: the proof that database, settings and node speak of one chain, the registry, and a table
 * for every event.
 * @module
 */
import { addConfiguredPrograms } from './configured-programs.ts';
import { checkInput } from './domain/errors.ts';
import type { Settings } from './domain/settings.ts';
import { shownUrl } from './domain/shown-url.ts';
import { type RecordedRegistry, recordedRegistry } from './program-registry.ts';
import type { ChainRpc } from './rpc/rpc-client.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { ensureEventTables } from './store/event-tables.ts';
import { claimChainIdentity } from './store/queries/chain/chain-identity.ts';

/**
 * @throws InputError `INDEXER__WRONG_GENESIS`, `STORE__WRONG_CHAIN`, `INDEXER__NO_PROGRAMS`, and the codes of
 *   `addConfiguredPrograms` and `recordedRegistry`; errors of node and store
 */
export async function openRecord(settings: Settings, client: StoreClient, rpc: ChainRpc): Promise<RecordedRegistry> {
  const genesisHash = await rpc.genesisHash();
  const wanted = settings.SOLANA_GENESIS_HASH;
  checkInput(
    wanted === '' || wanted === genesisHash,
    'INDEXER__WRONG_GENESIS',
    `${shownUrl(settings.SOLANA_RPC_URL)} is the chain ${genesisHash}, SOLANA_GENESIS_HASH wants ${wanted}: set one of them right`,
    { genesisHash, wanted },
  );
  await claimChainIdentity(client, { genesisHash, firstSlot: settings.START_SLOT });
  await addConfiguredPrograms(settings, client);
  const recorded = await recordedRegistry(settings, client);
  checkInput(
    recorded.registry.programs.length > 0,
    'INDEXER__NO_PROGRAMS',
    'There is no program to follow: set PROGRAMS, or OWN_PROGRAMS=true',
  );
  await ensureEventTables(client, recorded.registry.tables);
  return recorded;
}
