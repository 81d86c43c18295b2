/**
 * Operator pools, to be compared by those who delegate; one of them with its history below its address.
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
import { PoolState } from '../../parts/pool-state.tsx';
import { Score } from '../../parts/score.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { PoolsQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, percent, percentOfPpm, yearlyPercent } from '../../text/amount.ts';
import { shortened } from '../../text/shortened.ts';
import { PoolPage } from './pool-page.tsx';
import { POOLS_QUERY } from './queries.ts';

type Pool = PoolsQuery['pools']['edges'][number]['node'];

const PAGE_ROWS = 50;

export function PoolsPage({ rest: [address] }: PageProps) {
  return address === undefined ? <PoolList /> : <PoolPage address={address} key={address} />;
}

function PoolList() {
  const [first, setFirst] = useState(PAGE_ROWS);
  const live = useAnswer<PoolsQuery>(POOLS_QUERY, { first });
  const pools = live.answer?.data.pools ?? null;
  return (
    <>
      <PageHead
        title="Pools"
        note="Where INT is staked, what the operator keeps, and what is left for those who delegate"
      />
      <Unread live={live} what="Pools" />
      <Panel
        id="pools"
        title="Operator pools"
        note="APR is what a staked INT earned lately, commission taken off, as a yearly rate"
      >
        <DataTable
          caption="Operator pools"
          rows={pools?.edges.map(({ node }) => node) ?? null}
          keyOf={({ address }) => address}
          emptyText="No pool has been created yet."
          columns={columns}
          sorting={{ header: 'Stake, INT', isDescending: true }}
        />
        <MoreRows page={pools} first={first} onMore={setFirst} />
      </Panel>
      <Routing weights={live.answer?.data.routingWeights ?? null} pools={pools?.edges.map(({ node }) => node) ?? []} />
    </>
  );
}

function Routing({ weights, pools }: { weights: PoolsQuery['routingWeights'] | null; pools: readonly Pool[] }) {
  const names = new Map(pools.map(({ address, name }) => [address, name]));
  const epoch = weights?.[0]?.rewardEpoch;
  return (
    <Panel
      id="routing"
      title="Routing"
      note={`What an operator weighs when work is routed: share of the stake times mean score${epoch === undefined ? '' : `, as of epoch ${epoch}`}`}
    >
      <DataTable
        caption="Routing weights by operator"
        rows={weights}
        keyOf={({ pool }) => pool}
        emptyText="No reward epoch has ended yet."
        sorting={{ header: 'Weight', isDescending: true }}
        columns={[
          {
            header: 'Pool',
            isLong: true,
            cell: ({ pool }) => (
              <a class="name" href={hrefOf.pool(pool)}>
                {names.get(pool) || shortened(pool)}
              </a>
            ),
          },
          {
            header: 'Weight',
            isNumber: true,
            cell: ({ weightPpm }) => percentOfPpm(weightPpm),
            sortBy: ({ weightPpm }) => weightPpm,
          },
          {
            header: 'Share of stake',
            isNumber: true,
            cell: ({ stakeSharePpm }) => percentOfPpm(stakeSharePpm),
            sortBy: ({ stakeSharePpm }) => stakeSharePpm,
          },
          {
            header: 'Mean score',
            isNumber: true,
            cell: ({ scorePpm }) => <Score shown={scorePpm} />,
            sortBy: ({ scorePpm }) => scorePpm,
          },
          {
            header: 'Providers',
            isNumber: true,
            cell: ({ providerCount }) => count(providerCount),
            sortBy: ({ providerCount }) => BigInt(providerCount),
          },
        ]}
      />
    </Panel>
  );
}

const ppm = (value: string | null) => (value === null ? '–' : percentOfPpm(value));
const yearly = (value: string | null) => (value === null ? '–' : yearlyPercent(value));
const orNull = (value: string | null) => (value === null ? null : BigInt(value));

const columns: readonly Column<Pool>[] = [
  // A name is foreign text: it is shown as text, whatever it holds.
  {
    header: 'Pool',
    isLong: true,
    cell: ({ name, address }) => (
      <a class="name" href={hrefOf.pool(address)}>
        {name || 'without a name'}
      </a>
    ),
    sortBy: ({ name }) => name,
  },
  { header: 'Address', cell: ({ address }) => <KeyLink href={hrefOf.pool(address)} value={address} what="pool" /> },
  {
    header: 'Stake, INT',
    isNumber: true,
    cell: ({ totalStaked }) => <AmountText value={totalStaked} decimals={INT_DECIMALS} unit="INT" />,
    sortBy: ({ totalStaked }) => BigInt(totalStaked),
  },
  {
    header: 'APR',
    isNumber: true,
    cell: ({ performance }) => (
      <span
        title={`${ppm(performance.delegatorAprPpm)} over ${count(performance.epochCount)} epochs`}
        data-exact={performance.delegatorAprPpm}
      >
        {yearly(performance.delegatorAprPpm)}
      </span>
    ),
    sortBy: ({ performance }) => orNull(performance.delegatorAprPpm),
  },
  {
    header: 'Commission',
    isNumber: true,
    cell: ({ rewardCommissionBps, usdcCommissionBps }) => (
      <span class="nowrap" title={`Rewards ${percent(rewardCommissionBps)}, USDC ${percent(usdcCommissionBps)}`}>
        {percent(rewardCommissionBps)} / {percent(usdcCommissionBps)}
      </span>
    ),
    sortBy: ({ rewardCommissionBps }) => rewardCommissionBps,
  },
  {
    header: 'Uptime',
    isNumber: true,
    cell: ({ performance }) => ppm(performance.uptimePpm),
    sortBy: ({ performance }) => orNull(performance.uptimePpm),
  },
  {
    header: 'Retention',
    isNumber: true,
    cell: ({ performance }) => ppm(performance.retentionPpm),
    sortBy: ({ performance }) => orNull(performance.retentionPpm),
  },
  {
    header: 'Last accrued',
    isNumber: true,
    cell: ({ lastClaimedEpoch }) => (
      <a class="quiet-link" href={hrefOf.epoch(lastClaimedEpoch)}>
        {count(lastClaimedEpoch)}
      </a>
    ),
    sortBy: ({ lastClaimedEpoch }) => BigInt(lastClaimedEpoch),
  },
  { header: 'Delegation', cell: ({ allowDelegation }) => (allowDelegation ? 'open' : 'operator only') },
  { header: 'State', cell: (pool) => <PoolState pool={pool} /> },
];
