/**
 * The bounded queue between a socket and the assembler. Takes messages one by one, hands updates out in batches, so that
 * a busy stream costs one promise per batch and not one per message. Tells its producer to pause and to resume.
 *
 * What waits may be bytes still: a block read early is thousands of objects that survive one garbage collection after
 * another until the stage behind has time for them.
 * @module
 */
import type { Update } from './update.ts';

export interface Valve {
  pause(): void;
  resume(): void;
}

/** An update, or how to read it when its turn comes; `null` from there for nothing of interest. */
export type QueuedUpdate = Update | (() => Update | null);

interface Queued {
  readonly update: QueuedUpdate;
  readonly sizeBytes: number;
}

/** Stands for what was taken, so that its bytes can go. */
const TAKEN: Queued = { update: () => null, sizeBytes: 0 };

/** A batch is no larger, unless it is one message: what is read together lives together. */
const BATCH_BYTES = 256 * 1024;

export class UpdateQueue implements AsyncIterable<readonly Update[]> {
  #queued: Queued[] = [];
  /** Entries before this one are taken. */
  #first = 0;
  #queuedBytes = 0;
  #isPaused = false;
  #hasEnded = false;
  #error: unknown = null;
  #wake: (() => void) | null = null;

  constructor(
    private readonly valve: Valve,
    private readonly limitBytes: number,
  ) {}

  /** Bytes that wait now. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** @param sizeBytes what the update keeps in memory, about */
  push(update: QueuedUpdate, sizeBytes: number): void {
    if (this.#hasEnded) return;
    this.#queued.push({ update, sizeBytes });
    this.#queuedBytes += sizeBytes;
    if (this.#queuedBytes > this.limitBytes && !this.#isPaused) {
      this.#isPaused = true;
      this.valve.pause();
    }
    this.#notify();
  }

  /** No more updates; with an error, iteration throws it after the updates that came before. */
  end(error: unknown = null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#error = error;
    this.#notify();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<readonly Update[]> {
    for (;;) {
      if (this.#first < this.#queued.length) {
        const updates = this.#take();
        if (updates.length > 0) yield updates;
      } else if (this.#hasEnded) break;
      else await this.#arrival();
    }
    if (this.#error !== null) throw this.#error;
  }

  #take(): readonly Update[] {
    const updates: Update[] = [];
    let batchBytes = 0;
    while (this.#first < this.#queued.length) {
      const { update, sizeBytes } = this.#queued[this.#first] as Queued;
      if (batchBytes > 0 && batchBytes + sizeBytes > BATCH_BYTES) break;
      this.#queued[this.#first] = TAKEN;
      this.#first += 1;
      batchBytes += sizeBytes;
      const read = typeof update === 'function' ? update() : update;
      if (read !== null) updates.push(read);
    }
    this.#release(batchBytes);
    return updates;
  }

  #release(bytes: number): void {
    // Moved in large steps: a queue of many small messages is not copied for every batch.
    if (this.#first === this.#queued.length || this.#first >= 1_024) {
      this.#queued = this.#queued.slice(this.#first);
      this.#first = 0;
    }
    this.#queuedBytes -= bytes;
    // Half empty, so that the socket is not stopped and started for every message.
    if (this.#isPaused && this.#queuedBytes <= this.limitBytes / 2) {
      this.#isPaused = false;
      this.valve.resume();
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = null;
    if (wake !== null) wake();
  }
}
