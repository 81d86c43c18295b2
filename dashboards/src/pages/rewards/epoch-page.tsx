/**
 * One reward epoch.
 * @module
 */
import { useAnswer } from '../../live/use-live.ts';
import { Absent, isAbsent } from '../../parts/absent.tsx';
import { EpochProgress, epochStates, isComputed, placeOf } from '../../parts/epoch-progress.tsx';
import { Figure, Figures } from '../../parts/figures.tsx';
import { AccountLink, SlotLink, TransactionLink } from '../../parts/links.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { TimeSpan } from '../../parts/time-span.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { RewardEpochQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, rounded, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { sentence } from '../../text/words.ts';
import { artefactHref, type Epoch } from './check-epoch.ts';
import { DiffSection } from './diff-section.tsx';
import { PoolRewardSection } from './pool-reward-section.tsx';
import { EPOCH_QUERY } from './queries.ts';
import { VerifySection } from './verify-section.tsx';

export function EpochPage({ number }: { number: string }) {
  const live = useAnswer<RewardEpochQuery>(EPOCH_QUERY, { number });
  const data = live.answer?.data ?? null;
  const epoch = data?.rewardEpoch ?? null;
  return (
    <>
      <PageHead
        title={`Reward epoch ${number}`}
        {...(epoch === null ? {} : { note: <EpochProgress state={epoch.state} /> })}
      >
        <a href="/rewards">All epochs</a>
      </PageHead>
      {isAbsent(live, epoch) ? (
        <Absent live={live} what="This epoch">
          There is no reward epoch {number}.
        </Absent>
      ) : (
        <>
          <Unread live={live} what="The epoch" />
          <Result epoch={epoch} />
          {epoch !== null && isComputed(epoch.state) && (
            <>
              <VerifySection epoch={epoch} />
              <PoolRewardSection epoch={epoch} />
              <DiffSection epoch={epoch} />
            </>
          )}
        </>
      )}
    </>
  );
}

function Result({ epoch }: { epoch: Epoch | null }) {
  const isDone = epoch !== null && isComputed(epoch.state);
  const amount = (value: string | undefined, decimals: number) =>
    isDone && value !== undefined ? rounded(value, decimals, 2) : '–';
  return (
    <Panel
      id="result"
      title="Result"
      note={epoch === null ? '' : sentence(epochStates[placeOf(epoch.state)]?.[1] ?? '')}
    >
      <Figures>
        <Figure
          id="rewards"
          name="Rewards"
          value={amount(epoch?.totalRewards, INT_DECIMALS)}
          unit="INT"
          {...(isDone ? { exact: tokens(epoch.totalRewards, INT_DECIMALS) } : {})}
        />
        <Figure
          id="usdc"
          name="Earnings"
          value={amount(epoch?.totalUsdc, USDC_DECIMALS)}
          unit="USDC"
          {...(isDone ? { exact: tokens(epoch.totalUsdc, USDC_DECIMALS) } : {})}
        />
        <Figure id="pools" name="Pools" value={isDone ? count(epoch.poolCount) : '–'} />
        <Figure
          id="orphaned"
          name="Of pools that cannot claim"
          value={amount(epoch?.orphanedUsdc, USDC_DECIMALS)}
          unit="USDC"
        />
      </Figures>
      {epoch === null ? <span class="bone" /> : <Facts facts={factsOf(epoch)} />}
    </Panel>
  );
}

function factsOf(epoch: Epoch) {
  const slot = (value: string | null) => (value === null ? '–' : <SlotLink slot={value} />);
  const transaction = (value: string | null) =>
    value === null || value === '' ? 'not on chain yet' : <TransactionLink signature={value} />;
  return [
    [
      'Window',
      <>
        <TimeSpan from={epoch.windowStart} to={epoch.windowEnd} />, without its end
      </>,
    ],
    [
      'Blocks',
      isWithoutBlocks(epoch) ? (
        'none in the window'
      ) : (
        <>
          {slot(epoch.firstSlot)} to {slot(epoch.lastSlot)}
        </>
      ),
    ],
    ['Pools as of block', slot(epoch.eligibilitySlot)],
    ['Emission', `${tokens(epoch.emission, INT_DECIMALS)} INT`],
    ['Marked by', transaction(epoch.markSignature)],
    ['Committed by', transaction(epoch.commitSignature)],
    ['Record', epoch.record === null ? '–' : <AccountLink address={epoch.record} what="record" />],
    ['Rule', epoch.ruleVersion || '–'],
    ...epoch.roots.map((root, index) => [`Root ${index}`, root] as const),
    ['Inputs, SHA-256', epoch.inputHash || '–'],
    [
      'Artefact, SHA-256',
      epoch.artefactHash === '' ? (
        '–'
      ) : (
        <a href={artefactHref(epoch.number)} download>
          {epoch.artefactHash}
        </a>
      ),
    ],
  ] as const;
}

/** The window of a chain that stood still: its last slot is the one before its first. */
function isWithoutBlocks({ firstSlot, lastSlot }: Epoch): boolean {
  return firstSlot !== null && lastSlot !== null && BigInt(firstSlot) > BigInt(lastSlot);
}
