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
  readonly #delayed: { readonly frame: Uint8Array; readonly dueMs: number }[] = [];

  constructor(options: { sink: Sink; faults: Faults; maxBytes: number; onLagged: () => void }) {
    this.#sink = options.sink;
    this.#faults = options.faults;
    this.#maxBytes = options.maxBytes;
    this.#onLagged = options.onLagged;
  }

  push(frame: Uint8Array): void {
    const { grpcDelayMs } = this.#faults;
    if (grpcDelayMs === 0 && this.#delayed.length === 0) {
      this.#enqueue(frame);
      return;
    }
    this.#delayed.push({ frame, dueMs: performance.now() + grpcDelayMs });
    if (this.#delayed.length === 1) this.#waitForDelayed();
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

  /** Whatever was pushed later waits behind, also when the delay has been taken away since. */
  #waitForDelayed(): void {
    const first = this.#delayed[0];
    if (first === undefined || this.#isClosed) return;
    const waitMs = Math.max(0, first.dueMs - performance.now());
    setTimeout(() => {
      const nowMs = performance.now();
      const notDue = this.#delayed.findIndex(({ dueMs }) => dueMs > nowMs);
      const due = this.#delayed.splice(0, notDue === -1 ? this.#delayed.length : notDue);
      for (const { frame } of due) this.#enqueue(frame);
      this.#waitForDelayed();
    }, waitMs);
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
