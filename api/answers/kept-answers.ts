/**
 * The newest answer that was given to each operation, with the state of the record that it was given of: while that state
 * lasts nothing it could tell of has changed. For a while after that it is known how old the answer is. Beside them, which
 * operation a request is that came before, so that it need not be read again to be answered.
 * @module
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreClient } from '../../indexer/store/clickhouse-client.ts';
import { recordVersion } from '../../indexer/store/queries/rows/record-version.ts';

/** The longest pause between two looks at the state of the record, and how much of it each request of a look is worth. */
const MOST_PAUSE_MS = 15;
const PAUSE_PER_REQUEST_MS = 1;
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ANSWER_BYTES = 1024 * 1024;
const MOST_KNOWN_REQUESTS = 10_000;
/**
 * Of an answer that is given although the record has moved on. A page shows a head of this age as no longer live; a shorter
 * bound would have more operations run under load, and each run keeps the others waiting.
 */
export const MOST_AGE_MS = 10_000;

export interface KeptAnswer {
  /** State of the record that it is given of. */
  readonly version: string;
  /** `data` of the answer, as JSON. */
  readonly data: string;
  /** As the header has it: weak, since the cost beside the data differs. */
  readonly etag: string;
}

/** What a request asks for, whatever the state of the record. */
export interface KnownOperation {
  /** Of document, name and variables. */
  readonly hash: string;
  /** Cost. */
  readonly points: number;
}

export interface AgedAnswer {
  readonly answer: KeptAnswer;
  /** Since its state was last seen to be the newest: no less than the time since something was written that it lacks. */
  readonly ageMs: number;
}

export class KeptAnswers {
  /** State of the record, as of a look that begins after this is called. */
  readonly versionNow: () => Promise<string>;
  /** By operation, those that were given last behind the others. */
  #kept = new Map<string, KeptAnswer>();
  #known = new Map<string, KnownOperation>();
  /** When the last look began that found a state, by `performance.now()`; of states that were seen not long ago. */
  #seenMs = new Map<string, number>();
  #byteCount = 0;

  /** @param eventTables names of the typed ones, which may become more */
  constructor(store: StoreClient, eventTables: () => readonly string[]) {
    this.versionNow = spaced(async () => {
      const beganMs = performance.now();
      const version = await recordVersion(store, eventTables());
      this.#see(version, beganMs);
      return version;
    });
  }

  find(version: string, { hash }: Pick<KnownOperation, 'hash'>): KeptAnswer | undefined {
    const answer = this.#kept.get(hash);
    return answer?.version === version ? answer : undefined;
  }

  /** The newest answer to an operation, of whichever state, if it is not too old. */
  findAged({ hash }: Pick<KnownOperation, 'hash'>, mostAgeMs: number): AgedAnswer | undefined {
    const answer = this.#kept.get(hash);
    const seenMs = answer && this.#seenMs.get(answer.version);
    if (answer === undefined || seenMs === undefined) return undefined;
    const ageMs = performance.now() - seenMs;
    return ageMs <= Math.min(mostAgeMs, MOST_AGE_MS) ? { answer, ageMs } : undefined;
  }

  keep(version: string, { hash }: Pick<KnownOperation, 'hash'>, data: unknown): KeptAnswer {
    const text = JSON.stringify(data ?? null);
    const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
    const answer = { version, data: text, etag };
    this.#drop(hash);
    if (text.length <= MOST_ANSWER_BYTES) {
      this.#kept.set(hash, answer);
      this.#byteCount += text.length;
      for (const [oldest] of this.#kept) {
        if (this.#byteCount <= MOST_BYTES) break;
        this.#drop(oldest);
      }
    }
    return answer;
  }

  /** @param request name of everything in the request that decides what it asks for */
  learn(request: string, operation: KnownOperation): void {
    this.#known.delete(request);
    this.#known.set(request, operation);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN_REQUESTS && oldest !== undefined) this.#known.delete(oldest);
  }

  known(request: string): KnownOperation | undefined {
    return this.#known.get(request);
  }

  #see(version: string, beganMs: number): void {
    this.#seenMs.delete(version);
    this.#seenMs.set(version, beganMs);
    for (const [earlier, seenMs] of this.#seenMs) {
      if (beganMs - seenMs <= MOST_AGE_MS) break;
      this.#seenMs.delete(earlier);
    }
  }

  #drop(key: string): void {
    this.#byteCount -= this.#kept.get(key)?.data.length ?? 0;
    this.#kept.delete(key);
  }
}

/**
 * A look that began before the request came might miss what was written meanwhile: whoever comes during one shares the
 * next, so that no answer is behind what was written before it was asked for. The more share one, the longer is the pause
 * after it: each look costs the engine a question.
 */
function spaced(readVersion: () => Promise<string>): () => Promise<string> {
  let running: Promise<unknown> | null = null;
  let next: Promise<string> | null = null;
  let waiting = 0;
  const look = (requestCount: number): Promise<string> => {
    next = null;
    waiting = 0;
    const found = readVersion();
    const pauseMs = Math.min(MOST_PAUSE_MS, requestCount * PAUSE_PER_REQUEST_MS);
    const pause = Promise.allSettled([found, sleep(pauseMs)]).then(() => {
      if (running === pause) running = null;
    });
    running = pause;
    return found;
  };
  return () => {
    if (running === null) return look(1);
    waiting++;
    next ??= running.then(() => look(waiting));
    return next;
  };
}
