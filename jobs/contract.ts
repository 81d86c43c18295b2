/**
 * Queues and payloads of the jobs. A payload is checked when it is put in and again when it is taken out, since what is
 * in Redis may come from another version. Nothing in Redis is more than a reason to look: losing all of it loses nothing.
 * @module
 */
import { z } from 'zod';

/** BullMQ's prefix of every key. */
export const QUEUE_PREFIX = 'plumbline';
export const REWARD_QUEUE = 'rewards';

/** Why the job runs; it finds out by itself what is to be done. */
export const tickPayload = z.strictObject({ reason: z.enum(['schedule', 'asked']) });

export const JOB_NAMES = {
  ...{ advance: 'rewards.advance', accrue: 'rewards.accrue' },
  ...{ candles: 'market.candles', rates: 'market.rates' },
  ...{ reconcile: 'reconcile.advance', observe: 'reconcile.observe-tokens' },
  ledger: 'ledger.advance',
  liveScores: 'reputation.live',
  authorities: 'chain.authorities',
  webhooks: 'webhooks.send',
} as const;
