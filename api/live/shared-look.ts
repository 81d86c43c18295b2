/**
 * One look at the record that all subscribers of a process share: repeated while anybody listens, with a signal when it
 * has found something else.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';

export class SharedLook<Found> {
  #found: Found | null = null;
  #text = '';
  #version = 0;
  #listenerCount = 0;
  #looking: Promise<void> | null = null;
  readonly #waiting = new Set<() => void>();

  /**
   * @param look what is looked at
   * @param textOf the same text for what is the same
   * @param onError told of a look that failed; listeners wait for the next
   */
  constructor(
    private readonly look: () => Promise<Found>,
    private readonly textOf: (found: Found) => string,
    private readonly everyMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** What was found last; known from `join` on. */
  get found(): Found | null {
    return this.#found;
  }

  /** Grows with each look that found something else. */
  get version(): number {
    return this.#version;
  }

  get listenerCount(): number {
    return this.#listenerCount;
  }

  /** Looks go on until as many have left as have come. @throws what `look` throws when it is the first */
  async join(): Promise<void> {
    this.#listenerCount++;
    if (this.#looking !== null) return;
    try {
      await this.#lookOnce();
    } catch (error) {
      this.#listenerCount--;
      throw error;
    }
    this.#looking ??= this.#keepLooking();
  }

  leave(): void {
    this.#listenerCount--;
  }

  /** Resolves when the version is no longer `seen`, or `signal` is aborted. */
  async changed(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.#waiting.add(done);
    });
  }

  async #keepLooking(): Promise<void> {
    while (this.#listenerCount > 0) {
      await sleep(this.everyMs);
      await this.#lookOnce().catch(this.onError);
    }
    this.#looking = null;
  }

  async #lookOnce(): Promise<void> {
    const found = await this.look();
    const text = this.textOf(found);
    if (this.#found !== null && text === this.#text) return;
    this.#text = text;
    this.#found = found;
    this.#version++;
    for (const wake of [...this.#waiting]) wake();
  }
}
