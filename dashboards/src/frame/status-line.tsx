/**
 * One sentence when what is shown is not the present. It changes with the state, not with the seconds, so that a screen
 * reader says it once.
 * @module
 */
import { type Freshness, STALE_AFTER_SECONDS } from '../live/freshness.ts';
import type { Live } from '../live/live.ts';
import type { HeadQuery } from '../queries.generated.ts';

/** `delayed`: the head is one of now, and something else on the page is not. */
export type Shown = Freshness | 'delayed';

export function StatusLine({ shown, live }: { shown: Shown; live: Live<HeadQuery> }) {
  const text = sentence(shown, live);
  return (
    <p class="status" role="status" data-shown={text !== ''} data-state={shown}>
      {text}
    </p>
  );
}

function sentence(shown: Shown, { answer, failure, code }: Live<HeadQuery>): string {
  if (shown === 'unreachable') {
    const why =
      code === '' ? 'The API does not answer, or cannot read the ledger.' : `The API cannot tell: ${failure}.`;
    if (answer === null) return `${why} Nothing of now can be shown until it does; still trying.`;
    return `${why} Shown is what it said at ${timeOf(answer.receivedAtMs)}; still trying.`;
  }
  if (shown === 'delayed')
    return 'The API has more to do than it can. Some of what is shown is not of the newest block; it is asked for again.';
  if (shown === 'empty') return 'The ledger is empty: no block has been recorded yet. Waiting for the first one.';
  if (shown === 'stale')
    return `No new block for more than ${STALE_AFTER_SECONDS} seconds. The chain or the indexer may have stopped.`;
  return '';
}

function timeOf(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString('en-GB');
}
