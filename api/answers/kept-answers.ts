/**
 * Answers that were given already, by operation and by the state of the record they were given of: an answer is found
 * again only while nothing it could tell of has changed. Beside them, which operation a request is that came before, so
 * that it need not be read again to be answered.
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

export interface KeptAnswer {
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

export class KeptAnswers {
  /** State of the record, as of a look that begins after this is called. */
  readonly versionNow: () => Promise<string>;
  #kept = new Map<string, KeptAnswer>();
  #known = new Map<string, KnownOperation>();
  #awaited = new Map<string, { readonly isOver: Promise<void>; readonly end: () => void }>();
  #byteCount = 0;

  /** @param eventTables names of the typed ones, which may become more */
  constructor(store: StoreClient, eventTables: () => readonly string[]) {
    this.versionNow = spaced(() => recordVersion(store, eventTables()));
  }

  find(version: string, { hash }: Pick<KnownOperation, 'hash'>): KeptAnswer | undefined {
    return this.#kept.get(`${version}/${hash}`);
  }

  keep(version: string, { hash }: Pick<KnownOperation, 'hash'>, data: unknown): KeptAnswer {
    const key = `${version}/${hash}`;
    const text = JSON.stringify(data ?? null);
    const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
    const answer = { data: text, etag };
    if (text.length <= MOST_ANSWER_BYTES) {
      this.#drop(key);
      this.#kept.set(key, answer);
      this.#byteCount += text.length;
      for (const [oldest] of this.#kept) {
        if (this.#byteCount <= MOST_BYTES) break;
        this.#drop(oldest);
      }
    }
    this.#awaited.get(key)?.end();
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

  /**
   * Of many who ask the same at once one answers, and the others wait until it has.
   * @returns for the one who answers what ends the wait of the others; `null` for those who waited
   */
  async turnOf(version: string, { hash }: KnownOperation): Promise<(() => void) | null> {
    const key = `${version}/${hash}`;
    const awaited = this.#awaited.get(key);
    if (awaited !== undefined) {
      await awaited.isOver;
      return null;
    }
    let resolve = (): void => undefined;
    const isOver = new Promise<void>((done) => {
      resolve = done;
    });
    const end = () => {
      this.#awaited.delete(key);
      resolve();
    };
    this.#awaited.set(key, { isOver, end });
    return end;
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
