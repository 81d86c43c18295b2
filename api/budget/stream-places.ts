/**
 * Who has answers in a process that go on, subscriptions or exports: so many in all, and so many of one caller, so that nobody
 * takes the places of everybody else.
 * @module
 */

interface MostStreams {
  readonly inAll: number;
  readonly ofOne: number;
}

export class StreamPlaces {
  readonly #counts = new Map<string, number>();
  #count = 0;

  constructor(private readonly most: MostStreams) {}

  /**
   * Takes a place until `signal` is aborted; none where it is already.
   * @param bucket of the caller
   * @returns which number was reached, in place of a place; `null` when it was given
   */
  take(bucket: string, signal: AbortSignal): number | null {
    const own = this.#counts.get(bucket) ?? 0;
    if (this.#count >= this.most.inAll) return this.most.inAll;
    if (own >= this.most.ofOne) return this.most.ofOne;
    if (signal.aborted) return null;
    this.#count += 1;
    this.#counts.set(bucket, own + 1);
    signal.addEventListener('abort', () => this.#leave(bucket), { once: true });
    return null;
  }

  #leave(bucket: string): void {
    this.#count -= 1;
    const left = (this.#counts.get(bucket) ?? 1) - 1;
    if (left > 0) this.#counts.set(bucket, left);
    else this.#counts.delete(bucket);
  }
}
