/** Jobs that BullMQ gives up, on a real Redis, as the API tells of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError, UpstreamError } from '../../indexer/domain/errors.ts';
import { loadProgramRegistry } from '../../indexer/program-registry.ts';
import { QUEUE_PREFIX, REWARD_QUEUE } from '../../jobs/contract.ts';
import { defineJob } from '../../jobs/define-job.ts';
import { JobFailures } from '../../jobs/job-failures.ts';
import { openWorker } from '../../jobs/job-worker.ts';
import { queueConnection } from '../../jobs/redis.ts';
import { type RunningApi, startApi } from '../api/start-api.ts';
import type { RunningClickHouse } from '../clickhouse/start-clickhouse.ts';
import { startPreparedClickHouse } from '../indexer/store/prepared-clickhouse.ts';
import { openDatabase, settingsFor } from '../indexer/store/store-fixture.ts';
import { type RunningRedis, startRedis } from '../redis/start-redis.ts';

const SECOND = 1_000_000n;
const log = pino({ level: 'silent' });

let clickhouse: RunningClickHouse;
let database: Awaited<ReturnType<typeof openDatabase>>;
let redis: RunningRedis;
let api: RunningApi;
let queue: Queue;

beforeAll(async () => {
  [clickhouse, redis] = await Promise.all([startPreparedClickHouse('small'), startRedis()]);
  database = await openDatabase(clickhouse.url);
  const registry = await loadProgramRegistry(settingsFor(clickhouse.url, database.client.database));
  api = await startApi(database.client, registry);
  queue = new Queue(REWARD_QUEUE, { connection: queueConnection(redis.url), prefix: QUEUE_PREFIX });
}, 60_000);

afterAll(async () => {
  await queue?.close();
  await api?.stop();
  await redis?.stop();
  await database?.drop();
  await clickhouse?.stop();
}, 60_000);

/** A worker of one job, which does what it is told to; its clock goes by a second with each look. */
function workerOf(run: () => Promise<void>, startSeconds: bigint) {
  let clock = startSeconds * SECOND;
  const failures = new JobFailures(database.client, () => (clock += SECOND), log);
  const told: Promise<void>[] = [];
  const job = defineJob({ name: 'market.rates', payload: z.strictObject({}), run });
  const worker = openWorker(
    redis.url,
    [job],
    undefined,
    {
      onDone: (name) => void told.push(failures.worked(name)),
      onFailed: (name, error, isForGood) =>
        void told.push(isForGood ? failures.failed(name, error) : Promise.resolve()),
    },
    log,
  );
  /** Until so many attempts have ended. */
  const ended = async (attemptCount: number) => {
    while (told.length < attemptCount) await sleep(10);
    await Promise.all(told);
  };
  return { failures, ended, close: () => worker.close() };
}

const add = () => queue.add('market.rates', {}, { attempts: 2, backoff: { type: 'fixed', delay: 10 } });
const shown = async () => {
  const { data } = await api.ask('{ jobFailures { job code message failureCount since recordedAt } }');
  return data?.['jobFailures'];
};

it('a job that fails for good is told by the API until it works again, even to a worker of another start', async () => {
  let failure: Error | null = new UpstreamError('CHAIN__RPC', 'The node does not answer');
  const run = () => (failure === null ? Promise.resolve() : Promise.reject(failure));
  const first = workerOf(run, 1_000n);
  await add();
  await first.ended(2);
  const told = { job: 'market.rates', code: 'CHAIN__RPC', message: 'The node does not answer' };
  expect(await shown()).toEqual([{ ...told, failureCount: 1, since: '1001', recordedAt: '1002' }]);
  expect(first.failures.failingCount).toBe(1);

  // Told again when there are twice as many, not each time.
  for (let round = 0; round < 2; round += 1) await add();
  await first.ended(6);
  expect(await shown()).toEqual([{ ...told, failureCount: 2, since: '1001', recordedAt: '1003' }]);

  failure = new InputError('MARKET__BAD', 'Nothing can be made of it');
  await add();
  await first.ended(7);
  const other = { ...told, code: 'MARKET__BAD', message: 'Nothing can be made of it' };
  expect(await shown()).toEqual([{ ...other, failureCount: 4, since: '1001', recordedAt: '1004' }]);
  await first.close();

  const second = workerOf(run, 2_000n);
  failure = null;
  await add();
  await second.ended(1);
  expect(await shown()).toEqual([]);
  expect(second.failures.failingCount).toBe(0);
  await second.close();
});

it('a job that succeeds before it is given up was never in the list, and what is unforeseen shows no secret', async () => {
  let attempt = 0;
  const flaky = workerOf(async () => {
    attempt += 1;
    if (attempt === 1) throw new UpstreamError('CHAIN__RPC', 'The node does not answer');
    if (attempt > 2) throw new Error('https://node/?api-key=SECRET');
  }, 3_000n);
  await add();
  await flaky.ended(2);
  expect(await shown()).toEqual([]);
  await add();
  await flaky.ended(3);
  expect(await shown()).toMatchObject([{ code: 'JOBS__UNEXPECTED', failureCount: 1 }]);
  expect(JSON.stringify(await shown())).not.toContain('SECRET');
  await flaky.close();
});
