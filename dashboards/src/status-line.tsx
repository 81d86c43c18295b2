/**
 * One sentence when what is shown is not the present. It changes with the state, not with the seconds, so that a screen
 * reader says it once.
 * @module
 */
import { type Freshness, STALE_AFTER_SECONDS } from './freshness.ts';
import type { ChainQuery, NetworkQuery } from './queries.generated.ts';
import type { Live } from './use-live.ts';

export function StatusLine(props: { freshness: Freshness; chain: Live<ChainQuery>; network: Live<NetworkQuery> }) {
  const text = sentence(props.freshness, props.chain, props.network);
  return (
    <p class="status" role="status" data-shown={text !== ''} data-state={props.freshness}>
      {text}
    </p>
  );
}

function sentence(freshness: Freshness, chain: Live<ChainQuery>, network: Live<NetworkQuery>): string {
  if (freshness === 'unreachable') {
    if (chain.answer === null)
      return 'The API does not answer, or cannot read the ledger. Nothing can be shown until it does; still trying.';
    return `The API does not answer, or cannot read the ledger. Shown is what it said at ${timeOf(chain.answer.receivedAtMs)}; still trying.`;
  }
  if (freshness === 'empty') return 'The ledger is empty: no block has been recorded yet. Waiting for the first one.';
  if (freshness === 'stale')
    return `No new block for more than ${STALE_AFTER_SECONDS} seconds. The chain or the indexer may have stopped.`;
  if (network.failure !== null) return 'Epochs, pools and providers could not be read; they are older than the blocks.';
  return '';
}

function timeOf(unixMs: number): string {
  return new Date(unixMs).toLocaleTimeString('en-GB');
}
