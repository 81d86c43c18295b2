/**
 * What waits to be sent on one stream. Holds messages back while the client does not read, up to a number of bytes; then
 * the stream ends as "lagged", as on the real server.
 * @module
 */
import type { Faults } from '../faults.ts';

interface Sink {
  /** @returns false when it wants to wait for `drained` */
  write(frame: Uint8Array): boolean;
}

export class Outbox {
  readonly #sink: Sink;
  readonly #faults: Faults;
  readonly #maxBytes: number;
  readonly #onLagged: () => void;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #isBlocked = false;
  #isClosed = false;
  #delayedUntilMs = 0;

  constructor(options: { sink: Sink; faults: Faults; maxBytes: number; onLagged: () => void }) {
    this.#sink = options.sink;
    this.#faults = options.faults;
    this.#maxBytes = options.maxBytes;
    this.#onLagged = options.onLagged;
  }

  push(frame: Uint8Array): void {
    const { grpcDelayMs } = this.#faults;
    const nowMs = performance.now();
    if (grpcDelayMs === 0 && nowMs >= this.#delayedUntilMs) return this.#enqueue(frame);
    this.#delayedUntilMs = Math.max(this.#delayedUntilMs, nowMs + grpcDelayMs);
    setTimeout(() => this.#enqueue(frame), this.#delayedUntilMs - nowMs);
  }

  drained(): void {
    this.#isBlocked = false;
    const waiting = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const frame of waiting) this.#enqueue(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#queue = [];
  }

  #enqueue(frame: Uint8Array): void {
    if (this.#isClosed) return;
    if (!this.#isBlocked) {
      this.#isBlocked = !this.#sink.write(frame);
      return;
    }
    this.#queue.push(frame);
    this.#queuedBytes += frame.length;
    if (this.#queuedBytes > this.#maxBytes) {
      this.close();
      this.#onLagged();
    }
  }
}
