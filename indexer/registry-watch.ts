/**
 * The stage that keeps the registry's promise: what was kept undecoded is decoded by the registry in use, and a registry
 * that has grown in the database ends the run, so that the next one follows with it.
 * @module
 */
import type { PipelineLog } from './pipeline/pipeline.ts';
import { polled } from './pipeline/retry.ts';
import { type IndexerStatus, noteRetry } from './pipeline/status.ts';
import type { RecordedRegistry } from './program-registry.ts';
import { redecodeKept } from './redecode-kept.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { addedIdlCount } from './store/queries/rows/idls.ts';

export interface RegistryWatchOptions {
  readonly client: StoreClient;
  readonly recorded: RecordedRegistry;
  readonly status: IndexerStatus;
  readonly log: PipelineLog;
  readonly signal: AbortSignal;
  readonly pollMs?: number;
}

const POLL_MS = 1_000;

/**
 * Until the signal, or until the registry has grown. What fails is tried again for ever.
 * @throws InvariantError of the store
 */
export async function runRegistry(options: RegistryWatchOptions): Promise<void> {
  const { client, recorded, status, log, signal, pollMs = POLL_MS } = options;
  let isSettled = false;
  const hasGrown = async () => {
    if (!isSettled) await settle(options);
    isSettled = true;
    if ((await addedIdlCount(client)) <= recorded.revision) return false;
    log.info({ revision: recorded.revision }, 'the registry has grown: following with the new one');
    return true;
  };
  await polled(hasGrown, { signal, pollMs, onFailure: (error) => noteRetry(status, error) });
}

async function settle({ client, recorded, status, log, signal }: RegistryWatchOptions): Promise<void> {
  const { blockCount, resolvedCount, refusedSlots } = await redecodeKept(client, recorded, signal);
  status.redecodedTotal += resolvedCount;
  if (blockCount > 0) log.info({ blockCount, resolvedCount }, 'payloads kept undecoded were decoded again');
  if (refusedSlots.length > 0) {
    const slots = refusedSlots.slice(0, 10).map(String);
    log.warn({ slots }, 'blocks whose stored payloads are not those of their marks: run plumbline verify blocks');
  }
}
