/**
 * Reward epochs: how far each is and what it pays; one of them with its artefact, its difference from the one before, and
 * the means to check it here.
 * @module
 */
import { useState } from 'preact/hooks';
import type { PageProps } from '../../frame/page.ts';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EpochProgress, isComputed } from '../../parts/epoch-progress.tsx';
import { hrefOf, TransactionLink } from '../../parts/links.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import { TimeSpan } from '../../parts/time-span.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { RewardEpochsQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, USDC_DECIMALS } from '../../text/amount.ts';
import { EpochPage } from './epoch-page.tsx';
import { EPOCHS_QUERY } from './queries.ts';

type Epoch = RewardEpochsQuery['rewardEpochs'][number];

const FIRST_ROWS = 50;
const MOST_ROWS = 500;

export function RewardsPage({ rest: [number] }: PageProps) {
  return number === undefined ? <EpochList /> : <EpochPage number={number} key={number} />;
}

function EpochList() {
  const [first, setFirst] = useState(FIRST_ROWS);
  const live = useAnswer<RewardEpochsQuery>(EPOCHS_QUERY, { first });
  const epochs = live.answer?.data.rewardEpochs ?? null;
  return (
    <>
      <PageHead
        title="Rewards"
        note="Each epoch from its window to the root on chain and every pool’s accrual; open one to check it yourself"
      />
      <Unread live={live} what="Reward epochs" />
      <Panel id="epochs" title="Reward epochs">
        <DataTable
          caption="Reward epochs, newest first"
          rows={epochs}
          keyOf={({ number }) => number}
          emptyText="No reward epoch has been opened yet. The first one opens once the staking program is set up."
          columns={columns}
        />
        {epochs !== null && epochs.length >= first && first < MOST_ROWS && (
          <button type="button" class="plain more" onClick={() => setFirst(MOST_ROWS)}>
            Show more
          </button>
        )}
      </Panel>
    </>
  );
}

const columns: readonly Column<Epoch>[] = [
  {
    header: 'Epoch',
    cell: ({ number }) => <a href={hrefOf.epoch(number)}>Epoch {number}</a>,
    sortBy: ({ number }) => BigInt(number),
  },
  { header: 'State', isLong: true, cell: ({ state }) => <EpochProgress state={state} /> },
  {
    header: 'Window',
    isLong: true,
    cell: ({ windowStart, windowEnd }) => <TimeSpan from={windowStart} to={windowEnd} />,
  },
  {
    header: 'Pools',
    isNumber: true,
    cell: (epoch) => (isComputed(epoch.state) ? count(epoch.poolCount) : '–'),
    sortBy: ({ poolCount }) => poolCount,
  },
  {
    header: 'INT',
    isNumber: true,
    isLong: true,
    cell: (epoch) =>
      isComputed(epoch.state) ? <AmountText value={epoch.totalRewards} decimals={INT_DECIMALS} unit="INT" /> : '–',
    sortBy: ({ totalRewards }) => BigInt(totalRewards),
  },
  {
    header: 'USDC',
    isNumber: true,
    cell: (epoch) =>
      isComputed(epoch.state) ? <AmountText value={epoch.totalUsdc} decimals={USDC_DECIMALS} unit="USDC" /> : '–',
    sortBy: ({ totalUsdc }) => BigInt(totalUsdc),
  },
  {
    header: 'Root',
    cell: ({ roots: [root, ...others] }) =>
      root === undefined ? (
        '–'
      ) : (
        <span>
          <ShortKey value={root} what="root" />
          {others.length > 0 && ` +${others.length}`}
        </span>
      ),
  },
  {
    header: 'Commit',
    cell: ({ commitSignature }) =>
      commitSignature === null ? 'not on chain yet' : <TransactionLink signature={commitSignature} />,
  },
];
