/**
 * The head of the ledger as it moves: told by the API over a stream, and asked for at a steady pace while there is none. Even
 * with a stream it is asked for now and then, for the server's clock and to find an API that hangs.
 * @module
 */
import { useEffect, useState } from 'preact/hooks';
import type { HeadMovesSubscription, HeadQuery } from '../queries.generated.ts';
import { attempt } from './ask-in-turn.ts';
import { openStream } from './event-stream.ts';
import { HEAD_QUERY, HEAD_SUBSCRIPTION } from './head.ts';
import { type Live, NOTHING } from './live.ts';

const EVERY_MS = 1_000;
const EVERY_STREAMED_MS = 10_000;
const PATIENCE_MS = 5_000;

export function useHead(isPaused: boolean): Live<HeadQuery> {
  const [live, setLive] = useState<Live<HeadQuery>>(NOTHING);
  const isHidden = useHidden();
  useEffect(() => {
    // A browser has few connections for each server: a page that nobody looks at holds none.
    if (isPaused || isHidden) return;
    return followHead((change) => setLive(change));
  }, [isPaused, isHidden]);
  return live;
}

/** @returns ends it */
function followHead(set: (change: (last: Live<HeadQuery>) => Live<HeadQuery>) => void): () => void {
  let isOver = false;
  let isStreamed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the server's clock against ours. */
  let offsetMs = 0;
  const round = async () => {
    clearTimeout(timer);
    const next = await attempt<HeadQuery>(HEAD_QUERY, {}, PATIENCE_MS);
    if (isOver) return;
    if (next.answer !== null) offsetMs = next.answer.serverTimeMs - next.answer.receivedAtMs;
    // What the stream has told is newer than an answer that was kept.
    const isBehind = isStreamed && next.answer?.isAged === true;
    set((last) => ({ ...next, answer: isBehind ? last.answer : (next.answer ?? last.answer) }));
    clearTimeout(timer);
    timer = setTimeout(round, isStreamed ? EVERY_STREAMED_MS : EVERY_MS);
  };
  const closeStream = openStream<HeadMovesSubscription>(HEAD_SUBSCRIPTION, () => ({}), {
    onMessage({ head }) {
      isStreamed = true;
      const receivedAtMs = Date.now();
      const answer = { data: { _meta: head }, receivedAtMs, serverTimeMs: receivedAtMs + offsetMs };
      set(() => ({ ...NOTHING, answer, isCurrent: true }));
    },
    onLost() {
      if (isStreamed) void round();
      isStreamed = false;
    },
  });
  void round();
  return () => {
    isOver = true;
    clearTimeout(timer);
    closeStream();
  };
}

function useHidden(): boolean {
  const [isHidden, setIsHidden] = useState(document.hidden);
  useEffect(() => {
    const follow = () => setIsHidden(document.hidden);
    document.addEventListener('visibilitychange', follow);
    return () => document.removeEventListener('visibilitychange', follow);
  }, []);
  return isHidden;
}
