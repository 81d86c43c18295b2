/**
 * How an epoch differs from the one before, and what stands out in it.
 * @module
 */
import { AmountText } from '../../parts/amount-text.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { hrefOf, KeyLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Verdict } from '../../parts/verdict.tsx';
import { count, INT_DECIMALS, percent } from '../../text/amount.ts';
import type { Epoch } from './check-epoch.ts';

type Diff = NonNullable<Epoch['diff']>;
type Change = Diff['gains'][number] & { readonly kind: string };

const anomalyWords: Readonly<Record<Epoch['anomalies'][number]['kind'], string>> = {
  CONCENTRATION: 'concentration of the epoch',
  JUMP: 'jump against its own history',
  SHARE: 'share of the emission',
};

const BPS_SQUARED = 100_000_000n;

export function DiffSection({ epoch }: { epoch: Epoch }) {
  const { diff, anomalies } = epoch;
  return (
    <>
      {anomalies.length > 0 && <Anomalies anomalies={anomalies} />}
      {diff !== null && <Changes diff={diff} />}
    </>
  );
}

function Anomalies({ anomalies }: { anomalies: Epoch['anomalies'] }) {
  return (
    <Panel
      id="anomalies"
      title="What stands out"
      note="Beyond the thresholds that the operator of this network watches; no judgement"
    >
      <DataTable
        caption="Anomalies"
        rows={anomalies}
        keyOf={({ kind, pool }) => `${kind}/${pool}`}
        emptyText="Nothing."
        columns={[
          { header: 'What', isLong: true, cell: ({ kind }) => <Verdict kind="warn">{anomalyWords[kind]}</Verdict> },
          { header: 'Pool', cell: ({ pool }) => poolOr(pool) },
          { header: 'Is', isNumber: true, cell: ({ kind, valueBps }) => `${percentOf(valueBps)}${of[kind]}` },
          { header: 'Watched from', isNumber: true, cell: watchedFrom },
          {
            header: 'Reward, INT',
            isNumber: true,
            cell: ({ pool, reward }) =>
              pool === null ? '–' : <AmountText value={reward} decimals={INT_DECIMALS} unit="INT" />,
          },
        ]}
      />
    </Panel>
  );
}

/** Concentration is of the whole epoch. */
function poolOr(pool: string | null) {
  return pool === null ? 'all pools' : <KeyLink href={hrefOf.pool(pool)} value={pool} what="pool" />;
}

/** What the percentage is of, where that is not the emission. */
const of: Readonly<Record<Epoch['anomalies'][number]['kind'], string>> = {
  CONCENTRATION: '',
  JUMP: ' of its mean',
  SHARE: '',
};

/** A jump is one upwards or as far downwards. */
function watchedFrom({ kind, thresholdBps }: Epoch['anomalies'][number]): string {
  if (kind !== 'JUMP' || thresholdBps === '0') return percentOf(thresholdBps);
  return `${percentOf(thresholdBps)}, or ${percentOf(String(BPS_SQUARED / BigInt(thresholdBps)))} and less`;
}

function percentOf(bps: string): string {
  return percent(Number(bps));
}

function Changes({ diff }: { diff: Diff }) {
  const kinds = [
    ['gained', diff.gains],
    ['lost', diff.losses],
    ['new', diff.newPools],
    ['gone', diff.gonePools],
  ] as const;
  const rows: Change[] = kinds.flatMap(([kind, changes]) => changes.map((each) => ({ ...each, kind })));
  const note =
    diff.previousEpoch === null
      ? 'There is no epoch before it'
      : `Against epoch ${diff.previousEpoch} with ${count(diff.previousPoolCount)} pools: ${count(diff.gainedCount)} gained, ${count(diff.lostCount)} lost, ${count(diff.newCount)} new, ${count(diff.goneCount)} gone`;
  return (
    <Panel id="diff" title="Difference" note={note}>
      <DataTable
        caption="Largest differences from the epoch before"
        rows={rows}
        keyOf={({ kind, pool }) => `${kind}/${pool}`}
        emptyText="No pool’s reward changed."
        columns={[
          { header: 'Pool', cell: ({ pool }) => <KeyLink href={hrefOf.pool(pool)} value={pool} what="pool" /> },
          { header: 'What', cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
          {
            header: 'Before, INT',
            isNumber: true,
            cell: ({ previousReward }) => amount(previousReward),
            sortBy: ({ previousReward }) => BigInt(previousReward),
          },
          {
            header: 'Now, INT',
            isNumber: true,
            cell: ({ reward }) => amount(reward),
            sortBy: ({ reward }) => BigInt(reward),
          },
          {
            header: 'Change, INT',
            isNumber: true,
            cell: (each) => amount(changeOf(each)),
            sortBy: (each) => BigInt(changeOf(each)),
          },
        ]}
      />
    </Panel>
  );
}

function changeOf({ reward, previousReward }: Change): string {
  return String(BigInt(reward) - BigInt(previousReward));
}

function amount(value: string) {
  return <AmountText value={value} decimals={INT_DECIMALS} unit="INT" />;
}
