/**
 * Takes jobs from BullMQ's queue, and tells what became of each.
 * @module
 */
import { type Job, UnrecoverableError, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { QUEUE_PREFIX, REWARD_QUEUE } from './contract.ts';
import type { JobDefinition } from './define-job.ts';
import { queueConnection } from './redis.ts';

/** A job that is killed with its process is taken by another after this. */
const LOCK_MS = 10_000;

interface JobListener {
  readonly onDone: (job: string) => void;
  /** @param isForGood whether it is not tried again */
  readonly onFailed: (job: string, error: Error, isForGood: boolean) => void;
}

export function openWorker<Context>(
  url: string,
  definitions: readonly JobDefinition<Context>[],
  context: Context,
  { onDone, onFailed }: JobListener,
  log: Logger,
): Worker {
  const jobs = new Map(definitions.map((job) => [job.name, job]));
  const worker = new Worker(REWARD_QUEUE, async (job) => jobs.get(job.name)?.run(job.data, context), {
    connection: queueConnection(url),
    prefix: QUEUE_PREFIX,
    concurrency: jobs.size,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
  });
  worker.on('completed', ({ name }) => onDone(name));
  const lastErrors = new Map<string, string>();
  worker.on('failed', (job, error) => {
    const name = job?.name ?? '';
    onFailed(name, error, job !== undefined && isForGood(job, error));
    // A job that fails every second for one reason says so once.
    if (lastErrors.get(name) !== error.message) log.warn({ job: name, error: error.message }, 'a job failed');
    lastErrors.set(name, error.message);
  });
  worker.on('error', (error) => log.debug({ error: error.message }, 'worker'));
  return worker;
}

function isForGood(job: Job, error: Error): boolean {
  return error instanceof UnrecoverableError || job.attemptsMade >= (job.opts.attempts ?? 1);
}
