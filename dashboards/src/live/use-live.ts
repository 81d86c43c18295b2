/**
 * Answers of the API as they stand now, asked for again while the page is looked at.
 * The last good answer stays when a later one fails.
 * @module
 */
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { askInTurn, type Pace } from './ask-in-turn.ts';
import { takeEarlierAnswer, type Variables } from './document.ts';
import { HeadContext } from './head.ts';
import { type Live, NOTHING } from './live.ts';

interface Following extends Pace {
  /**
   * What the answer is about; another one asks again. Without it every answer is about the same, be it of another time or
   * more of it.
   */
  readonly subject?: string;
}

interface Followed<T> {
  readonly key: string;
  readonly subject: string;
  readonly lives: readonly Live<T>[];
}

export function useAnswer<T>(query: string, variables: Variables = {}, following: Following = {}): Live<T> {
  return useAnswers<T>(query, [variables], following)[0] ?? NOTHING;
}

/** The same question with each of some variables, asked one after the other. @returns in their order */
export function useAnswers<T>(
  query: string,
  each: readonly Variables[],
  following: Following = {},
): readonly Live<T>[] {
  const { isFixed = false, subject = '' } = following;
  const head = useContext(HeadContext);
  const current = useRef(head);
  current.current = head;
  const key = JSON.stringify([query, each, isFixed, subject]);
  const [followed, setFollowed] = useState<Followed<T>>(() => ({
    ...{ key, subject },
    lives: each.map((variables) => earlier(query, variables)),
  }));
  useEffect(() => {
    setFollowed((last) => ({ key, subject, lives: waiting(last, each, subject) }));
    const headNow = () => ({ slot: current.current.meta?.slot ?? null, isPaused: current.current.isPaused });
    return askInTurn<T>(query, each, following, headNow, (place, next) => {
      setFollowed((last) => ({ ...last, lives: last.lives.with(place, settled(last.lives[place] ?? NOTHING, next)) }));
    });
  }, [key]);
  // Until the effect has run, what is there is no answer to what is asked now.
  return followed.key === key ? followed.lives : waiting(followed, each, subject);
}

/** What there is of the answers before, none of them to what is asked now. */
function waiting<T>(last: Followed<T>, each: readonly Variables[], subject: string): Live<T>[] {
  return each.map((_, place) => {
    const { answer, isOther } = last.lives[place] ?? NOTHING;
    return { ...NOTHING, answer, isOther: answer !== null && (isOther || last.subject !== subject) };
  });
}

function settled<T>(last: Live<T>, next: Live<T>): Live<T> {
  if (next.answer !== null) return next;
  return { ...next, answer: last.answer, isOther: last.isOther, isCurrent: false };
}

/** Until there is an answer of now, the one that came with the document, which is none of now. */
function earlier<T>(query: string, variables: Variables): Live<T> {
  const data = takeEarlierAnswer<T>(query, variables);
  const nowMs = Date.now();
  return data === null ? NOTHING : { ...NOTHING, answer: { data, serverTimeMs: nowMs, receivedAtMs: nowMs } };
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
