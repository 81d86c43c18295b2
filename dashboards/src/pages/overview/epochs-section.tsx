/**
 * Reward epochs: how far each is on its way to a record on chain, and what it pays.
 * @module
 */

import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Facts, Panel } from '../../parts/panel.tsx';
import { ShortKey } from '../../parts/short-key.tsx';
import type { NetworkQuery, RewardEpochState } from '../../queries.generated.ts';
import { count, INT_DECIMALS, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { isoTime, timeOfDay } from '../../text/clock.ts';

type Epoch = NetworkQuery['rewardEpochs'][number];

/** In the order in which an epoch goes through them, with what each means. */
const states: readonly (readonly [RewardEpochState, string])[] = [
  ['OPEN', 'the window has not ended or is not marked'],
  ['MARKED', 'marked on chain, the pools are fixed'],
  ['COMPUTED', 'allocated over proven blocks'],
  ['VERIFIED', 'computed a second time, equal'],
  ['PUBLISHED', 'the artefact is out'],
  ['APPROVED', 'the authority allowed the commit'],
  ['COMMITTED', 'the record is on chain'],
  ['FINALIZED', 'the record is final'],
  ['ACCRUED', 'every pool has accrued'],
];

/** Before this state an epoch has neither totals nor roots. */
const COMPUTED_PLACE = 2;

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
  { header: 'State', isLong: true, cell: (epoch) => <Progress state={epoch.state} /> },
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
  return placeOf(epoch.state) < COMPUTED_PLACE ? '–' : text;
}

function placeOf(state: RewardEpochState): number {
  return states.findIndex(([name]) => name === state);
}

function Progress({ state }: { state: RewardEpochState }) {
  const place = placeOf(state);
  const word = state.toLowerCase();
  const meaning = states[place]?.[1] ?? '';
  return (
    <span class="progress" data-state={word}>
      <span class="steps" role="img" aria-label={`Step ${place + 1} of ${states.length}`} title={meaning}>
        {states.map(([name], index) => (
          <i key={name} data-done={index <= place} />
        ))}
      </span>
      <span>{word}</span>
    </span>
  );
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
  const [, meaning = ''] = states[placeOf(epoch.state)] ?? [];
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
