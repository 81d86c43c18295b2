/**
 * The time of the local chain: what hour it is and when the next slot ends. One clock is driven by hand (tests), one by
 * the machine's. Everything in the chain that depends on time asks one of these.
 * @module
 */

export interface SlotClock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Calls `onSlotEnd` at the end of every slot until `stop`. */
  start(onSlotEnd: () => void): void;
  stop(): void;
}

/** Moves only when told to; a slot ends with each step. */
export class ManualClock implements SlotClock {
  #nowMs: number;
  readonly #slotMs: number;
  #onSlotEnd: (() => void) | undefined;

  constructor(options: { startMs: number; slotMs: number }) {
    this.#nowMs = options.startMs;
    this.#slotMs = options.slotMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  start(onSlotEnd: () => void): void {
    this.#onSlotEnd = onSlotEnd;
  }

  stop(): void {
    this.#onSlotEnd = undefined;
  }

  /** Lets `slotCount` slots pass, each of `slotMs` unless another length is given. */
  advance(slotCount = 1, slotMs = this.#slotMs): void {
    for (let i = 0; i < slotCount; i++) {
      this.#nowMs += slotMs;
      this.#onSlotEnd?.();
    }
  }

  /** Moves the time without ending a slot. */
  moveTo(nowMs: number): void {
    this.#nowMs = nowMs;
  }
}

/** The machine's clock. A late slot end does not make the next ones early, and never bunches them up. */
export class RealClock implements SlotClock {
  readonly #slotMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { slotMs: number }) {
    this.#slotMs = options.slotMs;
  }

  nowMs(): number {
    return Date.now();
  }

  start(onSlotEnd: () => void): void {
    let dueMs = performance.now() + this.#slotMs;
    const wait = () => {
      this.#timer = setTimeout(
        () => {
          onSlotEnd();
          dueMs = Math.max(dueMs + this.#slotMs, performance.now());
          if (this.#timer !== undefined) wait();
        },
        Math.max(0, dueMs - performance.now()),
      );
    };
    wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
