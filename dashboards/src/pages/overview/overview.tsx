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

const CLOCK_MS = 1_000;

export function Overview() {
  const chain = useAnswer<ChainQuery>(CHAIN_QUERY);
  const network = useAnswer<NetworkQuery>(NETWORK_QUERY);
  const nowMs = useNow(CLOCK_MS);
  const data = network.answer?.data ?? null;
  return (
    <>
      <PageHead title="Overview" note="What the chain does, what the programs say, and what is paid" />
      <Unread live={chain} what="Blocks and events" />
      <Unread live={network} what="Epochs, pools and providers" />
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
    </>
  );
}
