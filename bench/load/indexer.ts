/**
 * The indexer as a bench runs it: the pipeline and a store of its own database, in the process that is measured.
 * @module
 */
import { DirectEncoder } from '../../indexer/batch/direct/direct-encoder.ts';
import { decodeBlock } from '../../indexer/decode/decode-block.ts';
import type { Block } from '../../indexer/domain/chain.ts';
import { readSettings } from '../../indexer/domain/settings.ts';
import { rpcAncestry } from '../../indexer/pipeline/ancestry.ts';
import { runPipeline } from '../../indexer/pipeline/pipeline.ts';
import { type IndexerStatus, newStatus } from '../../indexer/pipeline/status.ts';
import { chainRpc } from '../../indexer/rpc/rpc-client.ts';
import { createBlockStore } from '../../indexer/store/clickhouse-block-store.ts';
import { createStoreClient, type StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { ensureEventTables } from '../../indexer/store/event-tables.ts';
import { migrate } from '../../indexer/store/migrate.ts';
import { rawTransport } from '../../indexer/stream/raw-transport.ts';
import type { StreamTransport } from '../../indexer/stream/transport.ts';
import { recordedRegistry } from './recorded-transactions.ts';

export interface BenchIndexer {
  readonly client: StoreClient;
  readonly status: IndexerStatus;
  /** Rejects when the pipeline fails. */
  readonly ended: Promise<void>;
  /** Writes what is queued. */
  stop(): Promise<void>;
}

/** A client of the bench's database, with all tables made. */
export async function openBenchDatabase(url: string): Promise<StoreClient> {
  const settings = readSettings({ CLICKHOUSE_URL: url, CLICKHOUSE_DATABASE: 'bench' });
  const client = createStoreClient(settings);
  await migrate(client, settings);
  await ensureEventTables(client, recordedRegistry().tables);
  return client;
}

/** Follows the load on `port` into the ClickHouse at `url`; a load has no gaps, so there is no RPC. */
export async function startBenchIndexer(
  url: string,
  port: number,
  around: (transport: StreamTransport) => StreamTransport = (transport) => transport,
): Promise<BenchIndexer> {
  const registry = recordedRegistry();
  const client = await openBenchDatabase(url);
  const status = newStatus();
  const stop = new AbortController();
  const direct = new DirectEncoder(registry);
  const dependencies = {
    transport: around(rawTransport({ url: `http://127.0.0.1:${port}`, xToken: '' })),
    ancestry: rpcAncestry(chainRpc('http://127.0.0.1:1'), new Set()),
    store: createBlockStore(client, registry.tables),
    decode: (block: Block) => decodeBlock(block, registry),
    prepare: (block: Block) => direct.prepare(block),
    log: {
      info: () => undefined,
      warn: (facts: object, text: string) => void process.stdout.write(`${text} ${JSON.stringify(facts)}\n`),
    },
  };
  const ended = runPipeline(dependencies, { feed: 'blocks', programs: [], startSlot: 0n }, status, stop.signal);
  return {
    ...{ client, status, ended },
    async stop() {
      stop.abort();
      await ended;
      await client.close();
    },
  };
}
