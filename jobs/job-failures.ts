/**
 * Which jobs fail for good, written down where the API can tell of it without Redis: when a job begins to, for another
 * reason, again as often as before, or works again. Said in our own words: what is unforeseen is in the log alone.
 * @module
 */
import type { Logger } from 'pino';
import { messageOf, PlumblineError } from '../indexer/domain/errors.ts';
import type { StoreClient } from '../indexer/store/clickhouse-client.ts';
import { insertJobFailures, type JobFailureRow, openJobFailures } from '../indexer/store/queries/rows/job-failures.ts';

interface Open extends Omit<JobFailureRow, 'recordedAt'> {
  /** Whether the store has heard of the code, and how many failures it was told. */
  readonly writtenCode: string;
  readonly writtenCount: number;
}

export class JobFailures {
  readonly #store: StoreClient;
  readonly #nowMicros: () => bigint;
  readonly #log: Logger;
  readonly #open = new Map<string, Open>();
  #isLoaded = false;
  /** One change behind the other, so that none is written over by an older one. */
  #turn: Promise<void> = Promise.resolve();

  constructor(store: StoreClient, nowMicros: () => bigint, log: Logger) {
    this.#store = store;
    this.#nowMicros = nowMicros;
    this.#log = log;
  }

  get failingCount(): number {
    return this.#open.size;
  }

  /** Of a failure after which the job is not tried again until its next time. */
  failed(job: string, error: unknown): Promise<void> {
    return this.#inTurn(async () => {
      const known = this.#open.get(job);
      const failureCount = (known?.failureCount ?? 0) + 1;
      const { writtenCode = '', writtenCount = 0 } = known ?? {};
      const since = known?.since ?? this.#nowMicros();
      const open = { job, since, failureCount, ...inOurWords(error), writtenCode, writtenCount };
      this.#open.set(job, open);
      if (open.code === writtenCode && failureCount < 2 * writtenCount) return;
      await this.#write(open);
      this.#open.set(job, { ...open, writtenCode: open.code, writtenCount: failureCount });
    });
  }

  worked(job: string): Promise<void> {
    // Nearly always there is nothing to say.
    if (this.#isLoaded && !this.#open.has(job)) return Promise.resolve();
    return this.#inTurn(async () => {
      const known = this.#open.get(job);
      if (known === undefined) return;
      await this.#write({ job, since: known.since, failureCount: 0, code: '', message: '' });
      this.#open.delete(job);
    });
  }

  async #write(row: Omit<JobFailureRow, 'recordedAt'>): Promise<void> {
    const { job, since, failureCount, code, message } = row;
    await insertJobFailures(this.#store, [{ job, since, failureCount, code, message, recordedAt: this.#nowMicros() }]);
  }

  /** A store that does not answer is told with the next change. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(async () => {
      try {
        await this.#load();
        await change();
      } catch (error) {
        this.#log.debug({ error: messageOf(error) }, 'a failure of a job could not be written down');
      }
    });
    this.#turn = turn;
    return turn;
  }

  /** What an earlier process wrote stands until the job works here. */
  async #load(): Promise<void> {
    if (this.#isLoaded) return;
    for (const { recordedAt: _, ...row } of await openJobFailures(this.#store))
      this.#open.set(row.job, { ...row, writtenCode: row.code, writtenCount: row.failureCount });
    this.#isLoaded = true;
  }
}

function inOurWords(error: unknown): Pick<JobFailureRow, 'code' | 'message'> {
  const known = [error, error instanceof Error ? error.cause : null].find((each) => each instanceof PlumblineError);
  if (known !== undefined) return { code: known.code, message: known.message };
  return { code: 'JOBS__UNEXPECTED', message: 'Something unforeseen: the log of the worker has it' };
}
