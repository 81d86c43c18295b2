/**
 * The bounded queue between a socket and the assembler. Takes updates one by one, hands them out in batches, so that
 * a busy stream costs one promise per batch and not one per message. Tells its producer to pause and to resume.
 * @module
 */
import type { Update } from './update.ts';

export interface Valve {
  pause(): void;
  resume(): void;
}

export class UpdateQueue implements AsyncIterable<readonly Update[]> {
  #updates: Update[] = [];
  #queuedBytes = 0;
  #isPaused = false;
  #hasEnded = false;
  #error: unknown = null;
  #wake: (() => void) | null = null;

  constructor(
    private readonly valve: Valve,
    private readonly limitBytes: number,
  ) {}

  /** @param sizeBytes what the update keeps in memory, about */
  push(update: Update, sizeBytes: number): void {
    if (this.#hasEnded) return;
    this.#updates.push(update);
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
      if (this.#updates.length > 0) yield this.#take();
      else if (this.#hasEnded) break;
      else await this.#arrival();
    }
    if (this.#error !== null) throw this.#error;
  }

  #take(): readonly Update[] {
    const updates = this.#updates;
    this.#updates = [];
    this.#queuedBytes = 0;
    if (this.#isPaused) {
      this.#isPaused = false;
      this.valve.resume();
    }
    return updates;
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
