import { Queue, UnrecoverableError } from 'bullmq';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError, InvariantError, UpstreamError } from '../../indexer/domain/errors.ts';
import { readSettings } from '../../indexer/domain/settings.ts';
import { startStatusServer } from '../../indexer/status-server.ts';
import { defineJob } from '../../jobs/define-job.ts';
import { runWorker } from '../../jobs/main.ts';
import { queueDepths } from '../../jobs/queue-depths.ts';
import { queueConnection } from '../../jobs/redis.ts';
import { workerStatusPage } from '../../jobs/status-page.ts';
import { startRedis } from '../redis/start-redis.ts';

describe('a job', () => {
  const failing = (error: Error) =>
    defineJob({ name: 'test', payload: z.strictObject({}), run: () => Promise.reject(error) });

  it('is tried again when something we depend on was away', async () => {
    const error = new UpstreamError('TEST__AWAY', 'away');
    await expect(failing(error).run({}, undefined)).rejects.toBe(error);
  });

  it.each([new InputError('TEST__BAD', 'bad'), new InvariantError('TEST__BROKEN', 'broken'), new Error('unforeseen')])(
    'is given up for good after %s',
    async (error) => {
      await expect(failing(error).run({}, undefined)).rejects.toThrow(UnrecoverableError);
    },
  );

  it('with a payload of another version is given up, and its function never runs', async () => {
    await expect(failing(new Error('ran')).run({ old: 1 }, undefined)).rejects.toThrow(/JOBS__BAD_PAYLOAD/);
  });
});

describe('a worker that cannot start', () => {
  const start = (environment: Record<string, string>) =>
    runWorker(readSettings({ LOG_LEVEL: 'silent', METRICS_PORT: '0', ...environment }), AbortSignal.timeout(50_000));

  it('says that Redis does not answer and what to do', async () => {
    await expect(start({ REDIS_URL: 'redis://127.0.0.1:1' })).rejects.toThrow(
      expect.objectContaining({
        code: 'JOBS__REDIS_UNREACHABLE',
        message: expect.stringMatching(/^Redis at .* REDIS_URL$/),
      }),
    );
  });

  it('says that the keypair cannot be used', async () => {
    const redis = await startRedis();
    try {
      const keypair = { REDIS_URL: redis.url, REWARD_AUTHORITY_KEYPAIR: '/nonexistent/key.json' };
      await expect(start(keypair)).rejects.toThrow(expect.objectContaining({ code: 'CHAIN__BAD_KEYPAIR' }));
    } finally {
      await redis.stop();
    }
  });
});

it('the metrics of a worker tell how many jobs wait, are being done and are put off', async () => {
  const redis = await startRedis();
  const queue = new Queue('depths', { connection: queueConnection(redis.url) });
  await queue.addBulk([1, 2, 3].map((number) => ({ name: 'now', data: { number } })));
  await queue.add('later', {}, { delay: 60_000 });
  const queuedJobs = await queueDepths(queue);
  const page = await startStatusServer(
    workerStatusPage(() => ({ isConnected: true, queuedJobs })),
    '127.0.0.1',
    0,
  );
  const text = await (await fetch(`http://127.0.0.1:${page.port}/metrics`)).text();
  expect(text.match(/^plumbline_worker_queued_jobs.*$/gm)).toEqual([
    ...['{state="waiting"} 3', '{state="active"} 0', '{state="delayed"} 1'].map(
      (rest) => `plumbline_worker_queued_jobs${rest}`,
    ),
  ]);
  await Promise.all([page.close(), queue.close()]);
  await redis.stop();
});
