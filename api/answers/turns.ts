/**
 * Whose operation is run next: a few at a time, callers in rotation, those of one caller in their order. Whoever would wait
 * too long, or behind too many, is told so at once.
 * @module
 */
import { GraphQLError } from 'graphql';
import type { ApiMetrics } from '../metrics.ts';

/** What a caller is told who may ask again after this. */
export const RETRY_AFTER_SECONDS = 2;

export interface TurnLimits {
  /** Operations that are run side by side. */
  readonly atOnce: number;
  /** The longest wait for a turn. */
  readonly mostWaitMs: number;
  /** Operations of one caller that may wait. */
  readonly mostOfCaller: number;
  /** Operations that may wait in all. */
  readonly most: number;
}

/** Something that is to be done once. It may wait for several callers, and is then begun at the first turn of any. */
interface Turn {
  readonly begin: () => void;
  readonly refuse: (reason: GraphQLError) => void;
  readonly enteredMs: number;
  readonly timer: NodeJS.Timeout;
}

/** A place among those who wait, or a turn that has begun. */
export interface Place {
  /** Another caller waits for the same. */
  share(caller: string): void;
  /** Nobody waits for it any more: it is not begun. */
  leave(): void;
}

export class Turns {
  readonly #limits: TurnLimits;
  readonly #metrics: Pick<ApiMetrics, 'countTurn' | 'countWaiting'>;
  /** Of those who wait, in the order in which their callers come next. */
  #lines = new Map<string, Set<Turn>>();
  /** In the order of entering. */
  #waiting = new Set<Turn>();
  #runningCount = 0;

  constructor(limits: TurnLimits, metrics: Pick<ApiMetrics, 'countTurn' | 'countWaiting'>) {
    this.#limits = limits;
    this.#metrics = metrics;
  }

  /** How long the one has waited that has waited longest. */
  get longestWaitMs(): number {
    for (const { enteredMs } of this.#waiting) return performance.now() - enteredMs;
    return 0;
  }

  /**
   * Has `work` done when its turn comes, at once if there is room.
   * @param refuse is told `API__BUSY` instead where it waits for too long or too many wait
   */
  enter(caller: string, work: () => Promise<unknown>, refuse: (reason: GraphQLError) => void): Place {
    const begin = () => {
      this.#runningCount++;
      void work().finally(() => {
        this.#runningCount--;
        this.#next();
      });
    };
    const noPlace: Place = { share: () => undefined, leave: () => undefined };
    if (this.#runningCount < this.#limits.atOnce) {
      this.#metrics.countTurn(0);
      begin();
      return noPlace;
    }
    const isFull = this.#waiting.size >= this.#limits.most;
    if (isFull || (this.#lines.get(caller)?.size ?? 0) >= this.#limits.mostOfCaller) {
      refuse(busy('As many operations wait as may'));
      return noPlace;
    }
    const expire = () => {
      this.#take(turn);
      refuse(busy(`No turn came within ${this.#limits.mostWaitMs / 1_000} s`));
    };
    const enteredMs = performance.now();
    const turn: Turn = { begin, refuse, enteredMs, timer: setTimeout(expire, this.#limits.mostWaitMs) };
    this.#waiting.add(turn);
    this.#metrics.countWaiting(1);
    this.#line(caller).add(turn);
    return {
      share: (another) => {
        if (this.#waiting.has(turn)) this.#line(another).add(turn);
      },
      leave: () => this.#take(turn),
    };
  }

  #line(caller: string): Set<Turn> {
    const line = this.#lines.get(caller) ?? new Set();
    this.#lines.set(caller, line);
    return line;
  }

  #take(turn: Turn): void {
    clearTimeout(turn.timer);
    if (this.#waiting.delete(turn)) this.#metrics.countWaiting(-1);
    for (const [caller, line] of this.#lines) {
      if (line.delete(turn) && line.size === 0) this.#lines.delete(caller);
    }
  }

  #next(): void {
    if (this.#runningCount >= this.#limits.atOnce) return;
    for (const [caller, line] of this.#lines) {
      const [turn] = line;
      if (turn === undefined) continue;
      this.#take(turn);
      // The others come before this caller comes again.
      this.#lines.delete(caller);
      if (line.size > 0) this.#lines.set(caller, line);
      this.#metrics.countTurn(performance.now() - turn.enteredMs);
      turn.begin();
      return;
    }
  }
}

/** What is done in its turn. @throws GraphQLError `API__BUSY` */
export function inTurn<T>(turns: Turns, caller: string, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    turns.enter(caller, () => work().then(resolve, reject), reject);
  });
}

/** @param reason a sentence without its stop */
export function busy(reason: string): GraphQLError {
  const http = { status: 503, headers: { 'Retry-After': String(RETRY_AFTER_SECONDS) } };
  return new GraphQLError(`${reason}: ask again in ${RETRY_AFTER_SECONDS} s`, {
    extensions: { code: 'API__BUSY', http, retryAfterSeconds: RETRY_AFTER_SECONDS },
  });
}
