/**
 * The overview: what the chain does, what it emits, and what it pays, as it happens.
 * @module
 */
import { useAnswer, useNow } from '../../live/use-live.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ChainQuery, NetworkQuery } from '../../queries.generated.ts';
import { ChainSection } from './chain-section.tsx';
import { EpochsSection } from './epochs-section.tsx';
import { EventsSection } from './events-section.tsx';
import { PoolsSection } from './pools-section.tsx';
import { ProvidersSection } from './providers-section.tsx';
import { CHAIN_QUERY, NETWORK_QUERY } from './queries.ts';
import { TotalsSection } from './totals-section.tsx';

const CLOCK_MS = 1_000;

export function Overview() {
  const chain = useAnswer<ChainQuery>(CHAIN_QUERY);
  const network = useAnswer<NetworkQuery>(NETWORK_QUERY);
  const nowMs = useNow(CLOCK_MS);
  const data = network.answer?.data ?? null;
  return (
    <>
      <PageHead title="Overview" note="What the chain does, what the programs say, and what is paid" />
      <Beginnings model={data?.marketplace?.models[0] ?? null} />
      <Unread live={chain} what="Blocks and events" />
      <Unread live={network} what="Epochs, pools and providers" />
      <ChainSection chain={chain} nowMs={nowMs} />
      <TotalsSection totals={data?.network.totals ?? null} />
      <EpochsSection epochs={data?.rewardEpochs ?? null} />
      <EventsSection
        events={chain.answer?.data.events.edges.map(({ node }) => node) ?? null}
        market={data?.marketplace ?? null}
      />
      <div class="columns">
        <PoolsSection pools={data?.pools ?? null} />
        <ProvidersSection providers={data?.providers ?? null} />
      </div>
    </>
  );
}

/** Questions that newcomers come with, and the pages that answer them. */
function Beginnings({ model }: { model: string | null }) {
  const what = model ?? 'a GPU';
  return (
    <ul class="beginnings" aria-label="Where to begin">
      <li>
        <a href="/providers?model=0">Who rents out {model ?? 'GPU'}s best, and why</a>
      </li>
      <li>
        <a href="/index?model=0">What an hour of {what} costs now and in months to come</a>
      </li>
      <li>
        <a href="/governance?open=true">What is being voted on</a>
      </li>
      <li>
        <a href="/rewards">Verify a reward epoch in this browser</a>
      </li>
    </ul>
  );
}
