/**
 * The indexer process: settings in, the pipeline from the Yellowstone stream to ClickHouse out, and its status over HTTP.
 *
 *     plumbline indexer
 *
 * What is wrong at start ends it with one line; what goes wrong later is tried again for ever. SIGTERM writes what is
 * queued and ends it; so does a second one, at once.
 * @module
 */
import { type Logger, pino } from 'pino';
import { decodeBlock } from './decode/decode-block.ts';
import type { Registry } from './decode/registry.ts';
import { toBase58 } from './domain/base58.ts';
import type { Block } from './domain/chain.ts';
import { checkInput } from './domain/errors.ts';
import type { Settings } from './domain/settings.ts';
import { rpcAncestry } from './pipeline/ancestry.ts';
import { runPipeline } from './pipeline/pipeline.ts';
import { runSnapshots } from './pipeline/snapshots.ts';
import { newStatus } from './pipeline/status.ts';
import { loadProgramRegistry } from './program-registry.ts';
import { type ChainRpc, chainRpc } from './rpc/rpc-client.ts';
import { indexerStatusPage } from './status-page.ts';
import { startStatusServer } from './status-server.ts';
import { createBlockStore } from './store/clickhouse-block-store.ts';
import { createStoreClient, type StoreClient } from './store/clickhouse-client.ts';
import { ensureEventTables } from './store/event-tables.ts';
import { claimChainIdentity } from './store/queries/chain-identity.ts';
import { createSnapshotStore } from './store/snapshot-store.ts';
import { officialTransport } from './stream/official-transport.ts';
import { rawTransport } from './stream/raw-transport.ts';

/** What the process takes from outside besides its settings. */
export interface IndexerDependencies {
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Told the port of the status page once it is open. */
  readonly onListening: (port: number) => void;
}

const transports = { raw: rawTransport, official: officialTransport };

/**
 * Run until `signal` is aborted.
 * @throws InputError, UpstreamError with one line that says what to do, when it cannot start; InvariantError when chain or
 *   store contradict themselves
 */
export async function runIndexer(
  settings: Settings,
  signal: AbortSignal,
  given: Partial<IndexerDependencies> = {},
): Promise<void> {
  const log = given.log ?? pino({ name: 'indexer', level: settings.LOG_LEVEL }, pino.destination(2));
  const registry = await loadProgramRegistry(settings);
  const client = createStoreClient(settings);
  const status = newStatus();
  const page = indexerStatusPage(status, given.nowMs ?? Date.now);
  const server = await startStatusServer(page, settings.METRICS_HOST, settings.METRICS_PORT);
  given.onListening?.(server.port);
  try {
    const rpc = chainRpc(settings.SOLANA_RPC_URL);
    await prepareStore(client, registry, settings, rpc);
    const programs = registry.programs.map(({ id }) => toBase58(id));
    log.info({ feed: settings.YELLOWSTONE_FEED, transport: settings.YELLOWSTONE_TRANSPORT, programs }, 'starting');
    const decode = (block: Block) => decodeBlock(block, registry);
    const dependencies = {
      transport: transportOf(settings),
      ancestry: rpcAncestry(rpc, new Set(programs)),
      store: createBlockStore(client, registry.tables),
      ...{ decode, log },
    };
    const options = { feed: settings.YELLOWSTONE_FEED, programs, startSlot: settings.START_SLOT };
    const snapshots = { store: createSnapshotStore(client), rpc, decode, programs, status, log };
    await together(signal, [
      (until) => runPipeline(dependencies, options, status, until),
      (until) => runSnapshots({ ...snapshots, signal: until }),
    ]);
    log.info({ committedSlot: String(status.committedSlot) }, 'stopped');
  } finally {
    page.stop();
    await Promise.all([server.close(), client.close()]);
  }
}

/** Runs that end together: the first one that ends stops the others, and what it failed with is what all fail with. */
async function together(signal: AbortSignal, runs: readonly ((until: AbortSignal) => Promise<void>)[]): Promise<void> {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  const failures: unknown[] = [];
  await Promise.all(
    runs.map((run) =>
      run(until)
        .catch((error: unknown) => failures.push(error))
        .finally(() => ended.abort()),
    ),
  );
  if (failures.length > 0) throw failures[0];
}

function transportOf(settings: Settings) {
  const endpoint = { url: settings.YELLOWSTONE_ENDPOINT, xToken: settings.YELLOWSTONE_X_TOKEN };
  return transports[settings.YELLOWSTONE_TRANSPORT](endpoint);
}

/** The typed tables, and the proof that database, settings and endpoint speak of one chain. */
async function prepareStore(client: StoreClient, registry: Registry, settings: Settings, rpc: ChainRpc): Promise<void> {
  await ensureEventTables(client, registry.tables);
  const genesisHash = await rpc.genesisHash();
  const wanted = settings.SOLANA_GENESIS_HASH;
  checkInput(
    wanted === '' || wanted === genesisHash,
    'INDEXER__WRONG_GENESIS',
    `${settings.SOLANA_RPC_URL} is the chain ${genesisHash}, SOLANA_GENESIS_HASH wants ${wanted}: set one of them right`,
    { genesisHash, wanted },
  );
  await claimChainIdentity(client, { genesisHash, firstSlot: settings.START_SLOT });
}
