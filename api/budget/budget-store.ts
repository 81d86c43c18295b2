/**
 * Budgets of points in Redis, by a token bucket: a bucket holds at most `capacity` points, fills at a steady rate, and an
 * operation takes its cost out or is refused. One script does both, by Redis' own clock, so that any number of API processes
 * share one budget. Without Redis everything is admitted, and the metrics say so.
 * @module
 */
import { Redis } from 'ioredis';

export interface Budget {
  /** Most points that a bucket holds. */
  readonly capacity: number;
  readonly refillPerSecond: number;
}

export interface Taken {
  readonly isAllowed: boolean;
  /** Whole points left. */
  readonly remaining: number;
  /** Until the bucket holds enough, where it was refused. */
  readonly retryAfterSeconds: number;
}

export interface BudgetStore {
  /** `null` when Redis does not answer in time. */
  take(bucket: string, points: number, budget: Budget): Promise<Taken | null>;
  isUp(): boolean;
  close(): void;
}

/** Points are kept in thousandths: a refill between two requests is a fraction. */
const script = `
local now = redis.call('TIME')
local micros = now[1] * 1000000 + now[2]
local capacity, rate, cost = tonumber(ARGV[1]) * 1000, tonumber(ARGV[2]), tonumber(ARGV[3]) * 1000
local kept = redis.call('HMGET', KEYS[1], 'points', 'at')
local points = tonumber(kept[1]) or capacity
local elapsed = math.max(0, micros - (tonumber(kept[2]) or micros))
points = math.min(capacity, points + elapsed * rate / 1000)
local allowed = points >= cost
if allowed then points = points - cost end
redis.call('HSET', KEYS[1], 'points', string.format('%.0f', points), 'at', string.format('%.0f', micros))
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / rate) + 1000)
return { allowed and 1 or 0, math.floor(points / 1000), allowed and 0 or math.ceil((cost - points) / 1000 / rate) }
`;

const PREFIX = 'plumbline:api:budget:';
/** An answer is not held up for longer by a Redis that is slow. */
const PATIENCE_MS = 100;
const MAX_RETRY_MS = 2_000;

/** @param patienceMs for which Redis is waited for; then an operation is admitted unchecked */
export function createBudgetStore(url: string, patienceMs = PATIENCE_MS): BudgetStore {
  const redis = new Redis(url, {
    lazyConnect: false,
    enableOfflineQueue: false,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * attempt, MAX_RETRY_MS),
  });
  redis.on('error', () => undefined);
  redis.defineCommand('takePoints', { numberOfKeys: 1, lua: script });
  const command = redis as Redis & {
    takePoints(key: string, capacity: number, rate: number, cost: number): Promise<[number, number, number]>;
  };
  return {
    async take(bucket, points, { capacity, refillPerSecond }) {
      try {
        const [allowed, remaining, retryAfterSeconds] = await command.takePoints(
          PREFIX + bucket,
          capacity,
          refillPerSecond,
          points,
        );
        return { isAllowed: allowed === 1, remaining, retryAfterSeconds };
      } catch {
        return null;
      }
    },
    isUp: () => redis.status === 'ready',
    close: () => redis.disconnect(),
  };
}
