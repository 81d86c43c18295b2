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
import { DirectEncoder } from './batch/direct/direct-encoder.ts';
import { decodeBlock } from './decode/decode-block.ts';
import { toBase58 } from './domain/base58.ts';
import type { Block } from './domain/chain.ts';
import { UpstreamError } from './domain/errors.ts';
import type { Settings } from './domain/settings.ts';
import { openRecord } from './open-record.ts';
import { rpcAncestry } from './pipeline/ancestry.ts';
import { type PipelineDependencies, runPipeline } from './pipeline/pipeline.ts';
import { pause } from './pipeline/retry.ts';
import { runSnapshots } from './pipeline/snapshots.ts';
import { type IndexerStatus, newStatus } from './pipeline/status.ts';
import { runTransactionChecks } from './pipeline/transaction-checks.ts';
import type { RecordedRegistry } from './program-registry.ts';
import { runRegistry } from './registry-watch.ts';
import { type ChainRpc, chainRpc } from './rpc/rpc-client.ts';
import { indexerStatusPage } from './status-page.ts';
import { startStatusServer } from './status-server.ts';
import { createBlockStore } from './store/clickhouse-block-store.ts';
import { createStoreClient, type StoreClient } from './store/clickhouse-client.ts';
import { createSnapshotStore } from './store/snapshot-store.ts';
import { addressOf, streamEndpoints } from './stream/endpoints.ts';
import { officialTransport } from './stream/official-transport.ts';
import { rawTransport } from './stream/raw-transport.ts';
import { serverVersion } from './stream/server-version.ts';
import type { StreamEndpoint, StreamTransport } from './stream/transport.ts';

/** What the process takes from outside besides its settings. */
export interface IndexerDependencies {
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Told the port of the status page once it is open. */
  readonly onListening: (port: number) => void;
}

const transports = { raw: rawTransport, official: officialTransport };
/** Before another start, after the registry has grown and something was away. */
const RESTART_MS = 1_000;

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
  const client = createStoreClient(settings);
  const status = newStatus();
  const page = indexerStatusPage(status, given.nowMs ?? Date.now);
  const server = await startStatusServer(page, settings.METRICS_HOST, settings.METRICS_PORT);
  given.onListening?.(server.port);
  try {
    const run: IndexerRun = { settings, client, status, log, signal, rpc: chainRpc(settings.SOLANA_RPC_URL) };
    await followWith(run, await openRecord(settings, client, run.rpc));
    while (!signal.aborted) await followAgain(run);
    log.info({ committedSlot: String(status.committedSlot) }, 'stopped');
  } finally {
    page.stop();
    await Promise.all([server.close(), client.close()]);
  }
}

interface IndexerRun {
  readonly settings: Settings;
  readonly client: StoreClient;
  readonly rpc: ChainRpc;
  readonly status: IndexerStatus;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** The registry has grown: follow with the new one. What is not there now is no reason to end, as it is at the start. */
async function followAgain(run: IndexerRun): Promise<void> {
  try {
    await followWith(run, await openRecord(run.settings, run.client, run.rpc));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    run.log.warn({ code: error.code, reason: error.message }, 'not following yet');
    await pause(RESTART_MS, run.signal);
  }
}

/** Until the signal, or until the registry has grown; what was queued is written by then. */
async function followWith(run: IndexerRun, { registry, revision }: RecordedRegistry): Promise<void> {
  const { settings, client, rpc, status, log, signal } = run;
  const programs = registry.programs.map(({ id }) => toBase58(id));
  log.info(
    { feed: settings.YELLOWSTONE_FEED, transport: settings.YELLOWSTONE_TRANSPORT, programs, revision },
    'starting',
  );
  Object.assign(status, { registryRevision: revision, isConnected: false, gapsOpen: 0 });
  await learnServerVersion(run);
  const decode = (block: Block) => decodeBlock(block, registry);
  const direct = new DirectEncoder(registry);
  const dependencies = {
    ...transportsOf(settings),
    prepare: (block: Block) => direct.prepare(block),
    ancestry: rpcAncestry(rpc, new Set(programs)),
    store: createBlockStore(client, registry.tables, undefined, revision),
    ...{ decode, log },
  };
  const options = { feed: settings.YELLOWSTONE_FEED, programs, startSlot: settings.START_SLOT };
  // A filtered block is whole or not there; transactions that come one by one can be lost one by one.
  const isWanted = settings.YELLOWSTONE_FEED === 'transactions';
  const snapshots = { store: createSnapshotStore(client), rpc, decode, programs, status, log };
  await together(signal, [
    (until) => runPipeline(dependencies, options, status, until),
    (until) => runSnapshots({ ...snapshots, signal: until }),
    (until) => runTransactionChecks({ client, rpc, programs, isWanted, status, log, signal: until }),
    (until) => runRegistry({ client, recorded: { registry, revision }, status, log, signal: until }),
  ]);
}

/** What kind of servers they are belongs in the log, and is no reason not to follow them. */
async function learnServerVersion({ settings, status, log }: IndexerRun): Promise<void> {
  const endpoints = streamEndpoints(settings);
  const answers = await Promise.all(endpoints.map((endpoint) => serverVersion(endpoint)));
  for (const [index, found] of answers.entries()) {
    const address = addressOf(endpoints[index] as StreamEndpoint);
    if (found.kind === 'unknown') {
      const { reason } = found;
      log.warn({ address, reason }, 'the Yellowstone server does not tell its version (GetVersion failed)');
    } else if (!found.replaysBlocks && settings.YELLOWSTONE_FEED === 'blocks') {
      const { version } = found;
      log.warn({ address, version }, 'this server replays blocks wrongly (below 14.2.1): gaps come by RPC');
    } else log.info({ address, version: found.version }, 'Yellowstone server');
  }
  const versions = answers.map((found) => (found.kind === 'known' ? found.version : 'unknown'));
  status.serverVersion = answers.every(({ kind }) => kind === 'unknown') ? null : versions.join(', ');
}

function transportsOf(settings: Settings): Pick<PipelineDependencies, 'transport' | 'others'> {
  const [first, ...others] = streamEndpoints(settings).map(transports[settings.YELLOWSTONE_TRANSPORT]);
  return { transport: first as StreamTransport, others };
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
