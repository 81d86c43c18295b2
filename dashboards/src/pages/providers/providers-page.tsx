/**
 * Providers by reputation; one of them with its history below its address.
 * @module
 */
import { useState } from 'preact/hooks';
import type { PageProps } from '../../frame/page.ts';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { Choice, useChoice } from '../../parts/choice.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { MoreRows } from '../../parts/more-rows.tsx';
import { OrderPrice } from '../../parts/order-price.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Score } from '../../parts/score.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ProvidersQuery, SellersQuery } from '../../queries.generated.ts';
import { count, gpuHours, INFER_DECIMALS, percentOfPpm } from '../../text/amount.ts';
import { regionName, tierName } from '../../text/words.ts';
import { ProviderPage } from './provider-page.tsx';
import { PROVIDERS_QUERY, SELLERS_QUERY } from './queries.ts';

type Provider = ProvidersQuery['providers']['edges'][number]['node'];

type Offer = NonNullable<SellersQuery['offers']>['offers'][number];

const PAGE_ROWS = 100;
/** What is narrowed is looked for among as many as one page of the API has. */
const NARROWED_ROWS = 500;
const TIERS = [1, 2, 3] as const;

export function ProvidersPage({ rest: [address] }: PageProps) {
  return address === undefined ? <ProviderList /> : <ProviderPage address={address} key={address} />;
}

function ProviderList() {
  const [asked, setAsked] = useState(PAGE_ROWS);
  const [model, region, tier] = [useChoice('model'), useChoice('region'), useChoice('tier')];
  const isNarrowed = model !== null || region !== null || tier !== null;
  const first = isNarrowed ? NARROWED_ROWS : asked;
  const live = useAnswer<ProvidersQuery>(PROVIDERS_QUERY, { first });
  const page = live.answer?.data.providers ?? null;
  const providers = page?.edges.map(({ node }) => node) ?? null;
  const models = live.answer?.data.marketplace?.models ?? [];
  const isKept = (each: Provider) => (region ?? each.region) === each.region && (tier ?? each.tier) === each.tier;
  const kept = providers?.filter(isKept) ?? null;
  return (
    <>
      <PageHead
        title="Providers"
        note="Who delivers, and how far they can be relied on: scores as of the last reward epoch"
      >
        <Choice name="model" label="GPU model" options={models.map((name, index) => [index, name])} />
        <Choice name="region" label="Region" options={regionsOf(providers ?? [])} />
        <Choice name="tier" label="Tier" options={TIERS.map((each) => [each, tierName(each)])} />
      </PageHead>
      <Unread live={live} what="Providers" />
      <Panel
        id="providers"
        title={model === null ? 'Reputation' : `Who rents out ${models[model] ?? 'this model'}`}
        note="Best first. Scores of at most a million, folded over evidence and capped by the bond; open one to see why"
        isCurrent={live.isCurrent}
      >
        {model === null ? (
          <ProviderTable rows={kept} isNarrowed={isNarrowed} columns={columns} />
        ) : (
          <Sellers model={model} providers={kept} key={model} />
        )}
        <MoreRows page={page} first={first} onMore={setAsked} />
      </Panel>
    </>
  );
}

/** Those with an open offer of the model, with the best of each. */
function Sellers({ model, providers }: { model: number; providers: readonly Provider[] | null }) {
  const live = useAnswer<SellersQuery>(SELLERS_QUERY, { model });
  const offers = live.answer === null ? null : (live.answer.data.offers?.offers ?? []);
  const offersOf = ({ address }: Provider) => offers?.filter(({ provider }) => provider === address) ?? [];
  const rows = offers === null ? null : (providers?.filter((each) => offersOf(each).length > 0) ?? null);
  const [name, score, ...others] = columns;
  return (
    <>
      <Unread live={live} what="Offers of the model" />
      <ProviderTable
        rows={rows}
        isNarrowed
        columns={[...(name && score ? [name, score] : []), ...offerColumns(offersOf), ...others]}
      />
    </>
  );
}

function ProviderTable(props: {
  rows: readonly Provider[] | null;
  isNarrowed: boolean;
  columns: readonly Column<Provider>[];
}) {
  return (
    <DataTable
      caption="Providers of the marketplace by reputation"
      rows={props.rows}
      keyOf={({ address }) => address}
      emptyText={
        props.isNarrowed
          ? 'Nobody of this kind now. Take a filter away or choose another model.'
          : 'No provider has registered yet.'
      }
      columns={props.columns}
      sorting={{ header: 'Score', isDescending: true }}
    />
  );
}

function regionsOf(providers: readonly Provider[]): (readonly [number, string])[] {
  const regions = [...new Set(providers.map(({ region }) => region))].toSorted((left, right) => left - right);
  const there = (region: number) => providers.filter((each) => each.region === region);
  const places = (region: number) => there(region).map(({ jurisdiction }) => jurisdiction);
  return regions.map((region) => [region, regionName(region, places(region))]);
}

const offerColumns = (offersOf: (provider: Provider) => readonly Offer[]): readonly Column<Provider>[] => [
  {
    header: 'Best price',
    isNumber: true,
    cell: (provider) => {
      const [best] = offersOf(provider);
      return best === undefined ? <span>–</span> : <OrderPrice {...best} />;
    },
  },
  {
    header: 'GPUs free',
    isNumber: true,
    cell: (provider) => count(freeUnits(offersOf(provider))),
    sortBy: (provider) => freeUnits(offersOf(provider)),
  },
];

const freeUnits = (offers: readonly Offer[]) => offers.reduce((sum, { unitsFree }) => sum + unitsFree, 0);

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
    header: 'Region',
    cell: ({ region, jurisdiction }) => (
      <span class="nowrap" title="The number that it registered; the programs name no region. Where it says that it is">
        {regionName(region, [jurisdiction])}
      </span>
    ),
    sortBy: ({ region }) => region,
  },
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
