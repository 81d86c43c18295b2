/**
 * Work that one of several workers does at a time: whoever holds its name in Redis. A holder that dies, or stands still for
 * longer than a lease lasts, loses it, and the next one begins. So work is done once while nothing goes wrong, and no more
 * is proven: who must not do it twice needs more than this.
 * @module
 */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { messageOf, UpstreamError } from '../indexer/domain/errors.ts';
import { shownUrl } from '../indexer/domain/shown-url.ts';
import { QUEUE_PREFIX } from './contract.ts';
import { queueConnection } from './redis.ts';

const LEASE_MS = 60_000;
const ANSWER_MS = 5_000;

/** Both compare and act in one step: between two, the lease might end. */
const RENEW = `return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2]) or 0`;
const GIVE_BACK = `return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1]) or 0`;

export class Leases {
  readonly #redis: Redis;

  constructor(
    private readonly url: string,
    private readonly leaseMs: number = LEASE_MS,
    answerMs: number = ANSWER_MS,
  ) {
    this.#redis = new Redis(url, { ...queueConnection(url), lazyConnect: true, commandTimeout: answerMs });
    this.#redis.on('error', () => undefined);
  }

  /**
   * Does the work where nobody holds its name. It renews the lease by asking whether it is still held, and ends where it is
   * not.
   * @throws UpstreamError `JOBS__REDIS_UNREACHABLE`, and what the work throws
   */
  async whileHeld(name: string, work: (isStillHeld: () => Promise<boolean>) => Promise<void>): Promise<void> {
    const [key, holder] = [`${QUEUE_PREFIX}:lease:${name}`, randomUUID()];
    // What was given up while Redis was away may be done when it is back: such a lease ends by itself.
    const taken = await this.#asked(() => this.#redis.set(key, holder, 'PX', this.leaseMs, 'NX'));
    if (taken === null) return;
    try {
      await work(async () => (await this.#asked(() => this.#redis.eval(RENEW, 1, key, holder, this.leaseMs))) === 1);
    } finally {
      // Where Redis is away the lease ends by itself.
      await this.#redis.eval(GIVE_BACK, 1, key, holder).catch(() => undefined);
    }
  }

  close(): void {
    this.#redis.disconnect();
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const message = `Redis at ${shownUrl(this.url)} does not answer: ${messageOf(error)}`;
      throw new UpstreamError('JOBS__REDIS_UNREACHABLE', message, {}, error);
    }
  }
}
