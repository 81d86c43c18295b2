/**
 * A question asked again and again while the page is looked at. The last good answer stays when a later one fails.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import { type Answer, ask } from './ask.ts';

export interface Live<T> {
  /** `null` until the first answer. */
  readonly answer: Answer<T> | null;
  /** Why the last attempt failed; `null` when it did not. */
  readonly failure: string | null;
}

export function useLive<T>(query: string, everyMs: number, isPaused: boolean): Live<T> {
  const [live, setLive] = useState<Live<T>>({ answer: null, failure: null });
  useEffect(() => {
    if (isPaused) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const round = async () => {
      const next = document.hidden ? null : await attempt<T>(query);
      if (isOver) return;
      if (next !== null) setLive((last) => ({ answer: next.answer ?? last.answer, failure: next.failure }));
      timer = setTimeout(round, everyMs);
    };
    void round();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [query, everyMs, isPaused]);
  return live;
}

async function attempt<T>(query: string): Promise<Live<T>> {
  try {
    return { answer: await ask<T>(query), failure: null };
  } catch (error) {
    return { answer: null, failure: error instanceof Error ? error.message : String(error) };
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
