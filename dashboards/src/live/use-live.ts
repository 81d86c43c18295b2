/**
 * A question asked again while the page is looked at: the head at a steady pace, everything else when the head has moved.
 * The last good answer stays when a later one fails.
 * @module
 */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { ask, RefusedError, type Variables } from './ask.ts';
import { HeadContext } from './head.ts';
import { type Live, NOTHING } from './live.ts';

const EVERY_MS = 1_500;
const AGAIN_MS = 250;
const STEADY_PATIENCE_MS = 5_000;

/** At a steady pace, whatever the head does. */
export function useSteady<T>(query: string, everyMs: number, isPaused: boolean): Live<T> {
  const [live, setLive] = useState<Live<T>>(NOTHING);
  useEffect(() => {
    if (isPaused) return;
    return repeat(everyMs, async () => {
      if (document.hidden) return;
      const next = await attempt<T>(query, {}, STEADY_PATIENCE_MS);
      return () => setLive((last) => ({ ...next, answer: next.answer ?? last.answer }));
    });
  }, [query, everyMs, isPaused]);
  return live;
}

/** Asked again when the head has moved. What is `isFixed` (as of a slot, say) is asked until it is answered, once. */
export function useAnswer<T>(query: string, variables: Variables = {}, isFixed = false): Live<T> {
  const head = useContext(HeadContext);
  const current = useRef(head);
  current.current = head;
  const [live, setLive] = useState<Live<T>>(NOTHING);
  const key = JSON.stringify(variables);
  useEffect(() => {
    let answeredAt: string | null | undefined;
    let lastAskedMs = 0;
    setLive((last) => ({ ...last, isCurrent: false, failure: null, refusal: null }));
    return repeat(AGAIN_MS, async () => {
      const { meta, isPaused } = current.current;
      const isAnswered = answeredAt !== undefined;
      const isDue = Date.now() - lastAskedMs >= EVERY_MS && !document.hidden;
      if (isAnswered && (isFixed || isPaused || !isDue || answeredAt === (meta?.slot ?? null))) return;
      if (!isAnswered && !isDue) return;
      lastAskedMs = Date.now();
      const slot = meta?.slot ?? null;
      const next = await attempt<T>(query, JSON.parse(key) as Variables);
      return () => {
        if (next.answer !== null || next.refusal !== null) answeredAt = slot;
        setLive((last) => ({ ...next, answer: next.answer ?? last.answer, isCurrent: next.failure === null }));
      };
    });
  }, [query, key, isFixed]);
  return live;
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

async function attempt<T>(query: string, variables: Variables, patienceMs?: number): Promise<Live<T>> {
  try {
    return { answer: await ask<T>(query, variables, patienceMs), failure: null, refusal: null, isCurrent: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isRefused = error instanceof RefusedError && error.code !== 'API__UNAVAILABLE';
    return { answer: null, failure: message, refusal: isRefused ? message : null, isCurrent: true };
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
