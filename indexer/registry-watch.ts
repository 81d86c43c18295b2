/**
 * The stage that keeps the registry's promise: what was kept undecoded is decoded by the registry in use, and a registry
 * that has grown in the database ends the run, so that the next one follows with it.
 * @module
 */
import { PlumblineError } from './domain/errors.ts';
import type { PipelineLog } from './pipeline/pipeline.ts';
import { DEFAULT_BACKOFF, delayMs, isNotOurs, pause } from './pipeline/retry.ts';
import type { IndexerStatus } from './pipeline/status.ts';
import type { RecordedRegistry } from './program-registry.ts';
import { redecodeKept } from './redecode-kept.ts';
import type { StoreClient } from './store/clickhouse-client.ts';
import { addedIdlCount } from './store/queries/idls.ts';

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
  const { client, recorded, log, signal, pollMs = POLL_MS } = options;
  let isSettled = false;
  for (let failureCount = 0; !signal.aborted; ) {
    try {
      if (!isSettled) await settle(options);
      isSettled = true;
      if ((await addedIdlCount(client)) > recorded.revision) {
        log.info({ revision: recorded.revision }, 'the registry has grown: following with the new one');
        return;
      }
      failureCount = 0;
      await pause(pollMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof PlumblineError && isNotOurs(error))) throw error;
      failureCount += 1;
      options.status.storeRetries += 1;
      options.status.lastError = error.message;
      await pause(delayMs(DEFAULT_BACKOFF, failureCount), signal);
    }
  }
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
