/**
 * How many queries run at once, and how many wait.
 *
 * A running query holds a thread of Node's pool for all its time, so there must be fewer slots than threads
 * (`UV_THREADPOOL_SIZE`, 4 unless set): compression, large spool files and KILL need one too. Readers leave one slot
 * free, so that a slow download cannot hold up the writer.
 * @module
 */
import { EngineError } from './engine-error.ts';

export interface QuerySlot {
  /** The named pipe that this slot's results go through. */
  readonly pipePath: string;
}

interface Waiting {
  readonly isReader: boolean;
  readonly take: (slot: QuerySlot) => void;
}

export class QuerySlots {
  readonly #free: QuerySlot[];
  readonly #slotCount: number;
  readonly #waiting: Waiting[] = [];
  readonly #readerSlots = new Set<QuerySlot>();

  constructor(
    pipePaths: readonly string[],
    private readonly maxWaiting: number,
  ) {
    this.#free = pipePaths.map((pipePath) => ({ pipePath }));
    this.#slotCount = pipePaths.length;
  }

  get isIdle(): boolean {
    return this.#free.length === this.#slotCount && this.#waiting.length === 0;
  }

  /** @throws EngineError 202 when too many wait already */
  async acquire(isReader: boolean): Promise<QuerySlot> {
    if (this.#waiting.length >= this.maxWaiting) {
      const message = `Too many simultaneous queries. Running: ${this.#slotCount}, waiting: ${this.#waiting.length}`;
      throw new EngineError(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', message);
    }
    return new Promise((take) => {
      this.#waiting.push({ isReader, take });
      this.#serve();
    });
  }

  release(slot: QuerySlot): void {
    this.#readerSlots.delete(slot);
    this.#free.push(slot);
    this.#serve();
  }

  #serve(): void {
    for (;;) {
      const readersFull = this.#readerSlots.size >= Math.max(1, this.#slotCount - 1);
      const index = this.#waiting.findIndex(({ isReader }) => !isReader || !readersFull);
      const next = this.#waiting[index];
      if (next === undefined) return;
      const slot = this.#free.pop();
      if (slot === undefined) return;
      this.#waiting.splice(index, 1);
      if (next.isReader) this.#readerSlots.add(slot);
      next.take(slot);
    }
  }
}
