/**
 * Gives the event loop its turn between blocks.
 *
 * Where many blocks wait, promises alone carry one after another, and nothing that comes over a socket is heard before the
 * last of them: the store's answers, and the room it has for more rows. The store then stands still while blocks are made
 * into rows, and blocks wait while it writes.
 * @module
 */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** About one block of a busy chain; a turn costs some microseconds. */
const WORK_MS = 4;

export class LoopTurn {
  #lastMs = 0;

  /** Waits for a turn of the event loop when the last one was long ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#lastMs < WORK_MS) return;
    await nextTurn();
    this.#lastMs = performance.now();
  }
}
