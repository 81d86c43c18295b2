/**
 * One sentence when what is shown is not the present. It changes with the state, not with the seconds, so that a screen
 * reader says it once.
 * @module
 */
import { type Freshness, STALE_AFTER_SECONDS } from '../live/freshness.ts';
import type { Live } from '../live/live.ts';
import type { HeadQuery } from '../queries.generated.ts';

export function StatusLine({ freshness, live }: { freshness: Freshness; live: Live<HeadQuery> }) {
  const text = sentence(freshness, live);
  return (
    <p class="status" role="status" data-shown={text !== ''} data-state={freshness}>
      {text}
    </p>
  );
}

function sentence(freshness: Freshness, { answer }: Live<HeadQuery>): string {
  if (freshness === 'unreachable') {
    if (answer === null)
      return 'The API does not answer, or cannot read the ledger. Nothing of now can be shown until it does; still trying.';
    return `The API does not answer, or cannot read the ledger. Shown is what it said at ${timeOf(answer.receivedAtMs)}; still trying.`;
  }
  if (freshness === 'empty') return 'The ledger is empty: no block has been recorded yet. Waiting for the first one.';
  if (freshness === 'stale')
    return `No new block for more than ${STALE_AFTER_SECONDS} seconds. The chain or the indexer may have stopped.`;
  return '';
}

function timeOf(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString('en-GB');
}
