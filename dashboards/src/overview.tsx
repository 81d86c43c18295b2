/**
 * The one page: what the chain does, what it emits, and what it pays, as it happens.
 * @module
 */
import { useState } from 'preact/hooks';
import { ChainSection } from './chain-section.tsx';
import { EpochsSection } from './epochs-section.tsx';
import { EventsSection } from './events-section.tsx';
import { type Freshness, freshnessOf } from './freshness.ts';
import { PoolsSection } from './pools-section.tsx';
import { ProvidersSection } from './providers-section.tsx';
import type { ChainQuery, NetworkQuery } from './queries.generated.ts';
import { CHAIN_QUERY, NETWORK_QUERY } from './queries.ts';
import { StatusLine } from './status-line.tsx';
import { ThemeButton } from './theme-button.tsx';
import { useLive, useNow } from './use-live.ts';

const CHAIN_EVERY_MS = 1_000;
const NETWORK_EVERY_MS = 2_000;

export function Overview() {
  const [isPaused, setIsPaused] = useState(false);
  const chain = useLive<ChainQuery>(CHAIN_QUERY, CHAIN_EVERY_MS, isPaused);
  const network = useLive<NetworkQuery>(NETWORK_QUERY, NETWORK_EVERY_MS, isPaused);
  const nowMs = useNow(CHAIN_EVERY_MS);
  const freshness = freshnessOf(chain, nowMs);
  const data = network.answer?.data ?? null;
  return (
    <div class="page" data-freshness={freshness}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Header freshness={freshness} isPaused={isPaused} onPause={() => setIsPaused(!isPaused)} />
      <main id="main" tabIndex={-1}>
        <StatusLine freshness={freshness} chain={chain} network={network} />
        <ChainSection chain={chain} nowMs={nowMs} />
        <EpochsSection epochs={data?.rewardEpochs ?? null} />
        <EventsSection
          events={chain.answer?.data.events.edges.map(({ node }) => node) ?? null}
          market={data?.marketplace ?? null}
        />
        <div class="columns">
          <PoolsSection pools={data?.pools ?? null} />
          <ProvidersSection providers={data?.providers ?? null} />
        </div>
      </main>
      <footer>
        <a href="/graphql">GraphQL</a>
        <span>Amounts are exact, in whole tokens. Times are in this device’s time zone.</span>
      </footer>
    </div>
  );
}

const freshnessWords: Readonly<Record<Freshness, string>> = {
  loading: 'Loading',
  unreachable: 'API unreachable',
  empty: 'No blocks yet',
  stale: 'Stale',
  live: 'Live',
};

function Header(props: { freshness: Freshness; isPaused: boolean; onPause: () => void }) {
  const { freshness, isPaused, onPause } = props;
  return (
    <header class="top">
      <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 0v9" />
        <path class="bob" d="M4.5 9h7L8 16z" />
      </svg>
      <h1>
        Plumbline <small>Overview</small>
      </h1>
      <span class="pill" data-state={isPaused ? 'paused' : freshness}>
        {isPaused ? 'Paused' : freshnessWords[freshness]}
      </span>
      <span class="actions">
        <button type="button" class="plain" onClick={onPause} aria-pressed={isPaused}>
          Pause updates
        </button>
        <ThemeButton />
      </span>
    </header>
  );
}
