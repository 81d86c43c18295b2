/**
 * What a change of parameters would have done: finished reward epochs computed again with the proposed values by the code
 * that pays them, beside what the values of now give. Asked for on request, since it computes whole epochs.
 * @module
 */
import { useState } from 'preact/hooks';
import { shownData } from '../../live/live.ts';
import { useAnswers } from '../../live/use-live.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { ImpactQuery } from '../../queries.generated.ts';
import { count, INFER_DECIMALS, INT_DECIMALS, rounded, tokens, USDC_DECIMALS } from '../../text/amount.ts';
import { inWords } from '../../text/words.ts';
import type { Proposal } from './proposal.ts';
import { IMPACT_QUERY } from './queries.ts';

type Impact = ImpactQuery['impact'];
type Measure = Impact['classes'][number]['measure'];

const EPOCHS = 5;
const PATIENCE_MS = 60_000;

/** Decimals and unit of what is compared; a score has none. */
const units: Readonly<Record<Measure, readonly [decimals: number, unit: string]>> = {
  INCENTIVES: [INFER_DECIMALS, 'INFER'],
  INCOME_INFER: [INFER_DECIMALS, 'INFER'],
  INCOME_USDC: [USDC_DECIMALS, 'USDC'],
  REWARDS: [INT_DECIMALS, 'INT'],
  SCORE: [0, ''],
};

export function ImpactSection({ proposal }: { proposal: Proposal }) {
  const [round, setRound] = useState(0);
  const changes = proposal.action.changes.map(({ key, proposed }) => ({ key, value: proposed }));
  const [live] = useAnswers<ImpactQuery>(IMPACT_QUERY, round === 0 ? [] : [{ changes, epochs: EPOCHS }], {
    ...{ isFixed: true, patienceMs: PATIENCE_MS, subject: String(round) },
  });
  const isBusy = live !== undefined && live.failure === null && !live.isCurrent;
  const impact = live === undefined || isBusy ? null : (shownData(live)?.impact ?? null);
  if (changes.length === 0) return null;
  return (
    <Panel
      id="impact"
      title="What it would have done"
      note="Finished reward epochs computed again with the proposed values, by the code that pays them"
    >
      <p class="actions-line">
        <button type="button" class="plain" disabled={isBusy} onClick={() => setRound(round + 1)}>
          {isBusy ? 'Computing …' : `Replay the last ${EPOCHS} finalized epochs`}
        </button>
        <span role="status">{impact && epochsText(impact)}</span>
      </p>
      {live && <Unread live={live} what="The replay" />}
      {impact && <Replayed impact={impact} />}
    </Panel>
  );
}

function epochsText({ rewardEpochs }: Impact): string {
  return rewardEpochs.length === 0 ? 'No epoch was computed again' : `Epochs ${rewardEpochs.join(', ')}`;
}

function Replayed({ impact }: { impact: Impact }) {
  const movers = [...impact.winners, ...impact.losers].filter(({ difference }) => difference !== '0');
  return (
    <>
      <ul class="sentences">
        {impact.keys.map(({ key, reason }) => (
          <li key={key}>
            <code>{key}</code>: {reason}
          </li>
        ))}
      </ul>
      {impact.classes.length > 0 && (
        <DataTable
          caption="By operator class"
          rows={impact.classes}
          keyOf={({ operatorClass, measure }) => `${operatorClass}/${measure}`}
          emptyText=""
          columns={[
            {
              header: 'Class',
              cell: ({ operatorClass }) => inWords(operatorClass),
              sortBy: ({ operatorClass }) => operatorClass,
            },
            { header: 'Of', cell: ({ measure }) => inWords(measure), sortBy: ({ measure }) => measure },
            { header: 'How many', isNumber: true, cell: (each) => count(each.count) },
            ...comparison<Impact['classes'][number]>(({ measure }) => units[measure]),
          ]}
        />
      )}
      {impact.fees !== null && impact.fees.length > 0 && (
        <DataTable
          caption="What becomes of fees"
          rows={impact.fees}
          keyOf={({ token, part }) => `${token}/${part}`}
          emptyText=""
          columns={[
            { header: 'Fees to', cell: ({ part }) => part },
            ...comparison<NonNullable<Impact['fees']>[number]>(({ token }) => [
              token === 'USDC' ? USDC_DECIMALS : INFER_DECIMALS,
              token,
            ]),
          ]}
        />
      )}
      {impact.rewardEpochs.length > 0 && (
        <DataTable
          caption="Who gains and loses most"
          rows={movers}
          keyOf={({ address, measure }) => `${address}/${measure}`}
          emptyText="Nobody gains or loses by it."
          columns={[
            {
              header: 'Who',
              cell: ({ address, measure }) => <Mover address={address} isPool={measure === 'REWARDS'} />,
            },
            { header: 'Class', cell: ({ operatorClass }) => inWords(operatorClass) },
            { header: 'Of', cell: ({ measure }) => inWords(measure) },
            ...comparison<Impact['winners'][number]>(({ measure }) => units[measure]),
          ]}
        />
      )}
    </>
  );
}

function Mover({ address, isPool }: { address: string; isPool: boolean }) {
  return (
    <KeyLink
      href={isPool ? hrefOf.pool(address) : hrefOf.provider(address)}
      value={address}
      what={isPool ? 'pool' : 'provider'}
    />
  );
}

interface Compared {
  readonly old: string;
  readonly proposed: string;
  readonly difference: string;
}

function comparison<Row extends Compared>(unitOf: (row: Row) => readonly [decimals: number, unit: string]) {
  return (['old', 'proposed', 'difference'] as const).map((name) => ({
    header: name === 'old' ? 'Now' : name === 'proposed' ? 'Proposed' : 'Difference',
    isNumber: true,
    cell: (row: Row) => {
      const [decimals, unit] = unitOf(row);
      return (
        <span
          class={signOf(name, row.difference)}
          title={`${tokens(row[name], decimals)} ${unit}`}
          data-exact={row[name]}
        >
          {rounded(row[name], decimals, 2)} <small>{unit}</small>
        </span>
      );
    },
    sortBy: (row: Row) => BigInt(row[name]),
  }));
}

function signOf(name: keyof Compared, difference: string): string {
  if (name !== 'difference' || difference === '0') return '';
  return difference.startsWith('-') ? 'loss' : 'gain';
}
