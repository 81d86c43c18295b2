/**
 * The worker process: takes jobs from BullMQ's queue, which is ticked by job schedulers, until it is told to stop.
 *
 *     plumbline worker
 *
 * What is wrong at start ends it with one line. Redis, ClickHouse or RPC lost later are waited for; what was in Redis
 * may be gone when it comes back, and the schedulers are put in again.
 * @module
 */
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Logger, pino } from 'pino';
import { messageOf } from '../indexer/domain/errors.ts';
import type { Settings } from '../indexer/domain/settings.ts';
import { loadProgramRegistry } from '../indexer/program-registry.ts';
import { type Labelled, startStatusServer } from '../indexer/status-server.ts';
import { createStoreClient } from '../indexer/store/clickhouse-client.ts';
import { AuthorityKeeper, type ChainJobContext, chainJobs } from './chain/chain-jobs.ts';
import { JOB_NAMES, QUEUE_PREFIX, REWARD_QUEUE } from './contract.ts';
import type { JobDefinition } from './define-job.ts';
import { JobFailures } from './job-failures.ts';
import { openWorker } from './job-worker.ts';
import { Leases } from './leases.ts';
import { type LedgerJobContext, LedgerKeeper, ledgerJobs } from './ledger/ledger-job.ts';
import { type MarketJobContext, MarketKeeper, marketJobs } from './market/market-jobs.ts';
import { queueDepths } from './queue-depths.ts';
import { type ObserveJobContext, observeJobs, TokenObserver } from './reconcile/observe-tokens.ts';
import { reconciledPrograms } from './reconcile/program-folds.ts';
import { type ReconcileJobContext, Reconciler, reconcileJobs } from './reconcile/reconcile-job.ts';
import { checkRedis, queueConnection, watchRedis } from './redis.ts';
import { type LiveScoreJobContext, liveScoreJobs, liveScoreKeeper } from './reputation/live-scores.ts';
import { EpochMachine } from './rewards/epoch-machine.ts';
import { createRewardContext } from './rewards/reward-context.ts';
import { type RewardJobContext, rewardJobs } from './rewards/reward-jobs.ts';
import { workerStatusPage } from './status-page.ts';
import { readWebhookFile } from './webhooks/webhook-file.ts';
import { type WebhookJobContext, WebhookKeeper, webhookJobs } from './webhooks/webhook-job.ts';

const TICK_MS = 1_000;
const SCHEDULER_CHECK_MS = 5_000;
const ATTEMPTS = 3;
const RETRY_MS = 500;
const KEPT_FAILURES = 100;

/** What the process takes from outside besides its settings. */
export interface WorkerDependencies {
  readonly log: Logger;
  /** Told the port of the status page once the worker takes jobs. */
  readonly onListening: (port: number) => void;
}

/**
 * Run until `signal` is aborted.
 * @throws UpstreamError `JOBS__REDIS_UNREACHABLE`, InputError `STATUS__PORT_TAKEN`, `CHAIN__BAD_KEYPAIR` when it cannot start
 */
export async function runWorker(
  settings: Settings,
  signal: AbortSignal,
  given: Partial<WorkerDependencies> = {},
): Promise<void> {
  const log = given.log ?? pino({ name: 'worker', level: settings.LOG_LEVEL }, pino.destination(2));
  const endpoints = readWebhookFile(settings.WEBHOOKS_FILE);
  await checkRedis(settings.REDIS_URL);
  const store = createStoreClient(settings);
  const context = await createRewardContext(settings, store, signal);
  const machine = new EpochMachine(context);
  const market = new MarketKeeper(store, context.programs, context.nowMicros);
  const liveScores = liveScoreKeeper(store, context.programs, context.nowMicros);
  const programs = reconciledPrograms(settings).map(({ key }) => key);
  const authorities = new AuthorityKeeper(settings.SOLANA_RPC_URL, store, programs, Date.now);
  const reconciler = new Reconciler({ store, programs: reconciledPrograms(settings), signal }, log);
  const ledger = new LedgerKeeper(context, log);
  const { SOLANA_RPC_URL: rpcUrl } = settings;
  const observer = new TokenObserver({ ...context, rpcUrl, staking: context.programs.staking });
  const registry = await loadProgramRegistry(settings);
  const leases = new Leases(settings.REDIS_URL);
  const webhooks = new WebhookKeeper({ store, registry, endpoints, leases, nowMs: Date.now, log });
  const failures = new JobFailures(store, context.nowMicros, log);
  const counts: Counts = { jobsDone: 0, jobsFailed: 0, queuedJobs: null, isConnected: true, isChecking: false };
  const page = await startStatusServer(
    workerStatusPage(() => factsOf({ machine, reconciler, ledger, webhooks }, failures, counts)),
    settings.METRICS_HOST,
    settings.METRICS_PORT === 0 ? 0 : settings.METRICS_PORT + 1,
  );
  const queue = openQueue(settings.REDIS_URL, log);
  const redis = watch(settings.REDIS_URL, queue, log, counts);
  const worker = openWorker(
    settings.REDIS_URL,
    allJobs,
    { machine, market, reconciler, ledger, observer, authorities, liveScores, webhooks },
    listenerOf(failures, counts),
    log,
  );
  const keeper = setInterval(() => void keepSchedulers(queue, log, counts), SCHEDULER_CHECK_MS);
  try {
    await keepSchedulers(queue, log, counts);
    given.onListening?.(page.port);
    log.info({ authority: settings.REWARD_AUTHORITY_KEYPAIR !== '' }, 'taking jobs');
    await aborted(signal);
  } finally {
    clearInterval(keeper);
    redis.removeAllListeners('close').disconnect();
    await Promise.all([closed(worker), page.close()]);
    leases.close();
    await Promise.all([closed(queue), store.close()]);
    log.info('stopped');
  }
}

type Shown = RewardJobContext & ReconcileJobContext & LedgerJobContext & WebhookJobContext;

function factsOf(
  shown: Shown,
  { failingCount }: JobFailures,
  { jobsDone, jobsFailed, queuedJobs, isConnected }: Counts,
) {
  const { machine, reconciler, ledger, webhooks } = shown;
  const facts = { ...machine.status, ...reconciler.status, ...ledger.status, ...webhooks.status };
  return { ...facts, jobsDone, jobsFailed, queuedJobs, jobsFailing: failingCount, isConnected };
}

function listenerOf(failures: JobFailures, counts: Counts) {
  return {
    onDone(job: string) {
      counts.jobsDone += 1;
      void failures.worked(job);
    },
    onFailed(job: string, error: Error, isForGood: boolean) {
      counts.jobsFailed += 1;
      if (isForGood) void failures.failed(job, error);
    },
  };
}

interface Counts {
  jobsDone: number;
  jobsFailed: number;
  /** As last seen; `null` while Redis is away. */
  queuedJobs: readonly Labelled[] | null;
  isConnected: boolean;
  /** A check of the schedulers is under way; while Redis is away it takes long. */
  isChecking: boolean;
}

function openQueue(url: string, log: Logger): Queue {
  const queue = new Queue(REWARD_QUEUE, { connection: queueConnection(url), prefix: QUEUE_PREFIX });
  queue.on('error', (error) => log.debug({ error: error.message }, 'queue'));
  return queue;
}

/** Tells when Redis goes and comes back. */
function watch(url: string, queue: Queue, log: Logger, counts: Counts): Redis {
  const redis = watchRedis(url);
  redis.on('close', () => {
    if (counts.isConnected) log.warn('Redis is away; waiting for it');
    counts.isConnected = false;
    counts.queuedJobs = null;
  });
  redis.on('ready', () => {
    if (!counts.isConnected) log.info('Redis is back');
    counts.isConnected = true;
    void keepSchedulers(queue, log, counts);
  });
  return redis;
}

type JobContext = RewardJobContext &
  MarketJobContext &
  ReconcileJobContext &
  LedgerJobContext &
  ObserveJobContext &
  ChainJobContext &
  LiveScoreJobContext &
  WebhookJobContext;

const allJobs: readonly JobDefinition<JobContext>[] = [
  ...rewardJobs,
  ...marketJobs,
  ...liveScoreJobs,
  ...reconcileJobs,
  ...ledgerJobs,
  ...observeJobs,
  ...chainJobs,
  ...webhookJobs,
];

/** Puts the schedulers in, again where a Redis that came back empty has lost them. */
async function keepSchedulers(queue: Queue, log: Logger, counts: Counts): Promise<void> {
  if (counts.isChecking) return;
  counts.isChecking = true;
  try {
    for (const name of Object.values(JOB_NAMES)) {
      if ((await queue.getJobScheduler(name)) !== undefined) continue;
      const opts = {
        ...{ attempts: ATTEMPTS, backoff: { type: 'exponential', delay: RETRY_MS } },
        ...{ removeOnComplete: true, removeOnFail: KEPT_FAILURES },
      };
      await queue.upsertJobScheduler(name, { every: TICK_MS }, { name, data: { reason: 'schedule' }, opts });
    }
    counts.queuedJobs = await queueDepths(queue);
  } catch (error) {
    log.warn({ error: messageOf(error) }, 'the job schedulers could not be checked');
  } finally {
    counts.isChecking = false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Closing waits for Redis; a Redis that is away must not keep the process. */
const CLOSE_PATIENCE_MS = 5_000;

async function closed(each: { close(): Promise<void>; disconnect(): Promise<unknown> }): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_PATIENCE_MS);
  });
  await Promise.race([each.close().catch(() => undefined), patience]);
  clearTimeout(timer);
  await each.disconnect().catch(() => undefined);
}
