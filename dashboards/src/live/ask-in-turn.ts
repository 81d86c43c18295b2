/**
 * Questions that are asked one after the other, and each again: when the head has moved, when its answer was none of the
 * newest state, and when there was none. All that the page shows is asked for in this way, so that one rule holds for it.
 * @module
 */
import { noteAged } from './aged.ts';
import { ask, RefusedError } from './ask.ts';
import type { Variables } from './document.ts';
import { type Live, NOTHING } from './live.ts';

const EVERY_MS = 1_500;
const AGAIN_MS = 250;
/** Until an API that is busy is asked again. */
const RESPITE_MS = 4_000;
/** Stands for a slot that no head has: an aged answer is asked for again, also where no block comes after it. */
const AGED = 'aged';
const BUSY_CODES = new Set([
  ...['API__UNAVAILABLE', 'API__BUSY', 'API__RATE_LIMITED', 'API__INTERNAL', 'API__RPC_UNAVAILABLE'],
  'STORE__QUERY_TOO_LARGE',
]);

export interface Pace {
  /** What does not change (as of a slot, say) is asked until it is answered of now, once. */
  readonly isFixed?: boolean;
  /** Least time until an answer of now is asked for again. */
  readonly everyMs?: number;
  /** How long an answer is waited for. */
  readonly patienceMs?: number;
}

/** Where the head is, and whether the reader wants to know of it. */
export type HeadNow = () => { readonly slot: string | null; readonly isPaused: boolean };

/** One of the questions, and how far it is. */
interface Asked {
  readonly variables: Variables;
  /** Slot of the head when it was answered; `undefined` before. */
  answeredAt: string | null | undefined;
  lastAskedMs: number;
  pauseMs: number;
}

/** @param settle is told what became of the question at a place @returns ends it */
export function askInTurn<T>(
  query: string,
  each: readonly Variables[],
  { isFixed = false, everyMs = EVERY_MS, patienceMs }: Pace,
  headNow: HeadNow,
  settle: (place: number, next: Live<T>) => void,
): () => void {
  const questions = each.map(
    (variables): Asked => ({
      ...{ variables, answeredAt: undefined, lastAskedMs: 0, pauseMs: EVERY_MS },
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const round = async () => {
    for (const [place, question] of questions.entries()) {
      if (!isDue(question, isFixed, headNow())) continue;
      question.lastAskedMs = Date.now();
      const { slot } = headNow();
      const next = await attempt<T>(query, question.variables, patienceMs);
      if (isOver) return;
      const isAged = next.answer?.isAged === true;
      question.pauseMs = next.isBusy ? RESPITE_MS : next.answer === null || isAged ? EVERY_MS : everyMs;
      if (next.answer !== null || next.refusal !== null) question.answeredAt = isAged ? AGED : slot;
      if (next.answer !== null) noteAged(question, isAged);
      settle(place, next);
    }
    timer = setTimeout(round, AGAIN_MS);
  };
  void round();
  return () => {
    isOver = true;
    clearTimeout(timer);
    for (const question of questions) noteAged(question, false);
  };
}

function isDue({ answeredAt, lastAskedMs, pauseMs }: Asked, isFixed: boolean, head: ReturnType<HeadNow>): boolean {
  if (Date.now() - lastAskedMs < pauseMs || document.hidden) return false;
  if (answeredAt === undefined) return true;
  const isSettled = answeredAt !== AGED && (isFixed || answeredAt === head.slot);
  return !isSettled && !head.isPaused;
}

/** An answer, or why there is none. */
export async function attempt<T>(query: string, variables: Variables, patienceMs?: number): Promise<Live<T>> {
  try {
    return { ...NOTHING, answer: await ask<T>(query, variables, patienceMs), isCurrent: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isTold = error instanceof RefusedError;
    const isBusy = isTold && BUSY_CODES.has(error.code);
    const told = { refusal: isTold && !isBusy ? message : null, code: isTold ? error.code : '' };
    return { ...NOTHING, ...told, failure: message, isBusy, isCurrent: true };
  }
}
