/**
 * Reward epochs: how far each is on its way to a record on chain, and what it pays.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EpochProgress, epochStates, isComputed, placeOf } from '../../parts/epoch-progress.tsx';
import { AccountLink, hrefOf, SlotLink, TransactionLink } from '../../parts/links.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import type { NetworkQuery } from '../../queries.generated.ts';
import { count, INT_DECIMALS, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { isoTime, timeOfDay } from '../../text/clock.ts';

type Epoch = NetworkQuery['rewardEpochs'][number];

export function EpochsSection({ epochs }: { epochs: readonly Epoch[] | null }) {
  return (
    <Panel id="epochs" title="Reward epochs" note="From the window to the root on chain and every pool’s accrual">
      <DataTable
        caption="Reward epochs, newest first"
        rows={epochs}
        keyOf={(epoch) => epoch.number}
        nameOf={(epoch) => `reward epoch ${epoch.number}`}
        emptyText="No reward epoch has been opened yet. The first one opens once the staking program is set up."
        columns={columns}
        detail={EpochFacts}
      />
    </Panel>
  );
}

const columns: readonly Column<Epoch>[] = [
  { header: 'Epoch', cell: (epoch) => epoch.number },
  { header: 'State', isLong: true, cell: (epoch) => <EpochProgress state={epoch.state} /> },
  { header: 'Window', isLong: true, cell: (epoch) => <Window epoch={epoch} /> },
  { header: 'Pools', isNumber: true, cell: (epoch) => (isComputed(epoch.state) ? count(epoch.poolCount) : '–') },
  {
    header: 'INT',
    isNumber: true,
    isLong: true,
    cell: (epoch) =>
      isComputed(epoch.state) ? <AmountText value={epoch.totalRewards} decimals={INT_DECIMALS} unit="INT" /> : '–',
  },
  {
    header: 'USDC',
    isNumber: true,
    cell: (epoch) =>
      isComputed(epoch.state) ? <AmountText value={epoch.totalUsdc} decimals={USDC_DECIMALS} unit="USDC" /> : '–',
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
  { header: 'Record', cell: ({ record }) => (record === null ? '–' : <AccountLink address={record} what="record" />) },
];

function Window({ epoch: { windowStart, windowEnd } }: { epoch: Epoch }) {
  return (
    <span class="nowrap">
      <time dateTime={isoTime(windowStart)}>{timeOfDay(windowStart)}</time>
      {' – '}
      <time dateTime={isoTime(windowEnd)}>{timeOfDay(windowEnd)}</time>
    </span>
  );
}

/** A signature, where there is one. */
function transaction(signature: string | null) {
  return signature ? <TransactionLink signature={signature} /> : 'not on chain yet';
}

function EpochFacts(epoch: Epoch) {
  const [, meaning = ''] = epochStates[placeOf(epoch.state)] ?? [];
  return (
    <Facts
      facts={[
        ['State', `${epoch.state.toLowerCase()}: ${meaning}`],
        ['Window', `${isoTime(epoch.windowStart)} (inclusive) to ${isoTime(epoch.windowEnd)} (exclusive)`],
        [
          'Slots',
          epoch.firstSlot && epoch.lastSlot ? (
            <>
              <SlotLink slot={epoch.firstSlot} /> to <SlotLink slot={epoch.lastSlot} />
            </>
          ) : (
            '–'
          ),
        ],
        ['Emission', `${tokens(epoch.emission, INT_DECIMALS)} INT`],
        ...epoch.roots.map((root, index) => [`Root ${index}`, root] as const),
        ['Record', epoch.record ?? '–'],
        ['Marked by', transaction(epoch.markSignature)],
        ['Committed by', transaction(epoch.commitSignature)],
        ['Artefact SHA-256', epoch.artefactHash || '–'],
        ['All of it', <a href={hrefOf.epoch(epoch.number)}>Result, checks and difference of epoch {epoch.number}</a>],
      ]}
    />
  );
}
