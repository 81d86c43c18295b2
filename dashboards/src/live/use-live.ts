/**
 * A question asked again while the page is looked at, when the head has moved.
 * The last good answer stays when a later one fails.
 * @module
 */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { noteAged } from './aged.ts';
import { ask, RefusedError } from './ask.ts';
import { takeEarlierAnswer, type Variables } from './document.ts';
import { HeadContext } from './head.ts';
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

/** Asked again when the head has moved. What is `isFixed` (as of a slot, say) is asked until it is answered of now, once. */
export function useAnswer<T>(query: string, variables: Variables = {}, isFixed = false): Live<T> {
  const head = useContext(HeadContext);
  const current = useRef(head);
  current.current = head;
  const [live, setLive] = useState<Live<T>>(() => earlier(query, variables));
  const key = JSON.stringify(variables);
  useEffect(() => {
    let answeredAt: string | null | undefined;
    let lastAskedMs = 0;
    let pauseMs = EVERY_MS;
    const question = {};
    setLive((last) => ({ ...NOTHING, answer: last.answer }));
    const stop = repeat(AGAIN_MS, async () => {
      const { meta, isPaused } = current.current;
      const isAnswered = answeredAt !== undefined;
      const isDue = Date.now() - lastAskedMs >= pauseMs && !document.hidden;
      const isSettled = answeredAt !== AGED && (isFixed || answeredAt === (meta?.slot ?? null));
      if (isAnswered && (isSettled || isPaused || !isDue)) return;
      if (!isAnswered && !isDue) return;
      lastAskedMs = Date.now();
      const slot = meta?.slot ?? null;
      const next = await attempt<T>(query, JSON.parse(key) as Variables);
      return () => {
        pauseMs = next.isBusy ? RESPITE_MS : EVERY_MS;
        if (next.answer !== null || next.refusal !== null) answeredAt = next.answer?.isAged ? AGED : slot;
        if (next.answer !== null) noteAged(question, next.answer.isAged === true);
        setLive((last) => ({ ...next, answer: next.answer ?? last.answer, isCurrent: next.failure === null }));
      };
    });
    return () => {
      stop();
      noteAged(question, false);
    };
  }, [query, key, isFixed]);
  return live;
}

/** Until there is an answer of now, the one that came with the document, which is none of now. */
function earlier<T>(query: string, variables: Variables): Live<T> {
  const data = takeEarlierAnswer<T>(query, variables);
  const nowMs = Date.now();
  return data === null ? NOTHING : { ...NOTHING, answer: { data, serverTimeMs: nowMs, receivedAtMs: nowMs } };
}

/** `round` says what is to be done with what it found, which is not done once the effect is over. */
function repeat(everyMs: number, round: () => Promise<(() => void) | undefined>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const next = async () => {
    const settle = await round();
    if (isOver) return;
    settle?.();
    timer = setTimeout(next, everyMs);
  };
  void next();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
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
    return { ...told, answer: null, failure: message, isBusy, isCurrent: true };
  }
}

/** Milliseconds now, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
