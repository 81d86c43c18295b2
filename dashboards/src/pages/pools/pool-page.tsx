/**
 * One pool: what it holds, how it did, what changed in it, what every epoch brought, and who has staked.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { Absent, isAbsent } from '../../parts/absent.tsx';
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { AccountLink, hrefOf, KeyLink, SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Moment } from '../../parts/moment.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { PoolState } from '../../parts/pool-state.tsx';
import { Unread } from '../../parts/unread.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import type { PoolQuery } from '../../queries.generated.ts';
import {
  INT_DECIMALS,
  percent,
  percentOfPpm,
  rounded,
  tokens,
  USDC_DECIMALS,
  yearlyPercent,
} from '../../text/amount.ts';
import { shortened } from '../../text/shortened.ts';
import { AccrualSection } from './accrual-section.tsx';
import { PastSection } from './past-section.tsx';
import { POOL_QUERY } from './queries.ts';

type Pool = NonNullable<PoolQuery['pool']>;

const SHARE_PRICE_DECIMALS = 9;

export function PoolPage({ address }: { address: string }) {
  const live = useAnswer<PoolQuery>(POOL_QUERY, { address, key: address });
  const data = live.answer?.data ?? null;
  const pool = data?.pool ?? null;
  return (
    <>
      <PageHead title={pool?.name || `Pool ${shortened(address)}`} note={<span class="path">{address}</span>}>
        {pool && <PoolState pool={pool} />}
        <a href="/pools">All pools</a>
      </PageHead>
      {isAbsent(live, pool) ? (
        <Absent live={live} what="This pool">
          No pool has this address.
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The pool" />
          <Standing pool={pool} />
          <PastSection address={address} />
          <AccrualSection accruals={data?.accruals.edges.map(({ node }) => node) ?? null} />
          <div class="columns">
            <Halts halts={pool?.halts ?? null} />
            <Commissions history={pool?.commissionHistory ?? null} />
          </div>
          <Stakers records={data?.stakingRecords ?? null} />
        </>
      )}
    </>
  );
}

function Standing({ pool }: { pool: Pool | null }) {
  const ppm = (value: string | null | undefined) => (value == null ? '–' : percentOfPpm(value));
  const did = pool?.performance;
  return (
    <Panel
      id="standing"
      title="Standing"
      note={
        pool === null ? (
          ''
        ) : (
          <>
            As of block <SlotLink slot={pool.updatedSlot} />, when it last changed
          </>
        )
      }
    >
      <Figures>
        <Figure
          id="stake"
          name="Stake"
          value={pool ? rounded(pool.totalStaked, INT_DECIMALS, 2) : '–'}
          unit="INT"
          {...(pool ? { exact: `${tokens(pool.totalStaked, INT_DECIMALS)} INT` } : {})}
        />
        <Figure
          id="apr"
          name="APR for delegators"
          value={did?.delegatorAprPpm == null ? '–' : yearlyPercent(did.delegatorAprPpm)}
          {...(did ? { exact: ppm(did.delegatorAprPpm), unit: `over ${did.epochCount} epochs` } : {})}
        />
        <Figure
          id="share-price"
          name="Share price"
          value={pool?.sharePricePpb == null ? '–' : rounded(pool.sharePricePpb, SHARE_PRICE_DECIMALS, 6)}
          unit="INT"
          {...(pool?.sharePricePpb == null ? {} : { exact: tokens(pool.sharePricePpb, SHARE_PRICE_DECIMALS) })}
        />
        <Figure id="uptime" name="Uptime of its providers" value={ppm(did?.uptimePpm)} />
        <Figure id="retention" name="Stake retained" value={ppm(did?.retentionPpm)} />
        <Figure
          id="cooling"
          name="In cooldown"
          value={pool ? rounded(pool.totalUnstaking, INT_DECIMALS, 2) : '–'}
          unit="INT"
        />
      </Figures>
      {pool === null ? <span class="bone" /> : <Facts facts={factsOf(pool)} />}
    </Panel>
  );
}

function factsOf(pool: Pool) {
  const next = (bps: number | null) => (bps === null ? '' : `, ${percent(bps)} from the next epoch on`);
  const { performance } = pool;
  return [
    ['Commission on rewards', `${percent(pool.rewardCommissionBps)}${next(pool.nextRewardCommissionBps)}`],
    ['Commission on USDC', `${percent(pool.usdcCommissionBps)}${next(pool.nextUsdcCommissionBps)}`],
    ['Its own commission', pool.autoStakeFees ? 'staked at once' : 'paid out on request'],
    ['Delegation', pool.allowDelegation ? 'open to all' : 'the operator alone may stake'],
    [
      'Paid to the stake lately',
      <>
        {rounded(performance.delegatorRewards, INT_DECIMALS, 2)} INT,{' '}
        {rounded(performance.delegatorUsdc, USDC_DECIMALS, 2)} USDC since <Moment at={performance.fromTime} />
      </>,
    ],
    ['Admin', <KeyLink href={hrefOf.wallet(pool.admin)} value={pool.admin} what="wallet" />],
    ['Operator’s stake', <AccountLink address={pool.operatorStakingRecord} what="staking record" />],
    [
      'Joined, last accrued',
      <>
        epoch {pool.joinedAtEpoch},{' '}
        <a class="quiet-link" href={hrefOf.epoch(pool.lastClaimedEpoch)}>
          epoch {pool.lastClaimedEpoch}
        </a>
      </>,
    ],
    ['Shares', tokens(pool.totalShares, INT_DECIMALS)],
    // Foreign text, and a foreign link that is shown and not followed.
    [
      'In its own words',
      <span class="name">{[pool.description, pool.websiteUrl].filter(Boolean).join(' · ') || '–'}</span>,
    ],
  ] as const;
}

function Halts({ halts }: { halts: Pool['halts'] | null }) {
  return (
    <Panel id="halts" title="Halts" note="A halted pool keeps its leaf in every epoch and is given no reward in it">
      <DataTable
        caption="Halts, newest first"
        rows={halts}
        keyOf={({ slot, signature }) => `${slot}/${signature}`}
        emptyText="It was never halted."
        columns={[
          {
            header: 'What',
            cell: ({ isHalted }) =>
              isHalted ? <Verdict kind="bad">halted</Verdict> : <Verdict kind="good">resumed</Verdict>,
          },
          { header: 'When', cell: ({ time }) => <Moment at={time} /> },
          { header: 'Transaction', cell: ({ signature }) => <TransactionLink signature={signature} /> },
        ]}
      />
    </Panel>
  );
}

function Commissions({ history }: { history: Pool['commissionHistory'] | null }) {
  const bps = (value: number | null) => (value === null ? '–' : percent(value));
  return (
    <Panel id="commissions" title="Commission over time" note="With what was announced for the next epoch">
      <DataTable
        caption="Commission, newest first"
        rows={history?.toReversed() ?? null}
        keyOf={({ slot }) => slot}
        emptyText="No commission is on record."
        columns={[
          { header: 'From', cell: ({ time }) => <Moment at={time} /> },
          { header: 'Rewards', isNumber: true, cell: ({ rewardBps }) => bps(rewardBps) },
          { header: 'USDC', isNumber: true, cell: ({ usdcBps }) => bps(usdcBps) },
          {
            header: 'Announced',
            isNumber: true,
            cell: ({ nextRewardBps, nextUsdcBps }) =>
              nextRewardBps === null && nextUsdcBps === null
                ? 'nothing'
                : `${bps(nextRewardBps)} / ${bps(nextUsdcBps)}`,
          },
          { header: 'Block', isNumber: true, cell: ({ slot }) => <SlotLink slot={slot} /> },
        ]}
      />
    </Panel>
  );
}

function Stakers({ records }: { records: PoolQuery['stakingRecords'] | null }) {
  const int = (value: string) => <AmountText value={value} decimals={INT_DECIMALS} unit="INT" />;
  return (
    <Panel
      id="stakers"
      title="Who has staked"
      note={records?.pageInfo.hasNextPage ? `The first ${records.edges.length} by address` : ''}
    >
      <DataTable
        caption="Staking records of the pool"
        rows={records?.edges.map(({ node }) => node) ?? null}
        keyOf={({ address }) => address}
        emptyText="Nobody has."
        sorting={{ header: 'Worth, INT', isDescending: true }}
        columns={[
          { header: 'Owner', cell: ({ owner }) => <KeyLink href={hrefOf.wallet(owner)} value={owner} what="wallet" /> },
          { header: 'Who', cell: ({ isOperator }) => (isOperator ? 'operator' : 'delegator') },
          {
            header: 'Worth, INT',
            isNumber: true,
            cell: ({ value }) => int(value),
            sortBy: ({ value }) => BigInt(value),
          },
          {
            header: 'Shares',
            isNumber: true,
            cell: ({ shares }) => <AmountText value={shares} decimals={INT_DECIMALS} unit="shares" />,
            sortBy: ({ shares }) => BigInt(shares),
          },
          {
            header: 'Cooling, INT',
            isNumber: true,
            cell: ({ coolingAmount }) => int(coolingAmount),
            sortBy: ({ coolingAmount }) => BigInt(coolingAmount),
          },
          {
            header: 'Owed, USDC',
            isNumber: true,
            cell: ({ pendingUsdc }) => <AmountText value={pendingUsdc} decimals={USDC_DECIMALS} unit="USDC" />,
            sortBy: ({ pendingUsdc }) => BigInt(pendingUsdc),
          },
        ]}
      />
    </Panel>
  );
}
