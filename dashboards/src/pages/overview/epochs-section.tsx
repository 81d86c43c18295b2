/**
 * Reward epochs: how far each is on its way to a record on chain, and what it pays.
 * @module
 */
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EpochProgress, epochStates, isComputed, placeOf } from '../../parts/epoch-progress.tsx';
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
  { header: 'Pools', isNumber: true, cell: (epoch) => whenComputed(epoch, count(epoch.poolCount)) },
  {
    header: 'INT',
    isNumber: true,
    isLong: true,
    cell: (epoch) => whenComputed(epoch, tokens(epoch.totalRewards, INT_DECIMALS)),
  },
  { header: 'USDC', isNumber: true, cell: (epoch) => whenComputed(epoch, tokens(epoch.totalUsdc, USDC_DECIMALS)) },
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
  { header: 'Record', cell: ({ record }) => (record === null ? '–' : <ShortKey value={record} what="record" />) },
];

function whenComputed(epoch: Epoch, text: string): string {
  return isComputed(epoch.state) ? text : '–';
}

function Window({ epoch: { windowStart, windowEnd } }: { epoch: Epoch }) {
  return (
    <span class="nowrap">
      <time dateTime={isoTime(windowStart)}>{timeOfDay(windowStart)}</time>
      {' – '}
      <time dateTime={isoTime(windowEnd)}>{timeOfDay(windowEnd)}</time>
    </span>
  );
}

function EpochFacts(epoch: Epoch) {
  const [, meaning = ''] = epochStates[placeOf(epoch.state)] ?? [];
  return (
    <Facts
      facts={[
        ['State', `${epoch.state.toLowerCase()}: ${meaning}`],
        ['Window', `${isoTime(epoch.windowStart)} (inclusive) to ${isoTime(epoch.windowEnd)} (exclusive)`],
        ['Slots', epoch.firstSlot && epoch.lastSlot ? `${count(epoch.firstSlot)} to ${count(epoch.lastSlot)}` : '–'],
        ['Emission', `${tokens(epoch.emission, INT_DECIMALS)} INT`],
        ...epoch.roots.map((root, index) => [`Root ${index}`, root] as const),
        ['Record', epoch.record ?? '–'],
        ['Marked by', epoch.markSignature ?? '–'],
        ['Committed by', epoch.commitSignature ?? '–'],
        ['Artefact SHA-256', epoch.artefactHash || '–'],
      ]}
    />
  );
}
