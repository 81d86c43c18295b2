/**
 * Stake and share price of a pool at twelve blocks from the first to the head, as they stood then.
 * @module
 */
import { useContext, useMemo, useRef } from 'preact/hooks';
import { axisText } from '../../chart/axis-text.ts';
import { ChartTable } from '../../chart/chart-table.tsx';
import { Line, rangeOf } from '../../chart/marks.tsx';
import { Plot } from '../../chart/plot.tsx';
import { HeadContext } from '../../live/head.ts';
import { useAnswer } from '../../live/use-live.ts';
import { AmountText } from '../../parts/amount-text.tsx';
import { SlotLink } from '../../parts/links.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Unread } from '../../parts/unread.tsx';
import type { PoolPastQuery } from '../../queries.generated.ts';
import { asNumber, count, INT_DECIMALS, rounded } from '../../text/amount.ts';
import { POOL_PAST_QUERY } from './queries.ts';

interface Past {
  readonly slot: string;
  readonly totalStaked: string;
  readonly sharePricePpb: string | null;
}

const PLACES = 12;
const TITLE = 'Stake over time';
const NOTE = 'At twelve blocks up to the one the page was opened at';
const SHARE_PRICE_DECIMALS = 9;

export function PastSection({ address }: { address: string }) {
  const { meta } = useContext(HeadContext);
  // The head that the page was opened at: the past does not move.
  const opened = useRef<string | null>(null);
  opened.current ??= meta?.slot ?? null;
  if (opened.current === null)
    return (
      <Panel id="past" title={TITLE} note={NOTE}>
        <span class="bone tall" />
      </Panel>
    );
  return <Past address={address} head={opened.current} />;
}

function Past({ address, head }: { address: string; head: string }) {
  const slots = useMemo(() => slotsUntil(BigInt(head)), [head]);
  const variables = { address, ...Object.fromEntries(slots.map((slot, index) => [`s${index}`, slot])) };
  const live = useAnswer<PoolPastQuery>(POOL_PAST_QUERY, variables, { isFixed: true });
  const points = live.answer === null ? null : pointsOf(live.answer.data, slots);
  return (
    <Panel id="past" title={TITLE} note={NOTE}>
      <Unread live={live} what="The past" />
      {points === null && <span class="bone tall" />}
      {points?.length === 0 && <p class="nothing">The pool is younger than that.</p>}
      {points !== null && points.length > 0 && (
        <div class="columns">
          <PastChart points={points} label="Stake, INT" decimals={INT_DECIMALS} of={({ totalStaked }) => totalStaked} />
          <PastChart
            points={points}
            label="Share price, INT"
            decimals={SHARE_PRICE_DECIMALS}
            of={({ sharePricePpb }) => sharePricePpb}
          />
        </div>
      )}
      <ChartTable
        caption="Stake and share price at earlier blocks"
        rows={points}
        keyOf={({ slot }) => slot}
        columns={[
          { header: 'Block', cell: ({ slot }) => <SlotLink slot={slot} /> },
          {
            header: 'Stake, INT',
            isNumber: true,
            cell: ({ totalStaked }) => <AmountText value={totalStaked} decimals={INT_DECIMALS} unit="INT" />,
          },
          {
            header: 'Share price, INT',
            isNumber: true,
            cell: ({ sharePricePpb }) =>
              sharePricePpb === null ? (
                '–'
              ) : (
                <AmountText value={sharePricePpb} decimals={SHARE_PRICE_DECIMALS} unit="INT" places={6} />
              ),
          },
        ]}
      />
    </Panel>
  );
}

function slotsUntil(head: bigint): string[] {
  return Array.from({ length: PLACES }, (_, index) => String((head * BigInt(index + 1)) / BigInt(PLACES)));
}

function pointsOf(data: PoolPastQuery, slots: readonly string[]): Past[] {
  return Object.values(data).flatMap((pool, index) => (pool === null ? [] : [{ ...pool, slot: slots[index] ?? '' }]));
}

interface PastChartProps {
  readonly points: readonly Past[];
  readonly label: string;
  readonly decimals: number;
  readonly of: (point: Past) => string | null;
}

function PastChart({ points, label, decimals, of }: PastChartProps) {
  const position = (point: Past) => {
    const value = of(point);
    return value === null ? null : asNumber(value, decimals);
  };
  const { low, high } = rangeOf(points.map(position));
  return (
    <Plot
      label={label}
      height={150}
      x={{ from: Number(points[0]?.slot), to: Number(points.at(-1)?.slot) + 1, kind: 'number' }}
      y={{ low, high, text: axisText(high - low) }}
      picks={points.map((point) => ({
        x: Number(point.slot),
        title: `Block ${count(point.slot)}`,
        values: [
          { name: label, mark: 'a', text: of(point) === null ? 'none' : rounded(of(point) ?? '0', decimals, 6) },
        ],
      }))}
    >
      {(scales) => (
        <Line
          scales={scales}
          mark="a"
          hasDots
          points={points.map((point) => ({ x: Number(point.slot), y: position(point), exact: of(point) ?? '' }))}
        />
      )}
    </Plot>
  );
}
