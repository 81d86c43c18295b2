/**
 * Connections to the Redis of the queues: one try at the start, for ever later on.
 * @module
 */
import { Redis } from 'ioredis';
import { messageOf, UpstreamError } from '../indexer/domain/errors.ts';
import { shownUrl } from '../indexer/domain/shown-url.ts';

const START_TIMEOUT_MS = 3_000;
const MAX_RETRY_MS = 2_000;

/** What BullMQ's connections are made with: they wait for Redis however long it is away. */
export function queueConnection(url: string) {
  return {
    url,
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(100 * attempt, MAX_RETRY_MS),
  };
}

/** @throws UpstreamError `JOBS__REDIS_UNREACHABLE` when Redis does not answer now */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: START_TIMEOUT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  let reason: unknown;
  redis.on('error', (error) => {
    reason = error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new UpstreamError(
      'JOBS__REDIS_UNREACHABLE',
      `Redis at ${shownUrl(url)} does not answer: ${messageOf(reason ?? error)}. Start it or set REDIS_URL`,
      {},
      error,
    );
  } finally {
    redis.disconnect();
  }
}

/** A connection that only tells, by its events `ready` and `close`, whether Redis is there. */
export function watchRedis(url: string): Redis {
  const { retryStrategy } = queueConnection(url);
  const redis = new Redis(url, { retryStrategy, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  return redis;
}
