/**
 * Providers by reputation; one of them with its history below its address.
 * @module
 */
import { useState } from 'preact/hooks';
import type { PageProps } from '../../frame/page.ts';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Score } from '../../parts/score.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ProvidersQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS, percentOfPpm } from '../../text/amount.ts';
import { tierName } from '../../text/words.ts';
import { ProviderPage } from './provider-page.tsx';
import { PROVIDERS_QUERY } from './queries.ts';

type Provider = ProvidersQuery['providers']['edges'][number]['node'];

const PAGE_ROWS = 100;

export function ProvidersPage({ rest: [address] }: PageProps) {
  return address === undefined ? <ProviderList /> : <ProviderPage address={address} key={address} />;
}

function ProviderList() {
  const [first, setFirst] = useState(PAGE_ROWS);
  const live = useAnswer<ProvidersQuery>(PROVIDERS_QUERY, { first });
  const providers = live.answer?.data.providers ?? null;
  return (
    <>
      <PageHead
        title="Providers"
        note="Who delivers, and how far they can be relied on: scores as of the last reward epoch"
      />
      <Unread live={live} what="Providers" />
      <Panel
        id="providers"
        title="Reputation"
        note="Parts per million, folded over evidence and capped by the bond; open a provider to see why"
      >
        <DataTable
          caption="Providers of the marketplace by reputation"
          rows={providers?.edges.map(({ node }) => node) ?? null}
          keyOf={({ address }) => address}
          emptyText="No provider has registered yet."
          columns={columns}
          sorting={{ header: 'Score', isDescending: true }}
        />
        <MoreRows page={providers} first={first} onMore={setFirst} />
      </Panel>
    </>
  );
}

const ppm = (value: number | null | undefined) => (value == null ? '–' : percentOfPpm(value));

const columns: readonly Column<Provider>[] = [
  {
    header: 'Provider',
    cell: ({ address }) => <KeyLink href={hrefOf.provider(address)} value={address} what="provider" />,
  },
  {
    header: 'Score',
    isNumber: true,
    cell: ({ reputation }) =>
      reputation === null ? 'no epoch yet' : <Score shown={reputation.displayedScore} score={reputation.score} />,
    sortBy: ({ reputation }) => reputation?.displayedScore ?? null,
  },
  { header: 'Tier', cell: ({ tier }) => tierName(tier), sortBy: ({ tier }) => tier },
  {
    header: 'Success',
    isNumber: true,
    cell: ({ reputation }) => (
      <span title={`At least ${ppm(reputation?.successLowerBoundPpm)} at 95 % confidence`}>
        {ppm(reputation?.successPpm)}
      </span>
    ),
    sortBy: ({ reputation }) => reputation?.successLowerBoundPpm ?? null,
  },
  {
    header: 'Uptime',
    isNumber: true,
    cell: ({ reputation }) => ppm(reputation?.uptimePpm),
    sortBy: ({ reputation }) => reputation?.uptimePpm ?? null,
  },
  {
    header: 'Challenges',
    isNumber: true,
    cell: ({ reputation }) =>
      reputation === null
        ? '–'
        : `${count(reputation.challengesPassed)} passed, ${count(reputation.challengesFailed)} failed`,
    sortBy: ({ reputation }) => (reputation === null ? null : BigInt(reputation.challengesFailed)),
  },
  {
    header: 'Slashes',
    isNumber: true,
    cell: ({ reputation }) => (reputation === null ? '–' : count(reputation.slashCount)),
    sortBy: ({ reputation }) => (reputation === null ? null : BigInt(reputation.slashCount)),
  },
  {
    header: 'Orders',
    isNumber: true,
    cell: ({ orderCount }) => count(orderCount),
    sortBy: ({ orderCount }) => BigInt(orderCount),
  },
  {
    header: 'Delivered',
    isNumber: true,
    cell: ({ settledCount }) => count(settledCount),
    sortBy: ({ settledCount }) => BigInt(settledCount),
  },
  {
    header: 'GPU-hours',
    isNumber: true,
    cell: ({ gpuSeconds }) => <span title={`${count(gpuSeconds)} GPU-seconds`}>{gpuHours(gpuSeconds)}</span>,
    sortBy: ({ gpuSeconds }) => BigInt(gpuSeconds),
  },
  {
    header: 'Bond, INFER',
    isNumber: true,
    cell: ({ bond }) => <AmountText value={bond} decimals={INFER_DECIMALS} unit="INFER" />,
    sortBy: ({ bond }) => BigInt(bond),
  },
];
