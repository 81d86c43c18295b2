/**
 * The queue between two stages: bounded by weight, so that a slow stage slows the one before it, up to the socket.
 * One consumer, which takes all that is there.
 * @module
 */
export class BoundedQueue<T> {
  #items: T[] = [];
  #weight = 0;
  #hasEnded = false;
  #wakeConsumer: (() => void) | null = null;
  readonly #waitingProducers: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Of what waits. */
  get weight(): number {
    return this.#weight;
  }

  /** Resolves once there is room. An item heavier than the limit passes when the queue is empty. */
  async push(item: T, weight: number): Promise<void> {
    while (this.#weight >= this.limit && !this.#hasEnded) await this.#room();
    if (this.#hasEnded) return;
    this.#items.push(item);
    this.#weight += weight;
    this.#notifyConsumer();
  }

  /** Everything that waits; `null` once the queue has ended and is empty. */
  async take(): Promise<readonly T[] | null> {
    while (this.#items.length === 0) {
      if (this.#hasEnded) return null;
      await new Promise<void>((resolve) => {
        this.#wakeConsumer = resolve;
      });
    }
    const items = this.#items;
    this.#items = [];
    this.#weight = 0;
    for (const wake of this.#waitingProducers.splice(0)) wake();
    return items;
  }

  /** No more items; those that wait can still be taken. */
  end(): void {
    this.#hasEnded = true;
    this.#notifyConsumer();
    for (const wake of this.#waitingProducers.splice(0)) wake();
  }

  #room(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingProducers.push(resolve);
    });
  }

  #notifyConsumer(): void {
    const wake = this.#wakeConsumer;
    this.#wakeConsumer = null;
    if (wake !== null) wake();
  }
}
